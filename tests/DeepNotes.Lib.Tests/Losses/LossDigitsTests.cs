using System.Reflection;
using DeepNotes.Tests.Support;
using static DeepNotes.Tests.Support.StableFormulas;

namespace DeepNotes.Tests.Losses;

/// <summary>The relative error of every loss and its gradient against double precision, on a logarithmic grid of scores.</summary>
public sealed class LossDigitsTests
{
    // The exponential of a difference of about 100, whose rounding error is up to 4e-6.
    private const double OfExponentials = 1e-5;

    // The power of a focal loss is the exponential of γ·m, where m has the error of a difference and of its softplus.
    private const double OfPowers = 3e-5;

    // The scores of large-margin softmax are norms of about 100 times a polynomial of a cosine: 7e-6 for each rounding.
    private const double OfPolynomials = 1e-4;

    // A few rounding errors of 6e-8.
    private const double OfSums = 5e-7;

    private static readonly double[] Grid =
    [
        0,
        .. from size in (IEnumerable<double>)[
               .. Enumerable.Range(-24, 33).Select(i => Math.Pow(10, i / 4.0)), 16, 17, 18, 40, 80, 88, 1e-30, 1e-20, 1e-12, 1e4, 1e15]
           from sign in new[] { 1, -1 }
           select (double)(float)(sign * size),
    ];

    private static readonly double[] Soft = [.25, .75 - 1 / 1048576.0, 1 / 1048576.0];
    private static readonly double[] OneHot = [1, 0, 0];
    private static readonly double[] Confident = [1 - 1 / 1048576.0, 1 / 1048576.0, 0];
    private static readonly double[] Teacher = [9, -9, 2];
    private static readonly float[] Weights = [.5f, 2, 1.25f];

