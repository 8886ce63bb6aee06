using System.Globalization;
using System.Numerics;
using System.Text.Json.Nodes;

namespace DeepNotes.Tests.Charts;

/// <summary>Dates on the x axis, in both renderings of every chart with such an axis.</summary>
public sealed class DateTests
{
    private static readonly DateTime[] Days = [.. Enumerable.Range(0, 5).Select(i => new DateTime(2024, 2, 27).AddDays(i))];
    private static readonly int[] Y = [3, 1, 4, 1, 5];

    public static TheoryData<string, Chart> Charts() => new()
    {
        { "line", Chart.Line(Days, Y) },
        { "line of days", Chart.Line(Days.Select(DateOnly.FromDateTime), Y, markers: true) },
        { "line of moments", Chart.Line(Days.Select(day => new DateTimeOffset(day, TimeSpan.Zero)), Y) },
        { "scatter", Chart.Scatter(Days, Y) },
        { "scatter by class", Chart.Scatter(Days, Y, [0, 1, 0, 1, 0]) },
        { "scatter by name", Chart.Scatter(Days, Y, ["a", "a", "a", "a", "a"]) },
        { "bar", Chart.Bar(Days, Y) },
        { "band", Chart.Band(Days, Y, Y.Select(y => y + 1)) },
        { "range", Chart.Range(Days, Y, Y.Select(y => y - 1), Y.Select(y => y + 1)) },
        { "runs", Chart.Runs(Days, [Y, [2, 2, 2, 2, 2]]) },
        { "combined", Chart.Combine(Chart.Line(Days, Y), Chart.Bar(Days, Y).WithVerticalLine(Days[2])) },
    };

    [Theory]
    [MemberData(nameof(Charts))]
    public void Dates_are_dates_in_both_renderings(string name, Chart chart)
    {
        Assert.NotEmpty(name);
        var json = chart.ToPlotlyJson();
        Assert.Equal("date", json["layout"]!["xaxis"]!["type"]!.GetValue<string>());
        Assert.Null(json["layout"]!["xaxis"]!["dtick"]);
        Assert.Equal("2024-02-27", json["data"]![0]!["x"]![0]!.GetValue<string>());
        Assert.Contains(">2024-02-29<", chart.ToSvg(), StringComparison.Ordinal);
    }

    // Wall-clock time; with an offset, UTC.
    [Fact]
    public void A_date_is_written_with_its_precision()
    {
        var noon = new DateTime(2024, 3, 1, 12, 0, 0, DateTimeKind.Local);
        Assert.Equal(["2024-03-01 12:00:00", "2024-03-01 12:00:00.250", "2024-03-02"], X(Chart.Line([noon, noon.AddMilliseconds(250), noon.Date.AddDays(1)], Y[..3])));
        Assert.Equal(
            ["2024-03-01 10:00:00", "2024-03-01 17:00:00"],
            X(Chart.Line([new DateTimeOffset(2024, 3, 1, 12, 0, 0, TimeSpan.FromHours(2)), new(2024, 3, 1, 12, 0, 0, TimeSpan.FromHours(-5))], Y[..2])));
        Assert.Equal(["1815-06-18", "9999-12-31"], X(Chart.Line([new DateOnly(1815, 6, 18), DateOnly.MaxValue], Y[..2])));
    }

    [Fact]
    public void A_missing_date_leaves_a_gap()
    {
        DateTime?[] days = [Days[0], null, Days[2]];
        Assert.Equal("""["2024-02-27",null,"2024-02-29"]""", Chart.Line(days, Y[..3]).ToPlotlyJson()["data"]![0]!["x"]!.ToJsonString());
        Assert.NotEmpty(Chart.Line(new DateOnly?[] { null }, Y[..1]).ToSvg());
    }

    [Theory]
    [InlineData("2024-01-01", "2024-01-01 00:00:08", "00:00:05")]
    [InlineData("2024-01-01 08:00", "2024-01-01 20:00", "12:00")]
    [InlineData("2024-01-01", "2024-01-03", "01-02 12:00")]
    [InlineData("2024-01-01", "2024-01-10", "2024-01-08")]
    [InlineData("2024-01-01", "2024-03-20", "2024-02-05")]
    [InlineData("2023-11-01", "2024-12-01", "Jan 2024")]
    [InlineData("2009-06-01", "2024-06-01", "2020")]
    [InlineData("1700-01-01", "2000-01-01", "1800")]
    [InlineData("0001-01-01", "9999-12-31", "4000")]
    public void Ticks_are_at_whole_units(string from, string to, string label)
    {
        var dates = new[] { from, to }.Select(date => DateTime.Parse(date, CultureInfo.InvariantCulture));
        Assert.Contains($">{label}<", Chart.Line(dates, [1, 2]).ToSvg(), StringComparison.Ordinal);
    }

