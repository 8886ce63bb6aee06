namespace DeepNotes.Tests.Proofs;

public sealed class VerdictTests
{
    private static readonly Verdict Cheap = new("V01", "000:15", "ReLU < sigmoid 计算量小", Ruling.Conditional, "per element", "3.1 times");

    [Fact]
    public void A_verdict_shows_ruling_words_reason_and_figure()
    {
        Assert.Equal("V01 (000:15) “ReLU < sigmoid 计算量小”: conditional. per element [3.1 times]", Cheap.ToPlainText());
        Assert.Contains("deepnotes-verdict-conditional", Cheap.ToHtml(), StringComparison.Ordinal);
        Assert.Contains("ReLU &lt; sigmoid", Cheap.ToHtml(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_holds_them_in_order()
    {
        var table = Verdict.Table(Cheap, Cheap with { Id = "V02", Ruling = Ruling.False });
        Assert.Equal(2, table.ToPlainText().Split('\n').Length);
        Assert.True(table.ToHtml().IndexOf("V01", StringComparison.Ordinal) < table.ToHtml().IndexOf("deepnotes-verdict-false", StringComparison.Ordinal));
    }
}