    private static readonly LossRow[] Table =
    [
        .. Each(.7f, -3, 0).Select(t => OfNumber("MeanSquaredError", OfSums, x => Loss.MeanSquaredError(x, t(x), Reduction.None), x => Terms((x - At(t)) * (x - At(t))), x => Terms(2 * (x - At(t))))),
        .. Each(.7f, -3, 0).Select(t => OfNumber("MeanAbsoluteError", OfSums, x => Loss.MeanAbsoluteError(x, t(x), Reduction.None), x => Terms(Math.Abs(x - At(t))), x => Terms(Math.Sign(x - At(t))))),
        .. Each(.7f, -3, 0).Select(t => OfNumber(
            "Huber", OfSums, x => Loss.Huber(x, t(x), .5f, Reduction.None),
            x => Terms(Math.Min(Math.Abs(x - At(t)), .5) is var d ? d * (Math.Abs(x - At(t)) - d / 2) : 0), x => Terms(Math.Clamp(x - At(t), -.5, .5)))),
        .. Each(1, 0, .25f, .001f).Select(t => OfNumber(
            "BinaryCrossEntropy", OfSums, z => Loss.BinaryCrossEntropy(z, t(z), 2.5f, Reduction.None),
            z => Terms(2.5 * At(t) * Softplus(-z), (1 - At(t)) * Softplus(z)),
            z => Terms(-2.5 * At(t) * Logistic(-z), (1 - At(t)) * Logistic(z)))),
        .. from t in Each(1, 0, .25f)
           from gamma in new[] { 0, .5f, 2, 5 }
           select OfNumber(
               "BinaryFocal", OfPowers, z => Loss.BinaryFocal(z, t(z), gamma, .25f, Reduction.None),
               z => Terms(.25 * At(t) * Focal(z, gamma).Value, .75 * (1 - At(t)) * Focal(-z, gamma).Value),
               z => Terms(.25 * At(t) * Focal(z, gamma).Slope, -.75 * (1 - At(t)) * Focal(-z, gamma).Slope)),
        OfClasses("CrossEntropy", OfExponentials, (z, t) => Loss.CrossEntropy(z, t, 0, reduction: Reduction.None), z => Terms(-LogP(z, 0)), (z, i) => CrossEntropySlope(z, OneHot, i)),
        OfClasses(
            "CrossEntropy", OfExponentials, (z, t) => Loss.CrossEntropy(z, t, 0, Weights[..z.Shape[1]], reduction: Reduction.None),
            z => Terms(-.5 * LogP(z, 0)), (z, i) => Times(.5, CrossEntropySlope(z, OneHot, i))),
        .. new[] { .1f, 1e-4f }.Select(epsilon => OfClasses(
            "CrossEntropy", OfExponentials, (z, t) => Loss.CrossEntropy(z, t, epsilon, reduction: Reduction.None),
            z => SoftCrossEntropy(z, Smoothed(z.Length, epsilon)), (z, i) => CrossEntropySlope(z, Smoothed(z.Length, epsilon), i))),
        .. new[] { Soft, OneHot, Confident }.Select(t => OfClasses(
            "SoftCrossEntropy", OfExponentials, (z, _) => Loss.SoftCrossEntropy(z, Same(t, z), Reduction.None),
            z => SoftCrossEntropy(z, t), (z, i) => CrossEntropySlope(z, t[..z.Length], i))),
        OfClasses(
            "NegativeLogLikelihood", OfSums, (l, t) => Loss.NegativeLogLikelihood(l, t, null, reduction: Reduction.None), l => Terms(-l[0]), (_, i) => Terms(i == 0 ? -1 : 0)),
        .. new[] { 0, .5f, 2, 5 }.Select(gamma => OfClasses(
            "Focal", OfPowers, (z, t) => Loss.Focal(z, t, gamma, reduction: Reduction.None),
            z => Terms(Focal(z[0] - LogSumExp(z[1..]), gamma).Value),
            (z, i) => Terms(Focal(z[0] - LogSumExp(z[1..]), gamma).Slope * (i == 0 ? 1 : -ProbabilityWithoutTarget(z, i))))),
        OfClasses(
            "Entropy", OfExponentials, (z, _) => Loss.Entropy(z, Reduction.None),
            z => [.. z.Select((_, i) => P(z, i) is var p && p == 0 ? 0 : -p * LogP(z, i))],
            (z, i) => [.. z.Select((value, j) => P(z, i) * P(z, j) is var both && both == 0 ? 0 : both * (value - z[i]))]),
        OfClasses(
            "KullbackLeibler", OfSums, (l, _) => Loss.KullbackLeibler(l, Same(Soft, l), Reduction.None),
            l => [.. l.SelectMany((value, i) => Terms(Soft[i] * Math.Log(Soft[i]), -Soft[i] * value))], (_, i) => Terms(-Soft[i])),
        OfNumber(
            "KullbackLeibler", OfSums, p => Loss.KullbackLeibler(Tensor.Full(p.Shape, -2), p, Reduction.None),
            p => Terms(p * Math.Log(p), 2 * p), p => Terms(Math.Log(p), 1, 2)) with { Domain = p => p is > 0 and <= 1 },
        .. new[] { 1, .3f, 0 }.Select(alpha => OfClasses(
            "Distillation", OfExponentials, (z, t) => Loss.Distillation(z, Same(Teacher, z), t, .5f, alpha, Reduction.None),
            z => Distillation(z, Teacher[..z.Length], alpha), (z, i) => DistillationSlope(z, Teacher[..z.Length], alpha, i))),
        OfClasses(
            "Hinge", OfSums, (z, t) => Loss.Hinge(z, t, 1, reduction: Reduction.None),
            z => [.. Within(z).SelectMany(j => Terms(z[j], -z[0], 1))], (z, i) => Terms(i == 0 ? -Within(z).Count() : Within(z).Contains(i) ? 1 : 0)),
        OfClasses(
            "Hinge", OfSums, (z, t) => Loss.Hinge(z, t, 1, power: 2, Reduction.None),
            z => [.. Within(z).SelectMany(j => Times(z[j] - z[0] + 1, Terms(z[j], -z[0], 1)))],
            (z, i) => i == 0
                ? [.. Within(z).SelectMany(j => Terms(-2 * z[j], 2 * z[0], -2))]
                : Within(z).Contains(i) ? Terms(2 * z[i], -2 * z[0], 2) : Terms(0)),
        OfPoints("Contrastive", a => Loss.Contrastive(a, Tensor.Zeros(a.Shape), All(a, true), 2, Reduction.None), a => Terms(Length(a) * Length(a) / 2), (a, i) => Terms(a[i])),
        OfPoints(
            "Contrastive", a => Loss.Contrastive(a, Tensor.Zeros(a.Shape), All(a, false), 2, Reduction.None),
            a => Times(Math.Max(0, 2 - Length(a)) / 2, Terms(2, -Length(a))),
            (a, i) => Length(a) is var d && d is 0 or >= 2 ? Terms(0) : Times(-a[i] / d, Terms(2, -d))),
        OfPoints(
            "Triplet", a => Loss.Triplet(a, Tensor.Zeros(a.Shape), Tensor.Ones(a.Shape), 3, reduction: Reduction.None),
            a => Terms(Length(a), -Length(FromOne(a)), 3),
            (a, i) => Terms(Length(a) == 0 ? 0 : a[i] / Length(a), -FromOne(a)[i] / Length(FromOne(a)))),
        OfPoints(
            "Triplet", a => Loss.Triplet(a, Tensor.Zeros(a.Shape), Tensor.Ones(a.Shape), 3, isSquared: true, Reduction.None),
            a => Math.Pow(Length(a), 2) - Math.Pow(Length(FromOne(a)), 2) + 3 > 0 ? Terms(Math.Pow(Length(a), 2), -Math.Pow(Length(FromOne(a)), 2), 3) : Terms(0),
            (a, i) => Math.Pow(Length(a), 2) - Math.Pow(Length(FromOne(a)), 2) + 3 > 0 ? Terms(2 * a[i], -2 * FromOne(a)[i]) : Terms(0)) with { Domain = x => Math.Abs(x) < 1e5 },
        OfPoints("Center", a => Loss.Center(a, new int[a.Shape[0]], Tensor.Ones([1, 2]), Reduction.None), a => Terms(Math.Pow(Length(FromOne(a)), 2) / 2), (a, i) => Terms(FromOne(a)[i])),
        .. Enumerable.Range(1, 4).Select(margin => OfPoints(
            "LargeMarginSoftmax", a => Loss.LargeMarginSoftmax(a, Tensor.From([1f, .25f, -.5f, 1], [2, 2]), new int[a.Shape[0]], margin, reduction: Reduction.None),
            a => LargeMargin(a, margin),
            (a, i) => LargeMarginSlope(a, margin, i)) with { Domain = x => Math.Abs(x) is >= 1e-6 and <= 100, Bound = OfPolynomials }),
    ];

