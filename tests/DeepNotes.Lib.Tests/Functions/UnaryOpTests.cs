using DeepNotes.Functions;
using DeepNotes.Tests.Support;
using MathNet.Numerics;
using static DeepNotes.Tests.Support.StableFormulas;
using F = DeepNotes.Functions;

namespace DeepNotes.Tests.Functions;

/// <summary>Every function struct, value and derivative, in its scalar and in its vector form, against double precision.</summary>
public sealed class UnaryOpTests
{
    // Binades from the smallest subnormal to the largest number, a fine grid where functions bend, and what is special.
    private static readonly float[] Grid =
    [
        .. from exponent in Enumerable.Range(-149, 277)
           from mantissa in new[] { 1, 1.13f, 1.5f, 1.97f }
           from sign in new[] { 1, -1 }
           select sign * (float)Math.ScaleB(mantissa, exponent),
        .. Enumerable.Range(-110 * 64, 220 * 64).Select(i => (i + 0.37f) / 64),
        0, -0f, float.Epsilon, -float.Epsilon, 1, -1, 3, -3, float.MaxValue, float.MinValue, float.PositiveInfinity, float.NegativeInfinity, float.NaN,
    ];

    private static readonly F.ELU Elu = new(0.7f, 1.3f);
    private static readonly F.Huber HuberHalf = new(0.7f);
    private static readonly F.Affine Line = new(0.7f, 0.3f);

