using DeepNotes.Functions;
using DeepNotes.Tests.Support;

namespace DeepNotes.Tests.Functions;

/// <summary>Every update struct, in its scalar and in its vector form, against its rule in double precision.</summary>
public sealed class UpdateOpTests
{
    private static readonly float[] Numbers =
    [
        0, -0f, float.Epsilon, -1e-40f, 1e-20f, -1e-12f, 3e-8f, -1e-5f, 2e-3f, 0.7f, -1, 1.3f, -60, 1e5f, -1e12f, 1e20f, -1e20f,
        float.PositiveInfinity, float.NegativeInfinity, float.NaN,
    ];

    private static readonly UpdateRow[] Table =
    [
        new UpdateRow<MomentumUpdate>("momentum", new(0.05f, 0.9f, isNesterov: false), (w, g, a, _) => Momentum(w, g, a, ahead: 1, now: 0)),
        new UpdateRow<MomentumUpdate>("Nesterov's momentum", new(0.05f, 0.9f, isNesterov: true), (w, g, a, _) => Momentum(w, g, a, ahead: 0.9, now: 1)),
        new UpdateRow<AdamUpdate>("Adam, first step", Adam(1), (w, g, a, b) => Adam(w, g, a, b, 1)) { Domain = IsInRange },
        new UpdateRow<AdamUpdate>("Adam, step 40", Adam(40), (w, g, a, b) => Adam(w, g, a, b, 40)) { Domain = IsInRange },
    ];

    public static TheoryData<UpdateRow> Rows => new(Table);

    [Fact]
    public void The_table_has_every_update()
    {
        var all = typeof(IUpdateOp).Assembly.GetExportedTypes().Where(type => type.IsValueType && type.IsAssignableTo(typeof(IUpdateOp)));
        Assert.Equal(all.OrderBy(type => type.Name), Table.Select(row => row.Op).Distinct().OrderBy(type => type.Name));
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Weights_and_what_is_remembered_keep_their_digits(UpdateRow row)
    {
        var cases = (from w in Numbers
                     from g in Numbers
                     from a in Numbers
                     from b in Numbers.Where(number => number >= 0)
                     where row.Domain(w, g, a, b)
                     select (W: w, G: g, A: a, B: b)).ToArray();
        var (ws, gs) = (Array.ConvertAll(cases, one => one.W), Array.ConvertAll(cases, one => one.G));
        var (first, second) = (Array.ConvertAll(cases, one => one.A), Array.ConvertAll(cases, one => one.B));
        Assert.All(Devices.All, device =>
        {
            using var chosen = device.Use();
            var actual = row.Compute(ws, gs, first, second);
            for (var i = 0; i < cases.Length; i++)
            {
                var exact = row.Exact(ws[i], gs[i], first[i], second[i]);
                var what = $"{row} of w = {ws[i]:R}, g = {gs[i]:R}, a = {first[i]:R}, b = {second[i]:R}";
                Near(exact.W, actual.W[i], $"{what}: w");
                Near(exact.A, actual.A[i], $"{what}: a");
                Near(exact.B, actual.B[i], $"{what}: b");
            }
        });
    }

    // g² is within the range of float32, and no product is subnormal: divided by ε, its rounding error would be a normal number.
    private static bool IsInRange(float w, float g, float a, float b) =>
        (!float.IsFinite(g) || Math.Abs(g) < 1e19f) && (g == 0 || !(Math.Abs(g) < 1e-30f)) && (a == 0 || !(Math.Abs(a) < 1e-30f));

    private static AdamUpdate Adam(int t) => new(1e-3f, 0.9, 0.999, 1e-8f, (float)(1 - Math.Pow(0.9, t)), (float)(1 - Math.Pow(0.999, t)));

    private static (Sum W, Sum A, Sum B) Momentum(double w, double g, double a, double ahead, double now)
    {
        var v = new Sum(0.9 * a, g);
        var direction = new Sum(now * g, ahead * v.Value);
        var size = Math.Max(direction.Scale, ahead * v.Scale);
        return (new Sum(w, -0.05 * direction.Value) { Least = 0.05 * size }, v, default);
    }

    private static (Sum W, Sum A, Sum B) Adam(double w, double g, double a, double b, int t)
    {
        var (m, v) = (new Sum(0.9 * a, 0.1 * g), new Sum(0.999 * b, 0.001 * g * g));
        var rate = 1e-3 / (1 - Math.Pow(0.9, t)) / (Math.Sqrt(v.Value / (1 - Math.Pow(0.999, t))) + 1e-8);
        return (new Sum(w, -rate * m.Value) { Least = rate * m.Scale }, m, v);
    }

    private static void Near(Sum exact, float actual, string what)
    {
        var error = Ulp.Error(exact.Value, actual, exact.Scale);
        Assert.True(error <= 4, $"{what} = {exact.Value:R}, got {actual:R}: {error:G3} ulp");
    }

    /// <summary>A sum, and the size of its terms, which the rounding errors are proportional to.</summary>
    public readonly record struct Sum(double One, double Other)
    {
        public double Least { get; init; }

        public double Value => One + Other;

        public double Scale => double.IsFinite(Value) ? Math.Max(Math.Max(Math.Abs(One), Math.Abs(Other)), Least) : 0;
    }

    /// <summary>An update struct and its rule in double precision: the weight and both remembered numbers afterwards.</summary>
    public abstract record UpdateRow(string Name, Type Op, Func<double, double, double, double, (Sum W, Sum A, Sum B)> Exact)
    {
        public Func<float, float, float, float, bool> Domain { get; init; } = (_, _, _, b) => b == 0;

        public abstract (float[] W, float[] A, float[] B) Compute(float[] w, float[] g, float[] a, float[] b);

        public sealed override string ToString() => Name;
    }

    private sealed record UpdateRow<TOp>(string Name, TOp F, Func<double, double, double, double, (Sum W, Sum A, Sum B)> Exact)
        : UpdateRow(Name, typeof(TOp), Exact)
        where TOp : struct, IUpdateOp
    {
        public override (float[] W, float[] A, float[] B) Compute(float[] w, float[] g, float[] a, float[] b)
        {
            Tensor[] tensors = [.. new[] { w, g, a, b }.Select(values => Tensor.From(values, [values.Length]))];
            tensors[0].Backend.Update(F, tensors[0].BufferToChange, tensors[1].Buffer, tensors[2].BufferToChange, tensors[3].BufferToChange);
            return (tensors[0].ToArray(), tensors[2].ToArray(), tensors[3].ToArray());
        }
    }
}
