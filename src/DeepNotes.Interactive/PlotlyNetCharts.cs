using Microsoft.FSharp.Collections;
using Newtonsoft.Json.Linq;
using Plotly.NET;

namespace DeepNotes.Interactive;

/// <summary>Converts charts to and from Plotly.NET, through the figure schema of plotly.js.</summary>
public static class PlotlyNetCharts
{
    /// <summary>Converts to a chart of Plotly.NET, for its <c>With…</c> methods and exports; of an animation, the first frame.</summary>
    public static GenericChart ToPlotlyNet(this Chart chart)
    {
        ArgumentNullException.ThrowIfNull(chart);
        var figure = JObject.Parse(chart.ToPlotlyJson().ToJsonString());
        var traces = figure["data"]!.Select(json => WithProperties(new Plotly.NET.Trace((string)json["type"]!), (JObject)json));
        return GenericChart.fromFigure(new Figure(
            ListModule.OfSeq(traces), WithProperties(new Layout(), (JObject)figure["layout"]!), FSharpList<Frame>.Empty));
    }

    /// <summary>Converts a chart of Plotly.NET; see <see cref="Chart.FromPlotly(string)"/> for the traces that the SVG shows.</summary>
    public static Chart ToDeepNotes(this GenericChart chart)
    {
        ArgumentNullException.ThrowIfNull(chart);
        return Chart.FromPlotly(GenericChart.toFigureJson(chart));
    }

    private static T WithProperties<T>(T target, JObject json)
        where T : DynamicObj.DynamicObj
    {
        foreach (var (name, value) in json)
        {
            if (name != "type")
            {
                target.SetProperty(name, value);
            }
        }

        return target;
    }
}
