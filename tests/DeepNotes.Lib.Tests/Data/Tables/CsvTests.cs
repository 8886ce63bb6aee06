using System.Text;

namespace DeepNotes.Tests.Data;

public sealed class CsvTests : IDisposable
{
    private const string Flowers = "length,width,kind\n1,2,rose\n3,4,\"lily, white\"\n\n5.5,-6e1,rose\n";

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, string, string> Errors => new()
    {
        { "a,b,kind\n1,2,x\n3,4\n", "kind", "line 3: expected 3 fields as in the first line, got 2" },
        { "a,b,kind\n\"1\n\",2,x\n1,2,3,4", "kind", "line 4: expected 3 fields as in the first line, got 4" },
        { "a,b,kind\n1,two,x\n", "kind", "line 2, column 'b': expected a number, got 'two'" },
        { "a,b,kind\n1,1e99,x\n", "kind", "column 'b': expected a number, got '1e99'" },
        { "a,b,kind\n1,1;5,x\n", "kind", "expected a number, got '1;5'" },
        { "a,b,kind\n1,,x\n", "kind", "line 2, column 'b': the value is missing (''); choose MissingValues.SkipRow or NotANumber" },
        { "a,b,kind\n1,2,?\n", "kind", "column 'kind': the value is missing ('?')" },
        { "a,b,kind\n1,2,x\n", "class", "no column is called 'class'; there are a, b, kind" },
        { "a,a,kind\n1,2,x\n", "kind", "line 1: two columns are called 'a'" },
        { "kind\nx\n", "kind", "no column is left for the inputs" },
        { "a,kind\n", "kind", "expected rows of values, there are none" },
        { "", "kind", "expected rows, the file is empty" },
        { "a;b;y\n1;2;x\n", "y", "no column is called 'y'; there are a;b;y. Is ';' the separator? Then say so: new CsvFormat { Separator = ';' }." },
        { "a\tb\ty\n1\t2\tx\n", "y", "Is '\\t' the separator? Then say so: new CsvFormat { Separator = '\\t' }." },
        { "a|b|y\n1|2|x\n", "y", "Is '|' the separator?" },
        { "a;b,c;y\n1;2;x\n", "y", "Is ';' the separator?" },
        { "a;b;y\n1;2;x\n", "a;b;y", "no column is left for the inputs. Is ';' the separator?" },
        { "a;b;y\n1,5;2;x\n", "y", "Is ';' the separator?" },
        { "a,y\n\"1,5\",x\n", "y", "expected a number, got '1,5'. Numbers are written with a decimal point here, not with a comma." },
    };

    [Theory]
    [MemberData(nameof(Errors))]
    public void Errors_in_a_file_are_explained(string text, string label, string expected) =>
        Assert.Contains(expected, Assert.ThrowsAny<Exception>(() => Csv.Load(Write(text), label)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_missing_file_is_named() =>
        Assert.Contains("none.csv", Assert.Throws<FileNotFoundException>(() => Csv.Load(_folder.File("none.csv"), "x")).Message, StringComparison.Ordinal);

    [Fact]
    public void Classes_are_texts()
    {
        var data = Csv.Load(Write(Flowers), "kind");

        Assert.Equal<float>([1, 2, 3, 4, 5.5f, -60], data.Inputs.ToArray());
        Assert.Equal(["lily, white", "rose"], data.Classes);
        Assert.Equal([1, 0, 1], data.Labels);
        Assert.Equal(("table", _folder.File("table.csv")), (data.Name, data.Origin));
    }

    [Fact]
    public void Numbered_classes_are_ordered_by_value() =>
        Assert.Equal(["2", "10", "100"], Csv.Load(Write("x,y\n1,10\n2,2\n3,100\n"), "y").Classes);

    [Fact]
    public void Targets_and_ignored_columns_are_not_inputs()
    {
        var data = Csv.Load(Write("id;x;y;z\na;1;2;3\nb;4;5;6\n"), ["z", "x"], new CsvFormat { Separator = ';', Ignore = ["id"] });

        Assert.Equal<float>([2, 5], data.Inputs.ToArray());
        Assert.Equal<float>([3, 1, 6, 4], data.Targets.ToArray());
    }

    [Fact]
    public void Without_a_header_columns_are_numbered()
    {
        var data = Csv.Load(Write("1,2,x\n3,4,y\n"), "2", new CsvFormat { HasHeader = false });

        Assert.Equal<float>([1, 2, 3, 4], data.Inputs.ToArray());
        Assert.Equal(["x", "y"], data.Classes);
    }

    [Theory]
    [InlineData(MissingValues.SkipRow, "1 2 5 6", "10 30")]
    [InlineData(MissingValues.NotANumber, "1 2 NaN 4 5 6 7 8", "10 20 30 NaN")]
    public void Missing_values_are_treated_as_specified(MissingValues missing, string inputs, string targets)
    {
        var data = Csv.Load(Write("a,b,y\n1,2,10\n?,4,20\n5,6,30\n7,8,na\n"), ["y"], new CsvFormat { Missing = missing });

        Assert.Equal(inputs, string.Join(' ', data.Inputs.ToArray()));
        Assert.Equal(targets, string.Join(' ', data.Targets.ToArray()));
    }

    [Fact]
    public void A_row_without_its_class_is_skipped() =>
        Assert.Equal(1, Csv.Load(Write("a,kind\n1,\n2,x\n"), "kind", new CsvFormat { Missing = MissingValues.SkipRow }).Count);

    [Fact]
    public void A_byte_order_mark_is_not_part_of_the_first_name()
    {
        var path = _folder.File("marked.csv", [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Flowers)]);

        Assert.Equal(3, Csv.Load(path, "kind", new CsvFormat { Ignore = ["length"] }).Count);
    }

    [Fact]
    public void Only_the_numbers_of_a_large_file_stay_in_memory()
    {
        const int rows = 40_000;
        var path = Write("text,x,y\n" + string.Concat(Enumerable.Repeat($"\"{new string('t', 200)}\",1.25,0\n", rows)));

        var before = GC.GetAllocatedBytesForCurrentThread();
        var data = Csv.Load(path, "y", new CsvFormat { Ignore = ["text"] });

        // 8.4 MB of text; 4 bytes each for input and label, a few times over while the lists grow.
        Assert.Equal(rows, data.Count);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 3_000_000);
    }

    public void Dispose() => _folder.Dispose();

    private string Write(string text) => _folder.File("table.csv", Encoding.UTF8.GetBytes(text));
}
