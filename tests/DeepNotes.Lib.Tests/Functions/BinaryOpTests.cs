using DeepNotes.Functions;
using DeepNotes.Tests.Support;
using F = DeepNotes.Functions;

namespace DeepNotes.Tests.Functions;

/// <summary>Every binary function struct, in its scalar and in its vector form, and the gradients of its operations against double precision.</summary>
public sealed class BinaryOpTests
{
    // Pairs of these: binades over all of float32, small whole and broken numbers, and what is special.
    private static readonly float[] Grid =
    [
        .. from exponent in Enumerable.Range(-149, 277).Where(exponent => exponent % 9 == 0)
           from mantissa in new[] { 1.13f, 1.97f }
           from sign in new[] { 1, -1 }
           select sign * (float)Math.ScaleB(mantissa, exponent),
        0, -0f, float.Epsilon, -float.Epsilon, 0.5f, -0.5f, 1, -1, 2.5f, -2.5f, 3, -3, 1e20f, -1e20f,
        float.MaxValue, float.MinValue, float.PositiveInfinity, float.NegativeInfinity, float.NaN,
    ];

    private static readonly BinaryRow[] Table =
    [
        new BinaryRow<F.Add>(default, (a, b) => a + b, 0.5),
        new BinaryRow<F.Subtract>(default, (a, b) => a - b, 0.5),
        new BinaryRow<F.Multiply>(default, (a, b) => a * b, 0.5),
        new BinaryRow<F.Divide>(default, (a, b) => a / b, 0.5),
        new BinaryRow<F.AddReLU>(default, (a, b) => Math.Max(0, a + b), 0.5),
        new BinaryRow<F.Maximum>(default, Math.Max, 0),
        new BinaryRow<F.EqualTo>(default, (a, b) => a == b ? 1 : 0, 0),
        new BinaryRow<F.SameAs>(default, (a, b) => a.Equals(b) ? 1 : 0, 0),
        new BinaryRow<F.Power>(default, Math.Pow, 1),
        new BinaryRow<F.WeightedSum>(new(0.75f, -0.3f), (a, b) => 0.75 * a - 0.3f * b, 1) { Scale = (a, b) => Math.Max(Math.Abs(0.75 * a), Math.Abs(0.3 * b)) },
    ];

    private static readonly GradientRow[] Gradients =
    [
        new("a + b", (a, b) => a + b, (_, _) => 1, (_, _) => 1, 0),
        new("a - b", (a, b) => a - b, (_, _) => 1, (_, _) => -1, 0),
        new("a · b", (a, b) => a * b, (_, b) => b, (a, _) => a, 0),
        new("a / b", (a, b) => a / b, (_, b) => 1 / b, (a, b) => -a / (b * b), 1.5) { Domain = (_, b) => Math.Abs(b) is > 1e-18f and < 1e18f },
        new("max(a, b)", Tensor.Maximum, (a, b) => Share(a, b), (a, b) => Share(b, a), 0),
        new("max(0, a + b)", Tensor.AddReLU, (a, b) => a + b > 0 ? 1 : 0, (a, b) => a + b > 0 ? 1 : 0, 0) { Domain = (a, b) => (float)((double)a + b) == a + b },
        new(
            "aᵇ", (a, b) => a.Pow(b), (a, b) => b * Math.Pow(a, b - 1), (a, b) => Math.Pow(a, b) * Math.Log(a), 3)
        { Domain = (a, b) => a is > 1e-18f and < 1e18f && b is > 0 and < 4 && b - 1 == (double)b - 1 },
    ];

    public static TheoryData<BinaryRow> Rows => new(Table);

    public static TheoryData<GradientRow> GradientRows => new(Gradients);

