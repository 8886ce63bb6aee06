using Microsoft.FSharp.Collections;
using Newtonsoft.Json.Linq;
using Plotly.NET;

namespace DeepNotes.Interactive;

/// <summary>Charts to and from Plotly.NET. Both keep their figures in the schema of plotly.js.</summary>
public static class PlotlyNetCharts
{
    /// <summary>The chart as one of Plotly.NET, whose <c>With…</c> methods and exports then apply; an animation is its first frame.</summary>
    public static GenericChart ToPlotlyNet(this Chart chart)
    {
        ArgumentNullException.ThrowIfNull(chart);
        var figure = JObject.Parse(chart.ToPlotlyJson().ToJsonString());
        var traces = figure["data"]!.Select(json => WithProperties(new Trace((string)json["type"]!), (JObject)json));
        return GenericChart.fromFigure(new Figure(
            ListModule.OfSeq(traces), WithProperties(new Layout(), (JObject)figure["layout"]!), FSharpList<Frame>.Empty));
    }

    /// <summary>The chart that Plotly.NET made, with a drawn face; see <see cref="Chart.FromPlotly(string)"/> for what is drawn.</summary>
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
