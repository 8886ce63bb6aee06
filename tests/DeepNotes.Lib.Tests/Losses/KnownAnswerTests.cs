using DeepNotes.Tests.Support;

namespace DeepNotes.Tests.Losses;

/// <summary>Values published in papers and courses.</summary>
public sealed class KnownAnswerTests
{
    // At equal scores the loss is ln C.
    [Theory]
    [InlineData(2, .69314718)]
    [InlineData(3, 1.09861229)]
    [InlineData(10, 2.30258509)]
    [InlineData(100, 4.60517019)]
    [InlineData(1000, 6.90775528)]
    public void Cross_entropy_of_equal_scores_is_ln_C(int classes, double expected) =>
        Assert.Equal(expected, Loss.CrossEntropy(Tensor.Full([3, classes], 7), [0, 1, classes - 1]).ToSingle(), 1e-6);

    // cs231n.github.io/linear-classify, printed with five decimals.
    [Fact]
    public void Cross_entropy_of_CS231n()
    {
        var scores = Tensor.From(new float[,] { { -2.85f, .86f, .28f } });
        AssertClose.Equal([.01545, .63116, .35339], Doubles(scores.Softmax()), 5e-6, "probabilities", terms: 1);
        Assert.Equal(1.04019, Loss.CrossEntropy(scores, [2]).ToSingle(), 5e-6);
    }

    // cs231n.github.io/linear-classify: C - 1 at equal scores, and the two worked examples.
    [Fact]
    public void Hinge_of_CS231n()
    {
        Assert.Equal(9, Loss.Hinge(Tensor.Full([3, 10], 7), [0, 1, 9]).ToSingle(), 1e-6);
        Assert.Equal(8, Loss.Hinge(Tensor.From(new float[,] { { 13, -7, 11 } }), [0], margin: 10).ToSingle(), 1e-6);
        Assert.Equal(1.58, Loss.Hinge(Tensor.From(new float[,] { { -2.85f, .86f, .28f } }), [2]).ToSingle(), 5e-3);
    }

    // A worked example: H((1,0,0), (.5,.2,.3)), H((1,0,0), (.8,.1,.1)) and their mean.
    [Fact]
    public void Cross_entropy_of_the_worked_example()
    {
        var q = Tensor.From(new float[,] { { .5f, .2f, .3f }, { .8f, .1f, .1f } });
        Assert.Equal(.69314718, Loss.CrossEntropy(q.Log().Slice(0, 0, 1), [0]).ToSingle(), 1e-6);
        Assert.Equal(.22314355, Loss.CrossEntropy(q.Log().Slice(0, 1, 1), [0]).ToSingle(), 1e-6);
        Assert.Equal(.45814537, Loss.CrossEntropy(q.Log(), [0, 0]).ToSingle(), 1e-6);
    }

    [Fact]
    public void Gradient_and_Jacobian_of_three_probabilities()
    {
        var z = Tensor.From(new float[,] { { .2f, .3f, .5f } }).Log().Detach().RequireGradient();
        Loss.CrossEntropy(z, [1]).Backward();
        AssertClose.Equal([.2, -.7, .5], Doubles(z.Gradient!), 1e-6, "dCE/dz");

        double[][] jacobian = [[.16, -.06, -.1], [-.06, .21, -.15], [-.1, -.15, .25]];
        for (var i = 0; i < 3; i++)
        {
            AssertClose.Equal(jacobian[i], Doubles(z.Softmax().Pullback(Tensor.OneHot([i], 3))[0]!), 1e-6, $"row {i}");
        }
    }

    [Fact]
    public void Softmax_of_large_scores_does_not_overflow()
    {
        var y = Tensor.From(new float[,] { { 123, 456, 789 } }).Softmax().ToArray();
        Assert.Equal([0f, 0f, 1f], y);
        Assert.Equal(float.PositiveInfinity, Tensor.From(88.73f).Exp().ToSingle());
        Assert.True(float.IsFinite(Tensor.From(88.72f).Exp().ToSingle()));
    }

