using DeepNotes.Tests.Support;

namespace DeepNotes.Tests.Analysis;

public sealed class JacobianTests
{
    private static readonly GoldenMlp Golden = AnalysisGolden.Read().Mlp;

    [Fact]
    public void Both_methods_equal_PyTorch_and_do_not_change_the_network()
    {
        var network = Golden.Network();
        var x = Golden.X.ToTensor().Slice(0, 0, 1);
        AssertClose.Equal(Golden.Jacobian, Jacobian.Of(network, x), 1e-6, "reverse mode");
        AssertClose.Equal(Golden.Jacobian, Jacobian.ByDifferences(network.Forward, x), 2e-5, "differences");
        Assert.Null(network.Parameters[0].Gradient);
        Assert.True(network.IsTraining);
    }

    // ∂p_i/∂z_j = p_i·(δ_ij - p_j).
    [Fact]
    public void Softmax()
    {
        var z = Tensor.From(0.5f, -1, 2, 0.1f);
        double[] p = [.. z.Softmax().ToArray()];
        double[] expected = [.. p.SelectMany((pi, i) => p.Select((pj, j) => pi * ((i == j ? 1 : 0) - pj)))];
        AssertClose.Equal(expected, [.. Jacobian.Of(y => y.Softmax(), z).ToArray()], 1e-6, "reverse mode");
        AssertClose.Equal(expected, [.. Jacobian.ByDifferences(y => y.Softmax(), z).ToArray()], 1e-5, "differences");
    }

    [Fact]
    public void Any_shapes_and_constants_are_supported()
    {
        var x = Tensor.Normal([2, 3], seed: 1);
        Assert.Equal<Shape>([4, 6], Jacobian.Of(y => y.MatMul(Tensor.Ones([3, 2])), x).Shape);
        Assert.Equal(new float[6], Jacobian.Of(_ => Tensor.Scalar(3), x).ToArray());
    }

    public static TheoryData<string, Action> Mistakes() => new()
    {
        { "expected at least one input and one output, got x [0]", () => Jacobian.Of(x => x, Tensor.Zeros([0])) },
        { "f(x) [0]", () => Jacobian.ByDifferences(x => x.Slice(0, 0, 0), Tensor.Ones([2])) },
        { "Shape [65536, 65536]: more than", () => Jacobian.Of(x => x, Tensor.Zeros([65536])) },
        { "Jacobian.ByDifferences: h -1: expected a finite number above 0", () => Jacobian.ByDifferences(x => x, Tensor.Ones([2]), -1) },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Invalid_arguments_are_named(string message, Action mistake) =>
        Assert.Contains(message, Assert.ThrowsAny<Exception>(mistake).Message, StringComparison.Ordinal);
}
