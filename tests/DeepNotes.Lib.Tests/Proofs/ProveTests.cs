using MathNet.Numerics.LinearAlgebra;

namespace DeepNotes.Tests.Proofs;

public sealed class ProveTests
{
    [Fact]
    public void A_claim_that_holds_is_shown_with_its_figure()
    {
        var proof = new Proof("a < b", "largest difference 1E-08", true);
        Assert.Contains("deepnotes-proof-holds", proof.ToHtml(), StringComparison.Ordinal);
        Assert.Contains("a &lt; b", proof.ToHtml(), StringComparison.Ordinal);
        Assert.StartsWith("✓ a < b", proof.ToPlainText(), StringComparison.Ordinal);
    }

    public static TheoryData<string, Action> False() => new()
    {
        { "tensors", () => Prove.Close(Tensor.From(1, 2), Tensor.From(1, 2.1f), 0.05, "claim") },
        { "matrix", () => Prove.Close(Tensor.Ones([2, 2]), Matrix<double>.Build.Dense(2, 2, 1.1), 0.05, "claim") },
        { "numbers", () => Prove.Close(1, 1.1, 0.05, "claim") },
        { "NaN", () => Prove.Close(Tensor.From(float.NaN), Tensor.From(float.NaN), 1, "claim") },
        { "NaN number", () => Prove.Close(double.NaN, 1, 1, "claim") },
        { "infinity", () => Prove.Close(Tensor.From(float.PositiveInfinity), Tensor.From(1f), 1, "claim") },
        { "condition", () => Prove.True(false, "claim") },
        { "ratio", () => Prove.Ratio(() => Thread.Sleep(2), () => { }, 1, "claim", runs: 3) },
    };

    [Theory]
    [MemberData(nameof(False))]
    public void A_claim_that_fails_throws(string name, Action claim)
    {
        Assert.NotEmpty(name);
        var error = Assert.Throws<ProofException>(claim);
        Assert.False(error.Proof.Holds);
        Assert.StartsWith("✗ claim", error.Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, Action> OtherShapes() => new()
    {
        { "expected shape [3, 2], got [2, 3]", () => Prove.Close(Tensor.Ones([2, 3]), Tensor.Ones([3, 2]), 1, "claim") },
        { "expected shape [3, 2, 4], got [2, 3, 4]", () => Prove.Close(Tensor.Ones([2, 3, 4]), Tensor.Ones([3, 2, 4]), 1, "claim") },
        { "expected shape [6, 4], got [2, 3, 4]", () => Prove.Close(Tensor.Ones([2, 3, 4]), Tensor.Ones([6, 4]), 1, "claim") },
        { "expected shape [4, 6], got [6, 4]", () => Prove.Close(Tensor.Ones([2, 3, 4]), Matrix<double>.Build.Dense(4, 6, 1), 1, "claim") },
        { "expected shape [2], got [3]", () => Prove.Close([1.0, 1, 1], [1.0, 1], 1, "claim") },
    };

    [Theory]
    [MemberData(nameof(OtherShapes))]
    public void Other_shapes_are_an_error_that_names_both(string shapes, Action claim) =>
        Assert.Equal($"Prove.Close: {shapes}, for the claim \"claim\".", Assert.Throws<ShapeException>(claim).Message);

    [Fact]
    public void Close_passes_within_the_tolerance()
    {
        Prove.Close(Tensor.From(1, 2), Tensor.From(1, 2.04f), 0.05, "claim");
        Prove.Close(Tensor.From(float.PositiveInfinity), Tensor.From(float.PositiveInfinity), 0, "equal infinities");
        Prove.Ratio(() => { }, () => Thread.Sleep(2), 2, "sleeping takes longer", runs: 3);
        Prove.Close(Tensor.Ones([2, 3, 4]), Matrix<double>.Build.Dense(6, 4, 1), 0, "a tensor as rows");
    }
}