    private static readonly FunctionRow[] Table =
    [
        new FunctionRow<F.Affine>(Line, x => Line.Scale * x + Line.Shift, 1.5, _ => Line.Scale, 0) { Domain = x => Math.Abs(Line.Scale * x + Line.Shift) > 0.1 },
        new FunctionRow<F.Clamp>(new(-0.7f, 1.3f), x => Math.Clamp(x, -0.7f, 1.3f), 0, x => x is >= -0.7f and <= 1.3f ? 1 : 0, 0),
        new FunctionRow<F.Abs>(default, Math.Abs, 0, x => double.IsNaN(x) ? 0 : Math.Sign(x), 0),
        new FunctionRow<F.Square>(default, x => x * x, 0.5, x => 2 * x, 0),
        new FunctionRow<F.Sqrt>(default, Math.Sqrt, 0.5, x => 0.5 / Math.Sqrt(x), 1.5),
        new FunctionRow<F.Exp>(default, Math.Exp, 2, Math.Exp, 2),
        new FunctionRow<F.Log>(default, Math.Log, 2, x => 1 / x, 0.5),
        new FunctionRow<F.XLogX>(default, x => x == 0 ? 0 : x * Math.Log(x), 2, x => Math.Log(x) + 1, 5) { SlopeRoot = 1 / Math.E },
        new FunctionRow<F.Huber>(
            HuberHalf, x => Math.Min(Math.Abs(x), HuberHalf.Delta) is var d ? d * (Math.Abs(x) - d / 2) : 0, 2,
            x => Math.Clamp(x, -HuberHalf.Delta, HuberHalf.Delta), 0),
        new FunctionRow<F.Step>(default, x => x >= 0 ? 1 : 0, 0, _ => 0, 0),
        new FunctionRow<F.ReLU>(default, x => Math.Max(0, x), 0, x => x > 0 ? 1 : 0, 0),
        new FunctionRow<F.LeakyReLU>(new(0.7f), x => x > 0 ? x : 0.7f * x, 0.5, x => x > 0 ? 1 : 0.7f, 0),
        new FunctionRow<F.ELU>(
            Elu, x => x > 0 ? Elu.Scale * x : Elu.Scale * Elu.Alpha * ExpMinusOne(x), 3,
            x => x > 0 ? Elu.Scale : Elu.Scale * Elu.Alpha * Math.Exp(x), 3),
        new FunctionRow<F.ELU>(
            F.ELU.SELU, x => 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * ExpMinusOne(x)), 3,
            x => 1.0507009873554805 * (x > 0 ? 1 : 1.6732632423543772 * Math.Exp(x)), 3, "SELU"),
        new FunctionRow<F.Sigmoid>(default, Logistic, 3, x => Logistic(x) * Logistic(-x), 5),
        new FunctionRow<F.Tanh>(default, Math.Tanh, 3, x => 4 * Logistic(2 * x) * Logistic(-2 * x), 5),
        new FunctionRow<F.Softplus>(default, StableFormulas.Softplus, 3, Logistic, 3),
        new FunctionRow<F.SiLU>(
            default, x => Product(x, Logistic), 4, x => Logistic(x) + Product(x, u => Logistic(u) * Logistic(-u)), 8) { SlopeRoot = -1.2785 },
        new FunctionRow<F.Mish>(
            default, x => Product(x, TanhSoftplus), 5,
            x => TanhSoftplus(x) + Product(x, u => Logistic(u) * (1 - TanhSoftplus(u)) * (1 + TanhSoftplus(u))), 10) { SlopeRoot = -1.1924 },
        new FunctionRow<F.GELU>(default, x => Product(x, Normal), 6, x => Normal(x) + Product(x, Density), 6) { SlopeRoot = -0.7518 },
        new FunctionRow<F.NormalDistribution>(default, Normal, 6, Density, 4),
        new FunctionRow<F.NormalDensity>(default, Density, 4, x => -x * Density(x), 5) { Domain = float.IsFinite },
        new FunctionRow<F.Power>(new(2.5f), x => Math.Pow(x, 2.5), 1, x => 2.5 * Math.Pow(x, 1.5), 2),
        // Where v = -80, an error of v in its last place is one of 80 of them in eᵛ.
        new FunctionRow<F.GELUTanh>(
            default, x => Product(x, u => Logistic(Inner(u))), 200,
            x => Logistic(Inner(x)) + Product(x, u => Logistic(Inner(u)) * Logistic(-Inner(u)) is var bend && bend == 0 ? 0 : bend * InnerSlope(u)), 200) { SlopeRoot = -0.7525 },
        new FunctionRow<F.HardTanh>(default, x => Math.Clamp(x, -1, 1), 0, x => Math.Abs(x) < 1 ? 1 : 0, 0),
        new FunctionRow<F.HardSigmoid>(default, x => Math.Clamp(x + 3, 0, 6) / 6, 1, x => Math.Abs(x) < 3 ? 1 / 6.0 : 0, 1),
        new FunctionRow<F.HardSwish>(
            default, x => Product(x, u => Math.Clamp(u + 3, 0, 6) / 6), 2, x => x < -3 ? 0 : x > 3 ? 1 : (2 * x + 3) / 6, 1),
    ];

    public static TheoryData<FunctionRow> Rows => new(Table);

    public static TheoryData<IUnaryOp> Functions => [.. Table.Select(row => row.Function)];

    [Fact]
    public void The_table_has_every_function()
    {
        var all = typeof(IUnaryOp).Assembly.GetExportedTypes().Where(type => type.IsValueType && type.IsAssignableTo(typeof(IUnaryOp)));
        Assert.Equal(all.OrderBy(type => type.Name), Table.Select(row => row.Function.GetType()).Distinct().OrderBy(type => type.Name));
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Value_and_derivative_keep_their_digits_on_all_of_float32(FunctionRow row)
    {
        float[] x = [.. Grid.Where(row.Domain)];
        Assert.All(Devices.All, device =>
        {
            using var chosen = device.Use();
            var (values, slopes) = row.Compute(x);
            for (var i = 0; i < x.Length; i++)
            {
                Near(row.Exact(x[i]), values[i], row.Ulps, 0, $"{row}({x[i]:R})");
                if (!float.IsNaN(x[i]))
                {
                    Near(row.ExactSlope(x[i]), slopes[i], row.SlopeUlps, row.SlopeScale(x[i]), $"{row}′({x[i]:R})");
                }
            }
        });
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void The_place_in_a_vector_does_not_change_the_value(FunctionRow row)
    {
        var expected = row.Compute(Grid);
        var moved = row.Compute([.. Grid.TakeLast(5), .. Grid]);
        Assert.Equal(Bits(expected.Values), Bits(moved.Values[5..]));
        Assert.Equal(Bits(expected.Slopes), Bits(moved.Slopes[5..]));

        static int[] Bits(float[] values) => Array.ConvertAll(values, BitConverter.SingleToInt32Bits);
    }

    // By mpmath with 30 digits: mp.ncdf(x)*x, and mp.ncdf(x) + x*mp.npdf(x).
    [Theory]
    [InlineData(-1, -0.158655253931457051, -0.0833154705876862984)]
    [InlineData(-5, -1.43325785939596956e-6, -7.14694600179229463e-6)]
    [InlineData(-6, -5.91952587022618884e-9, -3.54687094539020148e-8)]
    [InlineData(-10, -7.61985302416052607e-23, -7.61840009646481409e-22)]
    [InlineData(-12.5, -4.66570537359714172e-35, -5.83166855448015537e-34)]
    public void GELU_has_the_tail_of_the_normal_distribution(float x, double value, double slope)
    {
        var (values, slopes) = Table.Single(row => row.Function is F.GELU).Compute([x]);
        Assert.True(Math.Abs(values[0] / value - 1) < 1e-6, $"{values[0]:R} for {value:R}");
        Assert.True(Math.Abs(slopes[0] / slope - 1) < 1e-6, $"{slopes[0]:R} for {slope:R}");
    }

    private static void Near(double exact, float actual, double ulps, double scale, string what)
    {
        var error = Ulp.Error(exact, actual, scale);
        Assert.True(error <= ulps, $"{what} = {exact:R}, got {actual:R}: {error:G3} ulp");
    }

    // x·f(x) where f falls faster than x grows: 0, not 0·∞, at the end.
    private static double Product(double x, Func<double, double> f) => f(x) is var y && y == 0 ? 0 : x * y;

    private static double TanhSoftplus(double x) => Math.Exp(Math.Min(x, 40)) is var w ? w * (w + 2) / (w * (w + 2) + 2) : 0;

    private static double Normal(double x) => 0.5 * SpecialFunctions.Erfc(-x / Math.Sqrt(2));

    private static double Density(double x) => Math.Exp(-0.5 * x * x) / Math.Sqrt(2 * Math.PI);

    private static double Inner(double x) => 2 * Math.Sqrt(2 / Math.PI) * x * (1 + 0.044715 * x * x);

    private static double InnerSlope(double x) => 2 * Math.Sqrt(2 / Math.PI) * (1 + 3 * 0.044715 * x * x);
}