    // DateTime.MaxValue often stands for "until further notice"; there is no later tick.
    [Fact]
    public void No_tick_is_beyond_the_last_date() =>
        Assert.DoesNotContain(">23:59<", Chart.Scatter([DateTime.MaxValue], [1]).ToSvg(), StringComparison.Ordinal);

    [Fact]
    public void A_single_date_has_padding() =>
        Assert.Contains(">02-27 00:00<", Chart.Line([Days[0]], [1]).ToSvg(), StringComparison.Ordinal);

    [Fact]
    public void Lines_annotations_and_ranges_accept_dates_too()
    {
        var layout = Chart.Line(Days, Y).WithVerticalLine(Days[1], "begin").WithAnnotation(Days[4], 5, "here")
            .WithXAxis((Days[0], Days[4].AddHours(12)), "day").ToPlotlyJson()["layout"]!;
        Assert.Equal("2024-02-28", layout["shapes"]![0]!["x0"]!.GetValue<string>());
        Assert.Equal(["2024-02-28", "2024-03-02"], layout["annotations"]!.AsArray().Select(note => note!["x"]?.GetValue<string>()).Where(x => x is not null));
        Assert.Equal("""["2024-02-27","2024-03-02 12:00:00"]""", layout["xaxis"]!["range"]!.ToJsonString());
        Assert.Contains("vertical line at x = 2024-02-28: begin", Chart.Line(Days, Y).WithVerticalLine(Days[1], "begin").ToPlainText(), StringComparison.Ordinal);
        Assert.Contains("x 2024-02-27 to 2024-03-02", Chart.Scatter(Days, Y).ToPlainText(), StringComparison.Ordinal);
    }

    // All numeric types are still treated as numbers.
    [Fact]
    public void Numbers_are_numbers_as_before()
    {
        Assert.Equal("[1,2]", Numbers(Chart.Line([(Half)1, (Half)2], Y[..2])));
        Assert.Equal("[1,2]", Numbers(Chart.Line([1m, 2m], Y[..2])));
        Assert.Equal("[1,2]", Numbers(Chart.Scatter(new BigInteger[] { 1, 2 }, Y[..2])));
        Assert.Equal("[1,2]", Numbers(Chart.Bar(new List<long> { 1, 2 }, Y[..2])));
        Assert.Equal("linear", Chart.Line([1, 2], Y[..2]).ToPlotlyJson()["layout"]!["xaxis"]!["type"]!.GetValue<string>());
    }

    public static TheoryData<string, Func<object>> Mistakes() => new()
    {
        { "Chart.Line: expected numbers or dates (DateTime, DateOnly, DateTimeOffset) for x, got String. Names are for Chart.Bar.", () => Chart.Line<string, int>(["a", "b"], [1, 2]) },
        { "Chart.Scatter: expected numbers or dates (DateTime, DateOnly, DateTimeOffset) for x, got Guid.", () => Chart.Scatter([Guid.Empty], [1]) },
        { "Chart.Runs: expected numbers or dates", () => Chart.Runs([TimeSpan.Zero], [[1], [2]]) },
        { "Chart.Line: expected as many x as y, which are 3, got 5.", () => Chart.Line(Days, Y[..3]) },
        { "Chart.Combine: expected x all of dates or all of numbers, got both.", () => Chart.Combine(Chart.Line(Days, Y), Chart.Line(Y, Y)) },
        { "Chart.WithVerticalLine: expected x all of dates or all of numbers, got both.", () => Chart.Line(Days, Y).WithVerticalLine(3) },
        { "Chart.WithAnnotation: expected x all of dates or all of numbers, got both.", () => Chart.Line(Y, Y).WithAnnotation(Days[0], 1, "no") },
        { "Chart.WithXAxis: expected a range of two DateTime and no logarithm on an axis of dates.", () => Chart.Line(Days, Y).WithXAxis(log: true) },
        { "Chart.WithXAxis: expected a range of two DateTime and no logarithm on an axis of dates.", () => Chart.Line(Days, Y).WithXAxis(range: (0, 1)) },
        { "Chart.WithXAxis: expected a range of two numbers, the chart has no dates.", () => Chart.Line(Y, Y).WithXAxis((Days[0], Days[1])) },
        { "Chart.WithXAxis: expected a range that begins before it ends", () => Chart.Line(Days, Y).WithXAxis((Days[1], Days[1])) },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Invalid_positions_are_named(string message, Func<object> mistake) =>
        Assert.StartsWith(message, Assert.Throws<ArgumentException>(mistake).Message, StringComparison.Ordinal);

    private static string[] X(Chart chart) => [.. chart.ToPlotlyJson()["data"]![0]!["x"]!.AsArray().Select(x => x!.GetValue<string>())];

    private static string Numbers(Chart chart) => chart.ToPlotlyJson()["data"]![0]!["x"]!.ToJsonString();
}
