using System.Runtime.Intrinsics;
using DeepNotes.Functions;
using DeepNotes.Tests.Support;

namespace DeepNotes.Tests.Analysis;

public sealed class HessianTests
{
    private static readonly GoldenMlp Golden = AnalysisGolden.Read().Mlp;

    // Eigenvalues of the diagonal blocks: 3 ± 1 and -5.
    private static readonly Tensor A = Tensor.From(new float[,] { { 3, 1, 0 }, { 1, 3, 0 }, { 0, 0, -5 } });

    private static readonly Tensor Point = Tensor.From(1, -2, 0.5f);

    [Fact]
    public void Product_matrix_and_eigenvalues_equal_PyTorch()
    {
        var hessian = OfGolden();
        AssertClose.Equal(Golden.Product, hessian.Times(Golden.Vector.ToTensor()), 1e-6, "Hv");
        AssertClose.Equal(Golden.Hessian, hessian.ToTensor(), 1e-6, "H");
        AssertClose.Equal([.. Golden.Eigenvalues.OrderDescending()], [.. hessian.Eigenvalues().Eigenvalues], 1e-6, "eigenvalues");
    }

    [Fact]
    public void Lanczos_finds_the_eigenvalues_of_largest_magnitude()
    {
        var found = OfGolden().LargestEigenvalues(3);
        double[] expected = [.. Golden.Eigenvalues.OrderByDescending(Math.Abs).Take(3).OrderDescending()];
        AssertClose.Equal(expected, [.. found.Eigenvalues], 1e-4, "eigenvalues");
        Assert.InRange(found.Residual, 0, 2e-4);
        Assert.Equal(43, found.Size);
    }

    [Fact]
    public void The_trace_is_within_three_standard_errors_and_exact_for_a_diagonal()
    {
        var trace = OfGolden().Trace(samples: 50);
        Assert.InRange(trace.Value - Golden.Eigenvalues.Sum(), -3 * trace.StandardError, 3 * trace.StandardError);

        var diagonal = new Hessian(x => (x * x * Tensor.From(1f, 2f, 4f)).Sum(), Point).Trace(samples: 5);
        Assert.Equal((14, 0, 5), (diagonal.Value, diagonal.StandardError, diagonal.Samples));
    }

    [Fact]
    public void Of_a_quadratic_form_it_is_the_matrix_exactly()
    {
        var hessian = Quadratic();
        Assert.Equal(A.ToArray(), hessian.ToTensor().ToArray());
        AssertClose.Equal([2, -2, -10], [.. hessian.Times(Tensor.From(1, -1, 2f)).ToArray()], 1e-6, "Av");
        AssertClose.Equal([4, 2, -5], [.. hessian.Eigenvalues().Eigenvalues], 1e-12, "eigenvalues");
        AssertClose.Equal([4, 2, -5], [.. hessian.LargestEigenvalues(3).Eigenvalues], 1e-5, "by Lanczos");
        Assert.Equal(-5, hessian.LargestEigenvalues(1).Largest, 4);
    }

    // ∂²(Σ x³)/∂x² = 6x: nothing depends on how large the values are.
    [Fact]
    public void Values_of_any_size_are_exact()
    {
        var hessian = new Hessian(x => (x * x * x).Sum(), Tensor.From(1000f, 2000f));
        AssertClose.Equal([6000, 0, 0, 12000], [.. hessian.ToTensor().ToArray()], 1e-6, "H");
    }

    // For the identity, the Krylov space is invariant after one step.
    [Fact]
    public void Lanczos_continues_beyond_an_invariant_subspace()
    {
        var identity = new Hessian(x => x.Square().Sum() / 2, Point);
        AssertClose.Equal([1, 1, 1], [.. identity.LargestEigenvalues(3).Eigenvalues], 1e-5, "eigenvalues");
    }

