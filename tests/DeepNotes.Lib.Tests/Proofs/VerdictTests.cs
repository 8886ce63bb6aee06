namespace DeepNotes.Tests.Proofs;

public sealed class VerdictTests
{
    private static readonly Verdict Cheap = Of("V01", Ruling.RightWithCondition, "计算量小");

    [Fact]
    public void A_verdict_shows_quotation_ruling_correction_and_what_to_say()
    {
        Assert.Equal(
            "“ReLU < sigmoid，计算量小” (source 000, line 15): right, with a condition left out. Per element. "
            + "Say in the interview: It is cheap. Measured: 3.1 times", Cheap.ToPlainText());
        var html = Cheap.ToHtml();
        Assert.Contains("deepnotes-verdict-condition", html, StringComparison.Ordinal);
        Assert.Contains("lang=\"zh\">ReLU &lt; sigmoid，<strong>计算量小</strong></q>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_claim_that_is_not_in_the_quotation_is_rejected() =>
        Assert.Contains("V01", Assert.Throws<ArgumentException>(() => Of("V01", Ruling.Wrong, "计算量大")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_table_holds_them_in_order()
    {
        var table = Verdict.Table(Cheap, Of("V02", Ruling.Wrong));
        Assert.Equal(2, table.ToPlainText().Split('\n').Length);
        Assert.True(table.ToHtml().IndexOf("V01", StringComparison.Ordinal) < table.ToHtml().IndexOf("deepnotes-verdict-wrong", StringComparison.Ordinal));
    }

    private static Verdict Of(string id, Ruling ruling, string? claim = null) =>
        new(id, "000:15", "ReLU < sigmoid，计算量小", ruling, "Per element.", "It is cheap.", "3.1 times", claim);
}
