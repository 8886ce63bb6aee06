using DeepNotes.Notebooks.Running;

namespace DeepNotes.Notebooks.Tests.Running;

public sealed class RunFingerprintTests
{
    private static string ThisAssembly => typeof(RunFingerprintTests).Assembly.Location;

    [Fact]
    public void A_fingerprint_round_trips()
    {
        var notebook = TestNotebook.Of(TestNotebook.Code(""));
        var here = RunFingerprint.Here("mnist 10000", RunMode.Fast, 2, ThisAssembly);
        here.StampOn(notebook);

        Assert.Equal(here, RunFingerprint.Of(notebook));
    }

    [Fact]
    public void Different_libraries_have_different_fingerprints()
    {
        var one = RunFingerprint.Here("generated", RunMode.Full, 2, ThisAssembly).Library;
        var other = RunFingerprint.Here("generated", RunMode.Full, 2, typeof(RunFingerprint).Assembly.Location).Library;

        Assert.Matches("^[0-9a-f]{12}$", one);
        Assert.NotEqual(one, other);
        Assert.Equal("none", RunFingerprint.Here("generated", RunMode.Full, 2, ThisAssembly + ".missing").Library);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"mode": "odd"}""")]
    [InlineData("[]")]
    public void A_notebook_without_a_readable_fingerprint_has_none(string run)
    {
        var notebook = TestNotebook.Of(TestNotebook.Code(""));
        notebook.Metadata["run"] = System.Text.Json.Nodes.JsonNode.Parse(run);

        Assert.Null(RunFingerprint.Of(notebook));
    }
}