    [Fact]
    public void The_network_is_restored()
    {
        var network = Golden.Network();
        var inner = (Linear)network[0];
        inner.Train(false);
        network[2].Freeze();
        Golden.Loss(network)().Backward();
        var (value, gradient) = (inner.Weight.Value, inner.Weight.Gradient);
        var numbers = value.ToArray();

        var hessian = new Hessian(network, Golden.Loss(network));
        Assert.Equal(25, hessian.Size);
        hessian.Times(Tensor.Ones([25]));
        Assert.Throws<InvalidTimeZoneException>(() => new Hessian(network, () => throw new InvalidTimeZoneException()).Times(Tensor.Ones([25])));

        Assert.Same(value, inner.Weight.Value);
        Assert.Same(gradient, inner.Weight.Gradient);
        Assert.Equal(numbers, value.ToArray());
        Assert.Equal((true, false, true), (network.IsTraining, inner.IsTraining, network[1].IsTraining));
    }

    public static TheoryData<string, Action> Mistakes() => new()
    {
        { "Hessian: expected a scalar loss, got [3]; reduce it with Sum() or Mean()", () => new Hessian(x => x * x, Point).ToTensor() },
        { "Hessian.Times: expected a vector [3], got [4]", () => Quadratic().Times(Tensor.Ones([4])) },
        { "Hessian.Times: expected a vector [3], got [3, 1]", () => Quadratic().Times(Tensor.Ones([3, 1])) },
        { "expected at least one value to vary, got none", () => _ = new Hessian(x => x.Sum(), Tensor.Zeros([0])) },
        { "expected at least one value to vary, got none", () => _ = new Hessian(new ReLU(), () => Tensor.Scalar(1)) },
        { "the loss does not depend on what is varied", () => new Hessian(_ => Tensor.Scalar(1), Point).ToTensor() },
        { "the loss, NaN, or its gradient is not finite", () => new Hessian(x => x.Log().Sum(), Point).ToTensor() },
        { "5000 parameters are too many", () => new Hessian(x => x.Square().Sum(), Tensor.Ones([5000])).ToTensor() },
        { "count 4 in 100 steps: expected 1 to 3", () => Quadratic().LargestEigenvalues(4) },
        { "count 0 in 100 steps", () => Quadratic().LargestEigenvalues(0) },
        { "samples", () => Quadratic().Trace(1) },
        { "Map<Cube>: its derivative can't be differentiated", () => new Hessian(x => x.Map<Cube>().Sum(), Point).ToTensor() },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Invalid_arguments_are_named(string message, Action mistake) =>
        Assert.Contains(message, Assert.ThrowsAny<Exception>(mistake).Message, StringComparison.Ordinal);

    // The curvature between the kinks, as in PyTorch: ∂²(relu(x)·y)/∂x∂y is 1 where x > 0.
    [Fact]
    public void Piecewise_linear_functions_have_no_curvature()
    {
        var hessian = new Hessian(x => x.Slice(0, 0, 1).ReLU().Sum() * x.Slice(0, 1, 1).Sum() + x.Sum(), Tensor.From(3f, 5f));
        Assert.Equal([0, 1, 1, 0], hessian.ToTensor().ToArray());
        Assert.Equal([0, 0, 0], new Hessian(x => x.Sum(), Point).Times(Point).ToArray());
    }

    // A custom function without a differentiable derivative.
    private readonly struct Cube : IUnaryOp
    {
        public float F(float x) => x * x * x;

        public float Derivative(float x, float y) => 3 * x * x;

        public Vector512<float> F(Vector512<float> x) => x * x * x;

        public Vector512<float> Derivative(Vector512<float> x, Vector512<float> y) => x * x * 3;
    }

    private static Hessian Quadratic() => new(x => (x.Reshape(1, 3).MatMul(A) * x).Sum() / 2, Point);

    private static Hessian OfGolden()
    {
        var network = Golden.Network();
        return new Hessian(network, Golden.Loss(network));
    }
}
