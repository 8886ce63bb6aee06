using System.Text;

namespace DeepNotes;

/// <summary>A figure in words: the plain text for terminals, and the alternative text.</summary>
internal static class ChartText
{
    private const int MaxTraces = 12;

    /// <summary>The title, then a line for each trace.</summary>
    public static string Summarize(Chart chart)
    {
        var text = new StringBuilder();
        AppendLines(text, chart, "");
        return text.ToString().TrimEnd();
    }

    /// <summary>The alternative text: the kind of chart, its axes and its traces in sentences.</summary>
    public static string Describe(Chart chart) => chart.IsAnimation
        ? $"{Sentence(chart.Subtitle)}{Animation(chart)} First: {chart.Children[0].Description} Last: {chart.Children[^1].Description}"
        : chart.IsGrid
        ? $"{Count(chart.Children.Length, "chart")} in a grid. "
            + string.Join(" ", chart.Children.Select((child, i) => $"{i + 1}: {Heading(child)}{child.Description}"))
        : Sentence(chart.Subtitle) + Axis("Horizontal", chart.XAxis) + Axis("Vertical", chart.YAxis)
            + string.Concat(Lines(chart).Select(Sentence)).TrimEnd();

    public static string Count(int count, string noun) => count == 1 ? $"1 {noun}" : $"{count} {noun}s";

    private static void AppendLines(StringBuilder text, Chart chart, string indent)
    {
        foreach (var heading in new[] { chart.Title, chart.Subtitle }.OfType<string>())
        {
            text.Append(indent).Append(heading).Append('\n');
        }
        foreach (var line in Lines(chart))
        {
            text.Append(indent).Append(line).Append('\n');
        }
        if (chart.IsAnimation)
        {
            text.Append(indent).Append(Animation(chart)).Append('\n');
        }
        foreach (var child in chart.IsAnimation ? [chart.Children[0], chart.Children[^1]] : chart.Children)
        {
            AppendLines(text, child, indent + "  ");
        }
    }

    private static string Animation(Chart chart) =>
        $"Animation of {Count(chart.Children.Length, "frame")} from {chart.FrameLabels[0]} to {chart.FrameLabels[^1]}.";

    private static IEnumerable<string> Lines(Chart chart) =>
        chart.Traces.Take(MaxTraces).Select(trace => trace.Summary(chart.YAxis.IsLog)).Where(line => line.Length > 0)
            .Concat(chart.Traces.Length > MaxTraces ? [$"and {chart.Traces.Length - MaxTraces} more traces"] : []);

    private static string Heading(Chart chart) => chart.Title is null ? "" : Sentence(chart.Title);

    private static string Sentence(string? text) =>
        string.IsNullOrWhiteSpace(text) ? "" : text.TrimEnd() + (char.IsPunctuation(text.TrimEnd()[^1]) ? " " : ". ");

    private static string Axis(string which, AxisSettings axis) =>
        axis.Title is null ? "" : $"{which} axis: {axis.Title}{(axis.IsLog ? ", logarithmic" : "")}. ";
}
