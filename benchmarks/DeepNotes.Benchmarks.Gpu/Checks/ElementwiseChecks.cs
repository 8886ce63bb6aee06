using DeepNotes.Backends;
using DeepNotes.Functions;
using F = DeepNotes.Functions;

namespace DeepNotes.Benchmarks.Gpu.Checks;

/// <summary>Checks of every elementwise function of the library, and of copies between strided views.</summary>
internal static class ElementwiseChecks
{
    // Kinks, saturation and the ends of domains; the other values are between -4 and 4.
    private static readonly float[] _special = [0, -0f, float.NaN, float.PositiveInfinity, float.NegativeInfinity, 30, -30, 1e-6f, -1e-6f, 1, -1, 3, -3];

    private static readonly Broadcast[] _broadcasts =
    [
        new("row", [5, 7, 9], [63, 9, 1], [0, 0, 1]),
        new("column", [5, 7, 9], [63, 9, 1], [1, 0, 0]),
        new("outer sum", [5, 7, 9], [9, 0, 1], [0, 9, 1]),
        new("five axes", [2, 3, 2, 3, 2], [0, 12, 0, 2, 1], [36, 12, 6, 2, 1]),
        new("seven axes", [2, 2, 2, 2, 2, 2, 3], [12, 0, 6, 0, 3, 0, 1], [0, 4, 0, 2, 0, 1, 0]),
    ];

    public static IEnumerable<KernelCheck> All(Sizes sizes) =>
    [
        Memory(sizes), .. Copies(),
        .. Unary(sizes, new F.Affine(0.7f, 0.3f)), .. Unary(sizes, new F.Clamp(-0.7f, 1.3f)), .. Unary(sizes, new F.ELU(0.7f, 1.3f)),
        .. Unary(sizes, new F.Huber(0.7f)), .. Unary(sizes, new F.LeakyReLU(0.1f)), .. Unary(sizes, new F.Power(2.5f)),
        .. Unary(sizes, default(F.Abs)), .. Unary(sizes, default(F.Exp)), .. Unary(sizes, default(F.GELU)), .. Unary(sizes, default(F.GELUTanh)),
        .. Unary(sizes, default(F.HardSigmoid)), .. Unary(sizes, default(F.HardSwish)), .. Unary(sizes, default(F.HardTanh)),
        .. Unary(sizes, default(F.Log)), .. Unary(sizes, default(F.Mish)), .. Unary(sizes, default(F.NormalDensity)),
        .. Unary(sizes, default(F.NormalDistribution)), .. Unary(sizes, default(F.ReLU)), .. Unary(sizes, default(F.Sigmoid)),
        .. Unary(sizes, default(F.SiLU)), .. Unary(sizes, default(F.Softplus)), .. Unary(sizes, default(F.Sqrt)), .. Unary(sizes, default(F.Square)),
        .. Unary(sizes, default(F.Step)), .. Unary(sizes, default(F.Tanh)), .. Unary(sizes, default(F.XLogX)),
        .. Binary(sizes, new F.Power(2.5f)), .. Binary(sizes, new F.WeightedSum(0.7f, -0.3f)), .. Binary(sizes, default(F.Add)),
        .. Binary(sizes, default(F.AddReLU)), .. Binary(sizes, default(F.Divide)), .. Binary(sizes, default(F.EqualTo)),
        .. Binary(sizes, default(F.Maximum)), .. Binary(sizes, default(F.Multiply)), .. Binary(sizes, default(F.SameAs)), .. Binary(sizes, default(F.Subtract)),
        .. Updates(sizes, new F.MomentumUpdate(0.1f, 0.9f, isNesterov: false)), .. Updates(sizes, new F.MomentumUpdate(0.1f, 0.9f, isNesterov: true), ", Nesterov"),
        .. Updates(sizes, new F.AdamUpdate(0.01f, 0.9, 0.999, 1e-8f, 0.1f, 0.001f)),
    ];

