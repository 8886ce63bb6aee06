namespace DeepNotes.Tests.Data;

public sealed class CsvReaderTests
{
    public static TheoryData<string, string> Records => new()
    {
        { "a,b\r\nc,d\r\n", "1:a|b 2:c|d" },
        { "a,b\nc,d", "1:a|b 2:c|d" },
        { "a,b\rc,d\r", "1:a|b 2:c|d" },
        { "\n\r\n a , b\n\n\nc,d\n\n", "3: a | b 6:c|d" },
        { ",\n,,", "1:| 2:||" },
        { "\"a\",\"b,c\"\n", "1:a|b,c" },
        { "\"say \"\"hi\"\"\",\"\"\n", "1:say \"hi\"|" },
        { "\"a\nb\r\nc\",d\ne,f", "1:a\nb\r\nc|d 4:e|f" },
        { "\"\"\"\"\n\"\"", "1:\" 2:" },
        { "é,Ω,中", "1:é|Ω|中" },
        { "", "" },
    };

    public static TheoryData<string, string> Errors => new()
    {
        { "a,b\nc,\"d\ne", "CSV t, line 3: the quote opened on line 2 is never closed" },
        { "a,\"b\"c\n", "line 1: 'c' after a closing quote" },
        { "a\n\nb\"c", "line 3: a quote within a field that does not begin with one" },
        { "\"" + new string('x', 1 << 25), "of over 16777216 characters; is a quote left open?" },
    };

    [Theory]
    [MemberData(nameof(Records))]
    public void Fields_follow_RFC_4180(string text, string expected) => Assert.Equal(expected, string.Join(' ', Read(text)));

    [Theory]
    [MemberData(nameof(Errors))]
    public void A_misplaced_quote_is_named_with_its_line(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<InvalidDataException>(() => Read(text).ToArray()).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData('"')]
    [InlineData('\n')]
    public void A_separator_must_separate(char separator) =>
        Assert.Throws<ArgumentException>(() => new CsvReader(new StringReader("a"), "t", separator));

    [Fact]
    public void A_record_longer_than_a_block_is_read_completely()
    {
        var (first, second) = (new string('a', 70_000), new string('b', 140_000));

        Assert.Equal([$"1:{first}|{second}", "2:c"], Read($"{first},\"{second}\"\nc"));
    }

    [Fact]
    public void Records_are_read_without_allocation()
    {
        var text = string.Concat(Enumerable.Repeat("1.5,2.5,\"three\"\n", 50_000));
        long Allocated()
        {
            using var reader = new CsvReader(new StringReader(text), "t");
            reader.Read();
            var before = GC.GetAllocatedBytesForCurrentThread();
            while (reader.Read())
            {
            }

            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        // The runtime itself allocates a little when it recompiles the loop, which does not happen in every pass.
        Assert.InRange(Enumerable.Range(0, 5).Min(_ => Allocated()), 0, 1000);
    }

    private static IEnumerable<string> Read(string text)
    {
        using var reader = new CsvReader(new StringReader(text), "t");
        while (reader.Read())
        {
            yield return $"{reader.Line}:{string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => reader.Field(i).ToString()))}";
        }
    }
}
