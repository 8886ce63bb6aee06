using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace DeepNotes.Tests.Charts;

public sealed partial class SvgTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Theory]
    [MemberData(nameof(SampleCharts.Names), MemberType = typeof(SampleCharts))]
    public void A_figure_is_well_formed_and_has_an_alternative_text(string name)
    {
        var root = Draw(SampleCharts.All[name]);
        Assert.Equal("img", root.Attribute("role")?.Value);
        Assert.Equal("fig-title fig-desc", root.Attribute("aria-labelledby")?.Value);
        Assert.NotEmpty(root.Element(Svg + "title")!.Value);
        Assert.NotEmpty(root.Element(Svg + "desc")!.Value);
        Assert.Matches(@"^0 0 \d+(\.\d+)? \d+(\.\d+)?$", root.Attribute("viewBox")!.Value);
        Assert.Equal("#ffffff", root.Elements(Svg + "rect").First().Attribute("fill")?.Value);
    }

    [Theory]
    [MemberData(nameof(SampleCharts.Names), MemberType = typeof(SampleCharts))]
    public void A_figure_has_no_style_sheet_no_script_and_no_external_file(string name)
    {
        var root = Draw(SampleCharts.All[name]);
        Assert.DoesNotContain(root.Descendants(), e => e.Name.LocalName is "style" or "script" or "foreignObject");
        Assert.All(
            root.Descendants().Attributes().Where(a => a.Name.LocalName == "href"), a => Assert.StartsWith("data:image/png;base64,", a.Value));
    }

    [Theory]
    [MemberData(nameof(SampleCharts.Names), MemberType = typeof(SampleCharts))]
    public void Ids_are_unique_and_begin_with_the_prefix(string name)
    {
        var root = Draw(SampleCharts.All[name]);
        var ids = root.Descendants().Attributes("id").Select(a => a.Value).ToList();
        Assert.All(ids, id => Assert.StartsWith("fig-", id));
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.All(
            root.Descendants().Attributes().Where(a => a.Value.StartsWith("url(", StringComparison.Ordinal)),
            a => Assert.Contains(a.Value, ids.Select(id => $"url(#{id})")));
    }

    [Theory]
    [MemberData(nameof(SampleCharts.Names), MemberType = typeof(SampleCharts))]
    public void A_figure_has_the_same_bytes_every_time_and_in_every_culture(string name)
    {
        var chart = SampleCharts.All[name];
        Assert.Equal(chart.ToSvg(), chart.ToSvg());
        Assert.Equal(chart.ToSvg(), SampleCharts.InForeignCulture(chart.ToSvg));
        Assert.Equal(chart.ToPlainText(), SampleCharts.InForeignCulture(chart.ToPlainText));
    }

    [Theory]
    [MemberData(nameof(SampleCharts.Names), MemberType = typeof(SampleCharts))]
    public void Every_coordinate_is_a_finite_number_and_every_box_has_a_size(string name)
    {
        var root = Draw(SampleCharts.All[name]);
        string[] numeric = ["x", "y", "x1", "x2", "y1", "y2", "width", "height", "font-size", "stroke-width"];
        foreach (var attribute in root.DescendantsAndSelf().Attributes().Where(a => numeric.Contains(a.Name.LocalName)))
        {
            var value = double.Parse(attribute.Value, CultureInfo.InvariantCulture);
            Assert.True(double.IsFinite(value), attribute.ToString());
            Assert.True(value >= 0 || attribute.Name.LocalName is not ("width" or "height" or "font-size"), attribute.ToString());
        }
        Assert.All(root.Descendants(Svg + "path"), path => Assert.Matches(PathData(), path.Attribute("d")!.Value));
    }

    [Theory]
    [MemberData(nameof(SampleCharts.Names), MemberType = typeof(SampleCharts))]
    public void Horizontal_labels_do_not_overlap(string name)
    {
        var texts = Draw(SampleCharts.All[name]).Descendants(Svg + "text")
            .Where(text => text.Attribute("transform") is null).Select(Bounds).ToList();
        foreach (var (i, a) in texts.Index())
        {
            Assert.All(texts.Skip(i + 1), b => Assert.False(
                a.Left < b.Right && b.Left < a.Right && Math.Abs(a.Baseline - b.Baseline) < 8, $"{a} and {b}"));
        }
    }

    [Fact]
    public void Text_is_escaped_and_keeps_its_language()
    {
        var root = Draw(SampleCharts.All["line"]);
        Assert.Equal("Loss <of> \"A & B\"", root.Element(Svg + "title")!.Value);
        Assert.Contains(root.Descendants(Svg + "text"), text => text.Value == "过拟合从第三轮开始");
    }

    [Fact]
    public void Characters_that_are_invalid_in_XML_are_replaced() =>
        Assert.Equal("a\uFFFDb\uFFFD", Draw(Chart.Line([1, 2]).WithTitle("a\u0001b\uD800")).Element(Svg + "title")!.Value);

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-1e305)]
    public void A_line_has_a_gap_where_a_value_cannot_be_drawn(double gap)
    {
        var path = Lines(Draw(Chart.Line([1, 2, gap, 4, 5]))).Single();
        Assert.Equal(2, path.Count(c => c == 'M'));
        Assert.Equal(2, path.Count(c => c == 'L'));
    }

    [Fact]
    public void Ten_thousand_points_keep_their_extremes_in_a_small_file()
    {
        var y = new double[10_000];
        (y[4321], y[8765]) = (50, -70);
        var svg = Chart.Line(y).ToSvg("fig");
        Assert.InRange(svg.Length, 1000, 60_000);
        var heights = Numbers(Lines(XDocument.Parse(svg).Root!).Single()).Where((_, i) => i % 2 == 1).Distinct().Count();
        Assert.Equal(3, heights);
    }

    [Fact]
    public void Forty_digits_take_less_than_150_KB()
    {
        var random = new Random(1);
        var digits = Enumerable.Range(0, 40).Select(_ => Enumerable.Range(0, 784)
            .Select(_ => random.NextDouble() < 0.2 ? random.NextSingle() : 0).ToArray());
        Assert.InRange(Chart.Images(digits).ToSvg("fig").Length, 1000, 60_000);
    }

    [Fact]
    public void Grouped_bars_are_side_by_side()
    {
        var bars = Draw(Chart.Combine(Chart.Bar(["a", "b"], [1, 2], "one"), Chart.Bar(["a", "b"], [3, 4], "two")))
            .Descendants(Svg + "g").Elements(Svg + "rect").Where(rect => rect.Attribute("fill")!.Value[0] == '#')
            .Select(rect => (Left: Value(rect, "x"), Right: Value(rect, "x") + Value(rect, "width"), Height: Value(rect, "height")))
            .OrderBy(bar => bar.Left).ToList();
        Assert.Equal(4, bars.Count);
        Assert.All(bars.Zip(bars.Skip(1)), pair => Assert.True(pair.First.Right <= pair.Second.Left));
        Assert.Equal([1, 3, 2, 4], bars.Select(bar => (int)Math.Round(bar.Height / bars[0].Height)));
    }

    [Fact]
    public void The_first_row_of_a_matrix_is_on_top_and_the_first_row_of_a_field_at_the_bottom()
    {
        double[,] z = { { 0 }, { 1 } };
        Assert.True(Top(Chart.Heatmap(z), dark: false) < Top(Chart.Heatmap(z), dark: true));
        Assert.True(Top(Chart.Heatmap(z, x: [0], y: [0, 1]), dark: false) > Top(Chart.Heatmap(z, x: [0], y: [0, 1]), dark: true));

        static double Top(Chart chart, bool dark) => Numbers(Draw(chart).Descendants(Svg + "g").Elements(Svg + "path")
            .Single(path => path.Attribute("fill")!.Value == (dark ? "#061d3d" : "#f4f8fc")).Attribute("d")!.Value).ElementAt(1);
    }

    [Fact]
    public void A_chart_without_values_says_so() => Assert.Contains("no values to draw", SampleCharts.All["all NaN"].ToSvg("fig"));

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    [InlineData(null, true)]
    public void The_legend_is_shown_when_asked_or_when_there_are_two_names(bool? asked, bool expected)
    {
        var chart = Chart.Combine(Chart.Line([1, 2], "first"), Chart.Line([2, 1], "second"));
        chart = asked is null ? chart : chart.WithLegend(asked.Value);
        Assert.Equal(expected, Draw(chart).Descendants(Svg + "text").Any(text => text.Value == "second"));
    }

    [Fact]
    public void One_name_has_one_colour_in_all_panels()
    {
        var chart = Chart.Grid([
            Chart.Combine(Chart.Line([1, 2], "train"), Chart.Line([1, 2], "test")), Chart.Line([3, 4], "test")]);
        var colors = Draw(chart).Descendants(Svg + "g").Elements(Svg + "path").Select(path => path.Attribute("stroke")!.Value).ToList();
        Assert.Equal(colors[1], colors[2]);
        Assert.NotEqual(colors[0], colors[1]);
    }

    private static XElement Draw(Chart chart) => XDocument.Parse(chart.ToSvg("fig")).Root!;

    private static IEnumerable<string> Lines(XElement root) => root.Descendants(Svg + "g").Elements(Svg + "path")
        .Where(path => path.Attribute("fill")!.Value == "none").Select(path => path.Attribute("d")!.Value);

    private static IEnumerable<double> Numbers(string path) =>
        Number().Matches(path).Select(match => double.Parse(match.Value, CultureInfo.InvariantCulture));

    private static double Value(XElement element, string attribute) =>
        double.Parse(element.Attribute(attribute)!.Value, CultureInfo.InvariantCulture);

    private static (string Text, double Left, double Right, double Baseline) Bounds(XElement text)
    {
        var width = TextMetrics.Width(text.Value, Value(text, "font-size"));
        var left = Value(text, "x") - text.Attribute("text-anchor")?.Value switch { "middle" => width / 2, "end" => width, _ => 0 };
        return (text.Value, left, left + width, Value(text, "y"));
    }

    [GeneratedRegex(@"^([ML]-?\d+(\.\d+)? -?\d+(\.\d+)?|[HV]-?\d+(\.\d+)?|h0|Z)+$")]
    private static partial Regex PathData();

    [GeneratedRegex(@"-?\d+(\.\d+)?")]
    private static partial Regex Number();
}
