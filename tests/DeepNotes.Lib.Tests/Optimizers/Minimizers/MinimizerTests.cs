using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace DeepNotes.Tests.Optimizers.Minimizers;

public sealed class MinimizerTests
{
    public static TheoryData<string, Func<Minimizer>> Rows() => new()
    {
        { "Newton", () => new Newton(Hessian) },
        { "Newton by differences", () => new Newton() },
        { "BFGS", () => new BFGS() },
        { "L-BFGS", () => new LBFGS() },
        { "L-BFGS of two pairs", () => new LBFGS(2) },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Rosenbrock_is_solved_to_ten_digits(string name, Func<Minimizer> make)
    {
        var minimum = make().Minimize(Rosenbrock, Vector(-1.2, 1));
        Assert.True(minimum.IsConverged, name);
        Assert.True((minimum.Point - Vector(1, 1)).L2Norm() < 1e-10, $"{name}: {minimum.Point}");
        Assert.True(minimum.Value < 1e-10);
        Assert.InRange(minimum.Iterations, 10, 80);
        Assert.All(minimum.Values.Zip(minimum.Values.Skip(1)), pair => Assert.True(pair.Second < pair.First));
    }

    // Over twenty variables as a chain of ten valleys.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Twenty_variables_are_solved_too(bool limited)
    {
        Minimizer minimizer = limited ? new LBFGS() : new BFGS();
        var start = Vector<double>.Build.Dense(20, i => i % 2 == 0 ? -1.2 - 0.02 * i : 1);
        var minimum = minimizer.Minimize(
            x =>
            {
                var parts = Enumerable.Range(0, 10).Select(i => Rosenbrock(x.SubVector(2 * i, 2))).ToArray();
                return (parts.Sum(part => part.Value), Vector<double>.Build.DenseOfEnumerable(parts.SelectMany(part => part.Gradient)));
            },
            start);
        Assert.True((minimum.Point - 1).L2Norm() < 1e-10);
    }

    // e₊ ≈ C·eᵖ near the minimum: p is the slope of ln e₊ over ln e, 2 for Newton, between 1 and 2 for BFGS.
    [Theory]
    [InlineData("Newton", 1.9, 2.1)]
    [InlineData("BFGS", 1.2, 1.8)]
    public void The_order_of_convergence_is_as_the_theory_says(string name, double least, double most)
    {
        Minimizer minimizer = name == "Newton" ? new Newton(Bowl) : new BFGS();
        var path = minimizer.Minimize(BowlValue, Vector(0.4, -0.3)).Path;
        double[] logs = [.. path.Select(x => x.L2Norm()).Where(error => error is > 1e-13 and < 0.3).Select(error => Math.Log(error))];
        Assert.True(logs.Length >= 4, string.Join(", ", logs));
        Assert.InRange(Fit.Line(logs[..^1], logs[1..]).B, least, most);
    }

    [Fact]
    public void Newton_solves_a_parabola_in_one_step()
    {
        var a = Matrix<double>.Build.DenseOfArray(new double[,] { { 3, 1 }, { 1, 2 } });
        var minimum = new Newton(_ => a).Minimize(x => (x * a * x / 2 - x.Sum(), a * x - 1), Vector(5, -7));
        Assert.Equal(1, minimum.Iterations);
        Assert.True((a * minimum.Point - 1).L2Norm() < 1e-12);
    }

    // f = x⁴/4 - x²/2 + y²/2 has a negative curvature at the start; plain Newton would climb to the saddle at 0.
    [Fact]
    public void Newton_leaves_a_saddle_behind()
    {
        var minimum = new Newton().Minimize(
            x => (Math.Pow(x[0], 4) / 4 - x[0] * x[0] / 2 + x[1] * x[1] / 2, Vector(Math.Pow(x[0], 3) - x[0], x[1])), Vector(0.1, 1));
        Assert.Equal(1, minimum.Point[0], 1e-10);
    }

    [Fact]
    public void The_iterations_can_be_limited()
    {
        var minimum = new LBFGS { MaximumIterations = 3 }.Minimize(Rosenbrock, Vector(-1.2, 1));
        Assert.Equal((3, false), (minimum.Iterations, minimum.IsConverged));
    }

    [Fact]
    public void A_function_without_a_minimum_ends_at_the_limit()
    {
        var minimum = new BFGS { MaximumIterations = 5 }.Minimize(x => (-x[0], Vector(-1.0)), Vector(0));
        Assert.False(minimum.IsConverged);
    }

    // Parameters: a regression line through three points, whose least squares solution is known.
    [Theory]
    [MemberData(nameof(Rows))]
    public void Parameters_are_fitted(string name, Func<Minimizer> make)
    {
        var line = new Linear(1, 1, seed: 1);
        var (x, y) = (Tensor.From(new float[,] { { 0 }, { 1 }, { 2 } }), Tensor.From(new float[,] { { 1 }, { 3 }, { 4 } }));
        var minimizer = name == "Newton" ? new Newton { GradientTolerance = 1e-5 } : make();
        minimizer.Minimize(() => Loss.MeanSquaredError(line.Forward(x), y), line.Parameters);
        Assert.Equal(1.5, line.Parameters[0].Value.ToSingle(), 1e-3);
        Assert.Equal(7 / 6.0, line.Parameters[1].Value.ToSingle(), 1e-3);
    }

    [Fact]
    public void A_start_that_is_no_number_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => new BFGS().Minimize(x => (Math.Log(x[0]), Vector(1 / x[0])), Vector(-1)));
        Assert.Contains("f = NaN", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gradient_of_another_length_is_refused() =>
        Assert.Throws<ArgumentException>(() => new LBFGS().Minimize(_ => (0, Vector(1)), Vector(1, 2)));

    public static TheoryData<Func<object>> BadNumbers() =>
        [() => new LBFGS(0), () => new BFGS { GradientTolerance = double.NaN }, () => new Newton { MaximumIterations = 0 }];

    [Theory]
    [MemberData(nameof(BadNumbers))]
    public void Numbers_out_of_range_are_refused(Func<object> make) => Assert.Throws<ArgumentOutOfRangeException>(make);

    private static Vector<double> Vector(params double[] values) => Vector<double>.Build.Dense(values);

    private static (double Value, Vector<double> Gradient) Rosenbrock(Vector<double> x)
    {
        var valley = x[1] - x[0] * x[0];
        return (
            (1 - x[0]) * (1 - x[0]) + 100 * valley * valley,
            Vector(-2 * (1 - x[0]) - 400 * x[0] * valley, 200 * valley));
    }

    private static Matrix<double> Hessian(Vector<double> x) => Matrix<double>.Build.DenseOfArray(new[,]
    {
        { 2 - 400 * (x[1] - 3 * x[0] * x[0]), -400 * x[0] },
        { -400 * x[0], 200 },
    });

    // f = eˣ - x + e²ʸ - 2y + xy/2 - 2, smallest at 0 with third derivatives that do not vanish there.
    private static (double Value, Vector<double> Gradient) BowlValue(Vector<double> x) => (
        Math.Exp(x[0]) - x[0] + Math.Exp(2 * x[1]) - 2 * x[1] + x[0] * x[1] / 2 - 2,
        Vector(Math.Exp(x[0]) - 1 + x[1] / 2, 2 * Math.Exp(2 * x[1]) - 2 + x[0] / 2));

    private static Matrix<double> Bowl(Vector<double> x) => Matrix<double>.Build.DenseOfArray(new[,]
    {
        { Math.Exp(x[0]), 0.5 },
        { 0.5, 4 * Math.Exp(2 * x[1]) },
    });
}