    [Fact]
    public void The_table_has_every_function()
    {
        var all = typeof(IBinaryOp).Assembly.GetExportedTypes().Where(type => type.IsValueType && type.IsAssignableTo(typeof(IBinaryOp)));
        Assert.Equal(all.OrderBy(type => type.Name), Table.Select(row => row.Op).OrderBy(type => type.Name));
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Values_keep_their_digits_on_all_of_float32(BinaryRow row)
    {
        var (a, b) = Pairs((_, _) => true);
        Assert.All(Devices.All, device =>
        {
            using var chosen = device.Use();
            var y = row.Compute(a, b);
            for (var i = 0; i < a.Length; i++)
            {
                Near(row.Exact(a[i], b[i]), y[i], row.Ulps, row.Scale(a[i], b[i]), $"{row.Name}({a[i]:R}, {b[i]:R})");
            }
        });
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void The_place_in_a_vector_does_not_change_the_value(BinaryRow row)
    {
        var (a, b) = Pairs((_, _) => true);
        var moved = row.Compute([.. a[..5], .. a], [.. b[..5], .. b]);
        Assert.Equal(Array.ConvertAll(row.Compute(a, b), BitConverter.SingleToInt32Bits), Array.ConvertAll(moved[5..], BitConverter.SingleToInt32Bits));
    }

    [Theory]
    [MemberData(nameof(GradientRows))]
    public void Gradients_keep_their_digits(GradientRow row)
    {
        var (a, b) = Pairs((a, b) => !float.IsNaN(a) && !float.IsNaN(b) && row.Domain(a, b));
        Assert.All(Devices.All, device =>
        {
            using var chosen = device.Use();
            var (first, second) = (Tensor.From(a, [a.Length]).RequireGradient(), Tensor.From(b, [b.Length]).RequireGradient());
            row.Operation(first, second).Backward(Tensor.Ones([a.Length]));
            var (da, db) = (first.Gradient!.ToArray(), second.Gradient!.ToArray());
            for (var i = 0; i < a.Length; i++)
            {
                Near(row.SlopeOfA(a[i], b[i]), da[i], row.Ulps, 0, $"da of {row.Name} at ({a[i]:R}, {b[i]:R})");
                Near(row.SlopeOfB(a[i], b[i]), db[i], row.Ulps, 0, $"db of {row.Name} at ({a[i]:R}, {b[i]:R})");
            }
        });
    }

    private static (float[] A, float[] B) Pairs(Func<float, float, bool> domain)
    {
        var pairs = (from a in Grid from b in Grid where domain(a, b) select (a, b)).ToArray();
        return (Array.ConvertAll(pairs, pair => pair.a), Array.ConvertAll(pairs, pair => pair.b));
    }

    private static double Share(double one, double other) => one > other ? 1 : one == other ? 0.5 : 0;

    private static void Near(double exact, float actual, double ulps, double scale, string what)
    {
        var error = Ulp.Error(exact, actual, scale);
        Assert.True(error <= ulps, $"{what} = {exact:R}, got {actual:R}: {error:G3} ulp");
    }

    /// <summary>A binary function struct, its formula in double precision and the largest error allowed in ulp.</summary>
    public abstract record BinaryRow(Type Op, Func<double, double, double> Exact, double Ulps)
    {
        public string Name => Op.Name;

        /// <summary>The size of terms whose difference may be small: the error is in ulp of it where it is larger than the result.</summary>
        public Func<double, double, double> Scale { get; init; } = (_, _) => 0;

        public abstract float[] Compute(float[] a, float[] b);

        public sealed override string ToString() => Name;
    }

    /// <summary>An operation of two tensors and its two partial derivatives in double precision.</summary>
    public sealed record GradientRow(
        string Name, Func<Tensor, Tensor, Tensor> Operation, Func<double, double, double> SlopeOfA, Func<double, double, double> SlopeOfB, double Ulps)
    {
        /// <summary>Where the intermediate results of the derivatives are within the range of float32.</summary>
        public Func<float, float, bool> Domain { get; init; } = (_, _) => true;

        public override string ToString() => Name;
    }

    private sealed record BinaryRow<TOp>(TOp F, Func<double, double, double> Exact, double Ulps)
        : BinaryRow(typeof(TOp), Exact, Ulps)
        where TOp : struct, IBinaryOp
    {
        public override float[] Compute(float[] a, float[] b)
        {
            var (first, second) = (Tensor.From(a, [a.Length]), Tensor.From(b, [b.Length]));
            var y = Tensor.Full(first.Shape, 0);
            y.Backend.Zip(F, first.Buffer, [1], second.Buffer, [1], y.BufferToChange, [a.Length]);
            return y.ToArray();
        }
    }
}
