using System.Text.Json.Nodes;

namespace DeepNotes.Tests.Charts;

public sealed class AnimationTests
{
    private static readonly JsonObject Figure = SampleCharts.All["animation"].ToPlotlyJson();

    [Fact]
    public void Frames_contain_only_changes()
    {
        Assert.Equal(6, Figure["frames"]!.AsArray().Count);
        Assert.All(Figure["frames"]!.AsArray(), frame =>
            Assert.Equal(["y"], frame!["data"]![0]!.AsObject().Select(pair => pair.Key)));
        Assert.Equal("[5,25,0.5]", Figure["frames"]![5]!["data"]![0]!["y"]!.ToJsonString());
    }

    [Fact]
    public void The_slider_leads_to_every_frame_by_its_label()
    {
        var steps = Figure["layout"]!["sliders"]![0]!["steps"]!.AsArray();
        Assert.Equal(["0", "1", "2", "&lt;3&gt;", "四", "5"], steps.Select(step => (string?)step!["label"]));
        Assert.Equal(
            Figure["frames"]!.AsArray().Select(frame => (string?)frame!["name"]), steps.Select(step => (string?)step!["args"]![0]![0]));
    }

    [Fact]
    public void Axes_cover_the_values_of_all_frames() =>
        Assert.True((double)Figure["layout"]!["yaxis"]!["range"]![1]! > 25);

    [Fact]
    public void A_matrix_keeps_its_first_row_on_top()
    {
        Chart Frame(double value) => Chart.Heatmap(new double[,] { { value, 0 }, { 0, 1 } });
        var figure = Chart.Animate([Frame(0.2), Frame(0.8)], ["0", "1"]).ToPlotlyJson();
        Assert.Equal([1.5, -0.5], figure["layout"]!["yaxis"]!["range"]!.AsArray().Select(end => (double)end!));
    }

    [Fact]
    public void The_SVG_shows_the_first_the_last_and_two_frames_between()
    {
        var svg = SampleCharts.All["animation"].ToSvg("fig");
        Assert.Equal([true, true, false, true, false, true], ((string[])["0", "1", "2", "&lt;3&gt;", "四", "5"])
            .Select(label => svg.Contains($"font-weight=\"bold\">{label}</text>")));
        Assert.Contains("Animation of 6 frames from 0 to 5. First:", svg);
    }

    [Fact]
    public void Settings_reach_every_frame() => Assert.All(
        SampleCharts.All["animation"].WithXAxis("step").Frames(), frame => Assert.Equal("step", frame.XAxis.Title));
}