    private static KernelCheck Memory(Sizes sizes) => new($"there and back, {sizes.Longest:N0}", on =>
    {
        var (given, filled) = (on.Uniform(sizes.Longest), on.New(sizes.Longest));
        on.Backend.Fill(filled, 1.25f);
        return [on.Read(nameof(IBackend.Upload), given), on.Read(nameof(IBackend.Download), given), on.Read(nameof(IBackend.Allocate), given), on.Read(nameof(IBackend.Fill), filled)];
    }, Tolerance: 0);

    private static IEnumerable<KernelCheck> Copies() =>
    [
        Copied("permuted", new View(0, [31, 23, 47], [1, 31, 713]), new View(0, [31, 23, 47], [23 * 47, 47, 1])),
        Copied("slice", new View(57, [20, 30], [101, 3]), new View(7, [20, 30], [40, 1])),
        Copied("repeated", new View(0, [9, 33, 5], [0, 5, 1]), new View(0, [9, 33, 5], [165, 5, 1])),
        Copied("seven axes", new View(3, [2, 2, 2, 2, 2, 2, 3], [96, 3, 48, 6, 24, 12, 1]), new View(0, [2, 2, 2, 2, 2, 2, 3], [3, 96, 6, 48, 12, 24, 1])),
    ];

    private static KernelCheck Copied(string name, View from, View to) => new($"{name} [{string.Join(", ", from.Lengths)}]", on =>
    {
        var (x, y) = (on.Uniform(Reach(from)), on.Of(new float[Reach(to)]));
        on.Backend.Copy(x, from, y, to);
        return [on.Read(nameof(IBackend.Copy), y)];
    }, Tolerance: 0);

    private static IEnumerable<KernelCheck> Unary<TOp>(Sizes sizes, TOp f)
        where TOp : struct, IUnaryOp =>
        sizes.Elements.Select(n => new KernelCheck($"{typeof(TOp).Name} of {n:N0}", on =>
        {
            var (x, y, dy, dx) = (on.Of(WithSpecial(n)), on.New(n), on.Uniform(n), on.New(n));
            on.Backend.Map(f, x, y);
            on.Backend.MapGradient(f, x, y, dy, dx);
            return [on.Read(nameof(IBackend.Map), y), on.Read(nameof(IBackend.MapGradient), dx)];
        }));

    private static IEnumerable<KernelCheck> Binary<TOp>(Sizes sizes, TOp f)
        where TOp : struct, IBinaryOp =>
        sizes.Elements.Select(n => new Broadcast($"{n:N0} and {n:N0}", [n], [1], [1])).Concat(_broadcasts).Select(shape => new KernelCheck($"{typeof(TOp).Name}, {shape.Name}", on =>
        {
            var (a, b) = (on.Of(WithSpecial(Reach(new View(0, shape.Lengths, shape.A)))), on.Uniform(Reach(new View(0, shape.Lengths, shape.B)), 0.25f, 2));
            var y = on.New(shape.Lengths.Aggregate(1, (product, length) => product * length));
            on.Backend.Zip(f, a, shape.A, b, shape.B, y, shape.Lengths);
            return [on.Read(nameof(IBackend.Zip), y)];
        }));

    private static IEnumerable<KernelCheck> Updates<TOp>(Sizes sizes, TOp f, string form = "")
        where TOp : struct, IUpdateOp =>
        sizes.Elements.Select(n => new KernelCheck($"{typeof(TOp).Name} of {n:N0}{form}", on =>
        {
            var (w, g, a, b) = (on.Uniform(n), on.Uniform(n), on.Uniform(n), on.Uniform(n, 0));
            on.Backend.Update(f, w, g, a, b);
            return [on.Read(nameof(IBackend.Update), w), on.Read(nameof(IBackend.Update), a), on.Read(nameof(IBackend.Update), b)];
        }));

    private static float[] WithSpecial(int n)
    {
        var values = Operands.Numbers(n, -4, 4, seed: n);
        _special.AsSpan(0, Math.Min(_special.Length, n)).CopyTo(values);
        return values;
    }

    // The length of a buffer that holds every element of the view.
    private static int Reach(View view) => 1 + view.Offset + view.Lengths.Zip(view.Strides, (length, stride) => (length - 1) * stride).Sum();

    private sealed record Broadcast(string Name, int[] Lengths, int[] A, int[] B);
}
