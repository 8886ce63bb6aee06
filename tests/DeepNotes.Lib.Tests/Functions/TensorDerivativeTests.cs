using System.Runtime.Intrinsics;
using DeepNotes.Functions;
using DeepNotes.Tests.Support;

namespace DeepNotes.Tests.Functions;

/// <summary>The third form of every derivative, in tensor operations: it is the other two, and its own derivative is right.</summary>
public sealed class TensorDerivativeTests
{
    private const float Step = 2e-3f;

    // Off the corners of the hard forms, as in UnaryOpTests.
    private static readonly float[] Points = [.. Enumerable.Range(0, 144).Select(i => -6.95f + (0.1f * i))];

    public static TheoryData<IUnaryOp> Rows => UnaryOpTests.Functions;

    [Theory]
    [MemberData(nameof(Rows))]
    public void It_is_the_derivative_and_has_one(IUnaryOp f) => Agrees((dynamic)f);

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_derivative_is_computed_from_what_it_says(IUnaryOp f) => UsesWhatItSays((dynamic)f);

    public static TheoryData<string, Func<Tensor, Tensor>, Func<double, double>> SecondDerivatives() => new()
    {
        { "sigmoid", x => x.Sigmoid(), x => Sigma(x) * (1 - Sigma(x)) * (1 - 2 * Sigma(x)) },
        { "tanh", x => x.Tanh(), x => -2 * Math.Tanh(x) * (1 - Math.Tanh(x) * Math.Tanh(x)) },
        { "softplus", x => x.Map<DeepNotes.Functions.Softplus>(), x => Sigma(x) * Sigma(-x) },
        { "SiLU", x => x.Map<DeepNotes.Functions.SiLU>(), x => Sigma(x) * Sigma(-x) * (2 + x * (1 - 2 * Sigma(x))) },
        { "GELU", x => x.Map<DeepNotes.Functions.GELU>(), x => (2 - x * x) * Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI) },
        { "ELU", x => x.Map(new DeepNotes.Functions.ELU(1.5f)), x => x > 0 ? 0 : 1.5 * Math.Exp(x) },
        { "eˣ", x => x.Exp(), Math.Exp },
        { "x²", x => x.Square(), _ => 2 },
        { "ln |x|", x => x.Abs().Log(), x => -1 / (x * x) },
        { "√|x|", x => x.Abs().Sqrt(), x => -0.25 * Math.Pow(Math.Abs(x), -1.5) },
        { "1/x", x => 1 / x, x => 2 / (x * x * x) },
    };

    // Against the formula in double, to a few millionths of its size or of the first derivative's, far out as well.
    [Theory]
    [MemberData(nameof(SecondDerivatives))]
    public void Far_out_and_near_zero_it_is_the_formula(string name, Func<Tensor, Tensor> f, Func<double, double> expected)
    {
        float[] points = [.. Enumerable.Range(0, 60).Select(i => 1e-4f * MathF.Pow(1.24f, i)).SelectMany(x => new[] { x, -x })];
        var x = Tensor.From(points).RequireGradient();
        var slope = Tensor.Gradients(f(x).Sum(), [x], createGraph: true)[0];
        var actual = Tensor.Gradients(slope.Sum(), [x])[0].ToArray();
        var (slopes, worst) = (slope.ToArray(), 0.0);
        for (var i = 0; i < points.Length; i++)
        {
            var (truth, size) = (expected(points[i]), Math.Max(1, Math.Abs(slopes[i])));
            worst = Math.Max(worst, Math.Abs(actual[i] - truth) / Math.Max(Math.Abs(truth), size));
        }

        Assert.True(worst < 3e-6, $"{name}: relative error {worst:G3}");
    }

    private static void Agrees<TOp>(TOp f)
        where TOp : struct, IUnaryOp
    {
        float[] points = [.. Points.Where(point => float.IsFinite(f.F(point)) && float.IsFinite(f.F(point - Step)))];
        var x = Tensor.From(points).RequireGradient();
        var slope = f.Derivative(x, x.Map(f));
        var second = slope.RequiresGradient ? Tensor.Gradients(slope.Sum(), [x])[0] : Tensor.Zeros(x.Shape);
        for (var i = 0; i < points.Length; i++)
        {
            var expected = f.Derivative(points[i], f.F(points[i]));
            Assert.Equal(expected, slope[i], 2e-6 * Math.Max(1, Math.Abs(expected)));
            var (above, below) = (points[i] + Step, points[i] - Step);
            var difference = ((double)f.Derivative(above, f.F(above)) - f.Derivative(below, f.F(below))) / ((double)above - below);
            Assert.Equal(difference, second[i], 2e-3 * Math.Max(1, Math.Abs(difference)));
        }
    }

    private static void UsesWhatItSays<TOp>(TOp f)
        where TOp : struct, IUnaryOp
    {
        var x = Vector512.CreateSequence(0.11f, 0.37f);
        var (y, other) = (f.F(x), Vector512.CreateSequence(3f, -1.3f));
        var slope = f.Derivative(x, y);

        // What is used stands in for what is not.
        var (usesX, usesY) = (TOp.DerivativeUses.HasFlag(DerivativeUses.Input), TOp.DerivativeUses.HasFlag(DerivativeUses.Value));
        Assert.Equal(slope, f.Derivative(usesX ? x : usesY ? y : other, usesY ? y : usesX ? x : other));
    }

    private static double Sigma(double x) => 1 / (1 + Math.Exp(-x));
}