    public static TheoryData<LossRow> Rows => new(Table);

    [Fact]
    public void The_table_has_every_loss()
    {
        var all = typeof(Loss).GetMethods(BindingFlags.Public | BindingFlags.Static).Where(method => method.ReturnType == typeof(Tensor));
        Assert.Equal(all.Select(method => method.Name).Distinct().Order(), Table.Select(row => row.Name).Distinct().Order());
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_loss_and_its_gradient_are_accurate(LossRow row) => Assert.All(Devices.All, device =>
    {
        using var chosen = device.Use();
        foreach (var samples in row.Samples([.. Grid.Where(row.Domain)]))
        {
            foreach (var createGraph in new[] { false, true })
            {
                Compare(row, samples, createGraph);
            }
        }
    });

    private static void Compare(LossRow row, double[][] samples, bool createGraph)
    {
        var width = samples[0].Length;
        var x = Tensor.From([.. samples.SelectMany(sample => sample).Select(value => (float)value)], [samples.Length, width]).RequireGradient();
        var y = row.Terms(x);
        y.Backward(Tensor.Ones(y.Shape), createGraph: createGraph);
        var (values, slopes) = (y.ToArray(), x.Gradient!.ToArray());
        for (var n = 0; n < samples.Length; n++)
        {
            var at = $"{row.Name}({string.Join(", ", samples[n].Select(value => value.ToString("R")))})";
            Near(row.Value(samples[n]), values[n], row.Bound, at);
            for (var i = 0; i < width; i++)
            {
                Near(row.Slope(samples[n], i), slopes[n * width + i], row.Bound, $"{at}, gradient {i}");
            }
        }
    }

    // Relative to the largest term, which is the size of the value where all terms have the same sign.
    private static void Near(double[] terms, float actual, double bound, string what)
    {
        var (exact, size) = (terms.Sum(), terms.Select(Math.Abs).Append(0).Max());
        var error = Math.Abs(actual - exact);
        Assert.True(
            (float)exact == actual || error <= bound * size || error <= Ulp.Underflow, $"{what}: {actual:R}, expected {exact:R}, relative error {error / size:G3}");
    }

    private static LossRow OfNumber(string name, double bound, Func<Tensor, Tensor> terms, Func<double, double[]> value, Func<double, double[]> slope) =>
        new(name, bound, terms, x => value(x[0]), (x, _) => slope(x[0]), grid => [[.. grid.Select(x => Terms(x))]]);

    private static LossRow OfClasses(
        string name, double bound, Func<Tensor, int[], Tensor> terms, Func<double[], double[]> value, Func<double[], int, double[]> slope) =>
        new(name, bound, z => terms(z, new int[z.Shape[0]]), value, slope, grid =>
            [[.. grid.Select(x => Terms(x, 0)), .. grid.Select(x => Terms(x, -x))], [.. grid.Select(x => Terms(0, x, 1)), .. grid.Select(x => Terms(x, 0, -x))]]);

    // Squares below 1e-38 underflow to 0.
    private static LossRow OfPoints(string name, Func<Tensor, Tensor> terms, Func<double[], double[]> value, Func<double[], int, double[]> slope) =>
        new(name, OfSums, terms, value, slope, grid => [[.. grid.Select(x => Terms(x, x / 2))]]) { Domain = x => x == 0 || Math.Abs(x) > 1e-15 };

    private static double[] Terms(params double[] terms) => terms;

    private static double[] Times(double factor, double[] terms) => [.. terms.Select(term => factor * term)];

    private static IEnumerable<Func<Tensor, Tensor>> Each(params float[] targets) =>
        targets.Select(t => (Func<Tensor, Tensor>)(x => Tensor.Full(x.Shape, t)));

    private static double At(Func<Tensor, Tensor> target) => target(Tensor.Zeros([1])).ToSingle();

    private static Tensor Same(double[] row, Tensor x) =>
        Tensor.From([.. row[..x.Shape[1]].Select(value => (float)value)], [1, x.Shape[1]]).Expand(x.Shape);

    private static bool[] All(Tensor a, bool answer) => [.. Enumerable.Repeat(answer, a.Shape[0])];

    // o = Σ e^(zⱼ - zᵢ) over j ≠ i, so that pᵢ = 1/(1 + o).
    private static double Others(double[] z, int i) => z.Where((_, j) => j != i).Sum(value => Math.Exp(value - z[i]));

    private static double P(double[] z, int i) => 1 / (1 + Others(z, i));

    private static double NotP(double[] z, int i) => 1 / (1 + 1 / Others(z, i));

    private static double LogP(double[] z, int i) => Others(z, i) < 1 ? -LogOnePlus(Others(z, i)) : z[i] - LogSumExp(z);

    private static double LogSumExp(double[] z) => z.Max() + Math.Log(z.Sum(value => Math.Exp(value - z.Max())));

    // pᵢ of the softmax over all classes but class 0, the target.
    private static double ProbabilityWithoutTarget(double[] z, int i) => P(z[1..], i - 1);

    private static double[] SoftCrossEntropy(double[] z, double[] t) => [.. z.Select((_, i) => -t[i] * LogP(z, i))];

    private static double[] CrossEntropySlope(double[] z, double[] t, int i) =>
        Terms(P(z, i) * t[..z.Length].Where((_, j) => j != i).Sum(), -t[i] * NotP(z, i));

    private static double[] Smoothed(int classes, double epsilon) =>
        [.. Enumerable.Range(0, classes).Select(i => epsilon / classes + (i == 0 ? 1 - epsilon : 0))];

    // The value -(1 - p)^γ·ln p with p = σ(m), and its derivative (1 - p)^γ·(γ·p·ln p - (1 - p)).
    private static (double Value, double Slope) Focal(double m, double gamma)
    {
        var (power, log) = (Math.Exp(-gamma * Softplus(m)), -Softplus(-m));
        return power == 0 ? (0, 0) : (-power * log, power * (gamma * Logistic(m) * log - Logistic(-m)));
    }

    private static double[] Distillation(double[] z, double[] v, double alpha)
    {
        var (cold, teacher) = (Times(2, z), Times(2, v));
        return [.. z.SelectMany((_, i) => Times(alpha / 4 * P(teacher, i), Terms(LogP(teacher, i), -LogP(cold, i)))), (1 - alpha) * -LogP(z, 0)];
    }

    private static double[] DistillationSlope(double[] z, double[] v, double alpha, int i)
    {
        var (cold, teacher) = (Times(2, z), Times(2, v));
        return
        [
            alpha / 2 * P(cold, i) * NotP(teacher, i), -alpha / 2 * P(teacher, i) * NotP(cold, i),
            .. Times(1 - alpha, CrossEntropySlope(z, OneHot, i)),
        ];
    }

    // The classes other than 0 whose score is within the margin 1.
    private static IEnumerable<int> Within(double[] z) => Enumerable.Range(1, z.Length - 1).Where(j => z[j] - z[0] + 1 > 0);

    private static double Length(double[] a) => Math.Sqrt(a.Sum(value => value * value));

    private static double[] FromOne(double[] a) => [.. a.Select(value => value - 1)];

    private static double[] LargeMarginScores(double[] x, int margin)
    {
        var length = Length(x) * Length([1, .25]);
        var angle = Math.Acos((x[0] + .25 * x[1]) / length);
        var k = Math.Floor(angle * margin / Math.PI);
        return [length * (Math.Pow(-1, k) * Math.Cos(margin * angle) - 2 * k), -.5 * x[0] + x[1]];
    }

    private static double[] LargeMargin(double[] x, int margin) =>
        Terms(-LogP(LargeMarginScores(x, margin), 0));

    // Richardson extrapolation of differences in double precision.
    private static double[] LargeMarginSlope(double[] x, int margin, int i)
    {
        double Moved(double step) => LargeMargin([.. x.Select((value, j) => j == i ? value + step : value)], margin)[0];
        double Central(double step) => (Moved(step) - Moved(-step)) / (2 * step);
        var step = 1e-3 * Math.Min(Length(x), 1);
        return Terms((4 * Central(step / 2) - Central(step)) / 3);
    }
}

/// <summary>
/// A loss of each row of x, the terms whose sums are its value and its gradient in double precision, and the largest error allowed
/// relative to the largest term.
/// </summary>
public sealed record LossRow(
    string Name,
    double Bound,
    Func<Tensor, Tensor> Terms,
    Func<double[], double[]> Value,
    Func<double[], int, double[]> Slope,
    Func<double[], double[][][]> Samples)
{
    /// <summary>The values of the grid at which the loss is defined.</summary>
    public Func<double, bool> Domain { get; init; } = _ => true;

    public override string ToString() => Name;
}
