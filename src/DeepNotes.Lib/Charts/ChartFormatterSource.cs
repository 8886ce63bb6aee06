using System.Collections;

namespace DeepNotes;

/// <summary>
/// A chart's faces: interactive, drawn, in HTML for hosts that show nothing else, and its numbers in short.
/// </summary>
internal sealed class ChartFormatterSource
{
    public IEnumerable CreateTypeFormatters()
    {
        yield return new MimeFormatter<Chart>(MimeTypes.Plotly, chart => chart.ToPlotlyJson().ToJsonString());
        yield return new MimeFormatter<Chart>(MimeTypes.Svg, chart => chart.ToSvg());
        yield return new MimeFormatter<Chart>(MimeTypes.Html, chart => chart.ToHtml());
        yield return new MimeFormatter<Chart>(MimeTypes.PlainText, chart => chart.ToPlainText());
    }
}