    [Fact]
    public void Activations_at_known_points()
    {
        Assert.Equal(.73105858, Tensor.From(1f).Sigmoid().ToSingle(), 1e-7);
        Assert.Equal(.76159416, Tensor.From(1f).Tanh().ToSingle(), 1e-7);
        Assert.Equal(.25, Slope(x => x.Sigmoid(), 0), 1e-7);
        Assert.Equal(.19661193, Slope(x => x.Sigmoid(), 1), 1e-7);
    }

    // z ~ N(0, 1): E ReLU(z) = 1/√(2π), E ReLU(z)² = 1/2; ELU(-1) = 1/e - 1; SELU's constants.
    [Fact]
    public void Rectifiers_at_known_points()
    {
        var z = Tensor.Normal([1_000_000], seed: 1).ReLU();
        Assert.Equal(.39894228, z.Mean().ToSingle(), 2e-3);
        Assert.Equal(.5, z.Square().Mean().ToSingle(), 4e-3);
        Assert.Equal(-.63212056, new ELU().Forward(Tensor.From(-1f)).ToSingle(), 1e-7);
        Assert.Equal(1.05070099, new SELU().Forward(Tensor.From(1f)).ToSingle(), 1e-7);
        Assert.Equal(-1.05070099 * 1.67326324, new SELU().Forward(Tensor.From(-50f)).ToSingle(), 1e-6);
        Assert.Equal([0f, 1f, 1f], new Step().Forward(Tensor.From(-1e-6f, 0, 3)).ToArray());
    }

    // cs231n.github.io/optimization-2: σ(w₀x₀ + w₁x₁ + w₂) at w = (2, -3, -3), x = (-1, -2).
    [Fact]
    public void The_sigmoid_circuit_of_CS231n()
    {
        var w = Tensor.From(2, -3, -3).RequireGradient();
        var x = Tensor.From(-1, -2).RequireGradient();
        var f = ((w.Slice(0, 0, 2) * x).Sum() + w.Slice(0, 2, 1)).Sigmoid();
        f.Sum().Backward();
        Assert.Equal(.73105858, f.ToSingle(), 1e-7);
        AssertClose.Equal([.39322387, -.58983580], Doubles(x.Gradient!), 1e-7, "dx");
        AssertClose.Equal([-.19661193, -.39322387, .19661193], Doubles(w.Gradient!), 1e-7, "dw");
    }

    // The example of micrograd's README at a = -4, b = 2.
    [Fact]
    public void The_expression_of_micrograd()
    {
        var (a, b) = (Tensor.From(-4f).RequireGradient(), Tensor.From(2f).RequireGradient());
        var c = a + b;
        var d = (a * b) + (b * b * b);
        c += c + 1;
        c += 1 + c - a;
        d += (d * 2) + (b + a).ReLU();
        d += (3 * d) + (b - a).ReLU();
        var e = c - d;
        var f = e.Square();
        var g = f / 2;
        g += 10 / f;
        g.Sum().Backward();
        Assert.Equal(24.7041, g.ToSingle(), 5e-5);
        Assert.Equal(138.8338, a.Gradient!.ToSingle(), 5e-4);
        Assert.Equal(645.5773, b.Gradient!.ToSingle(), 5e-4);
    }

    // CS231n, assignment 1, affine layer.
    [Fact]
    public void The_affine_layer_of_CS231n()
    {
        var x = Tensor.Linspace(-.1, .5, 240).Reshape(2, 120);
        var w = Tensor.Linspace(-.2, .3, 360).Reshape(120, 3);
        var y = x.MatMul(w) + Tensor.Linspace(-.3, .1, 3);
        AssertClose.Equal(
            [1.49834967, 1.70660132, 1.91485297, 3.25553199, 3.5141327, 3.77273342], Doubles(y), 1e-6, "y");
    }

    private static double Slope(Func<Tensor, Tensor> f, float at)
    {
        var x = Tensor.From(at).RequireGradient();
        f(x).Sum().Backward();
        return x.Gradient!.ToSingle();
    }

    private static double[] Doubles(Tensor tensor) => [.. tensor.ToArray()];
}
