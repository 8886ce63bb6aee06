namespace DeepNotes.Tests.Initializers;

/// <summary>For 784 → 256: Xavier deviation .043853 and bound .075955, He deviation .050508, PyTorch's bound 1/28.</summary>
public sealed class InitializerTests
{
    private static readonly Shape Weight = [256, 784];

    public static TheoryData<string, double, double> Rows() => new()
    {
        { nameof(DeepNotes.Initializers.XavierNormal), .043853, double.PositiveInfinity },
        { nameof(DeepNotes.Initializers.XavierUniform), .043853, .075955 },
        { nameof(DeepNotes.Initializers.HeNormal), .050508, double.PositiveInfinity },
        { nameof(DeepNotes.Initializers.FanIn), 1 / 28.0 / Math.Sqrt(3), 1 / 28.0 },
        { nameof(DeepNotes.Initializers.Zeros), 0, 0 },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Deviation_and_bound_are_the_formulas(string name, double deviation, double bound)
    {
        var initializer = typeof(DeepNotes.Initializers).GetMethod(name)!.CreateDelegate<Initializer>();
        var values = initializer(Weight, new Generator(5)).Select(value => (double)value).ToArray();
        var mean = values.Average();
        Assert.Equal(0, mean, 5e-4);
        Assert.Equal(deviation, Math.Sqrt(values.Average(value => value * value)), 4e-4);
        Assert.True(values.Max(Math.Abs) <= bound + 1e-6);
        Assert.True(double.IsInfinity(bound) || values.Max(Math.Abs) >= 0.999 * bound);
    }

    [Fact]
    public void A_vector_has_no_fans() =>
        Assert.Throws<ShapeException>(() => DeepNotes.Initializers.HeNormal([5], new Generator(0)));
}
