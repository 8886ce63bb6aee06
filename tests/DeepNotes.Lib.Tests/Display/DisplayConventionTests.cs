using System.Collections;
using System.Text.Json;

namespace DeepNotes.Tests.Display;

/// <summary>The convention by which notebook hosts find the formatters of a type, checked as hosts use it: by reflection.</summary>
public sealed class DisplayConventionTests
{
    public static TheoryData<string> DisplayedTypes =>
        [.. typeof(Chart).Assembly.GetTypes().Where(type => Attribute(type) is not null).Select(type => type.FullName!)];

    [Theory]
    [MemberData(nameof(DisplayedTypes))]
    public void Every_preferred_MIME_type_has_a_formatter(string type)
    {
        var attribute = Attribute(typeof(Chart).Assembly.GetType(type)!)!;
        var preferred = (string[])Property(attribute, "PreferredMimeTypes")!;
        Assert.NotEmpty(preferred);
        Assert.Empty(preferred.Except(Formatters(attribute).Select(formatter => (string)Property(formatter, "MimeType")!)));
    }

    [Theory]
    [MemberData(nameof(DisplayedTypes))]
    public void Every_displayed_type_supports_hosts_that_call_ToHtml_only(string type) =>
        Assert.Equal(typeof(string), typeof(Chart).Assembly.GetType(type)!.GetMethod("ToHtml", [])?.ReturnType);

    [Fact]
    public void A_formatter_leaves_other_types_alone()
    {
        Assert.All(Formatters(Attribute(typeof(Chart))!), formatter => Assert.False(Format(formatter, "text", TextWriter.Null)));
    }

    [Fact]
    public void A_chart_has_four_formatters()
    {
        var chart = Chart.Line([3, 1, 2], "loss").WithTitle("Training");
        var faces = Formatters(Attribute(typeof(Chart))!).ToDictionary(
            formatter => (string)Property(formatter, "MimeType")!,
            formatter =>
            {
                using var writer = new StringWriter();
                Assert.True(Format(formatter, chart, writer));
                return writer.ToString();
            });
        using var json = JsonDocument.Parse(faces["application/vnd.plotly.v1+json"]);
        Assert.True(json.RootElement.TryGetProperty("layout", out _));
        Assert.StartsWith("<svg ", faces["image/svg+xml"]);
        Assert.StartsWith("<svg ", faces["text/html"]);
        Assert.Equal("Training\nloss: line, 3 points, first 3, last 2, min 1, max 3", faces["text/plain"]);
    }

    [Fact]
    public void A_displayable_is_shown_by_the_source_for_all_of_them()
    {
        var formatters = new DisplayableFormatterSource().CreateTypeFormatters().Cast<object>();
        var faces = formatters.Select(formatter =>
        {
            using var writer = new StringWriter();
            Assert.True(Format(formatter, new Shown(), writer));
            return $"{Property(formatter, "MimeType")} {writer}";
        });
        Assert.Equal(["text/html <b>1</b>", "text/plain one"], faces);
    }

    private static object? Attribute(Type type) =>
        type.GetCustomAttributes(inherit: true).FirstOrDefault(attribute => attribute.GetType().Name == "TypeFormatterSourceAttribute");

    private static IEnumerable<object> Formatters(object attribute)
    {
        var source = Activator.CreateInstance((Type)Property(attribute, "FormatterSourceType")!)!;
        return ((IEnumerable)source.GetType().GetMethod("CreateTypeFormatters")!.Invoke(source, null)!).Cast<object>();
    }

    private static bool Format(object formatter, object value, TextWriter writer) =>
        (bool)formatter.GetType().GetMethod("Format")!.Invoke(formatter, [value, writer])!;

    private static object? Property(object instance, string name) => instance.GetType().GetProperty(name)?.GetValue(instance);

    private sealed class Shown : IDisplayable
    {
        public string ToHtml() => "<b>1</b>";

        public string ToPlainText() => "one";
    }
}
