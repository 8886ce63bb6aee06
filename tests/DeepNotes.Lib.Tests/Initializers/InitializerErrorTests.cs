using static DeepNotes.Initializers;

namespace DeepNotes.Tests.Initializers;

/// <summary>What does not fit is refused, with the initializer, the expected and the given named.</summary>
public sealed class InitializerErrorTests
{
    private static readonly Dictionary<string, Func<object>> Wrong = new()
    {
        ["Constant: expected a finite value, got NaN."] = () => Constant(float.NaN),
        ["NormalWith: expected deviation of at least 0, got -1."] = () => NormalWith(-1),
        ["NormalWith: expected deviation of at least 0, got NaN."] = () => NormalWith(float.NaN),
        ["NormalWith: expected a finite mean, got NaN."] = () => NormalWith(1, float.NaN),
        ["TruncatedNormalWith: expected deviation of at least 0, got -1."] = () => TruncatedNormalWith(-1),
        ["TruncatedNormalWith: expected a finite mean, got Infinity."] = () => TruncatedNormalWith(1, float.PositiveInfinity),
        ["TruncatedNormalWith: expected cut > 0, got 0."] = () => TruncatedNormalWith(1, cut: 0),
        ["TruncatedNormalWith: expected cut > 0, got NaN."] = () => TruncatedNormalWith(1, cut: float.NaN),
        ["UniformWithin: expected bound of at least 0, got -0.5."] = () => UniformWithin(-.5f),
        ["UniformWithin: expected bound of at least 0, got Infinity."] = () => UniformWithin(float.PositiveInfinity),
        ["UniformWithin: expected a finite low, got NaN."] = () => UniformWithin(float.NaN, 1),
        ["UniformWithin: expected a finite high of at least low, 1, got 0."] = () => UniformWithin(1, 0),
        ["UniformWithin: expected a finite high of at least low, 1, got NaN."] = () => UniformWithin(1, float.NaN),
        ["XavierNormal: expected gain of at least 0, got -1."] = () => XavierNormal(-1),
        ["XavierUniform: expected gain of at least 0, got NaN."] = () => XavierUniform(float.NaN),
        ["Orthogonal: expected gain of at least 0, got -1."] = () => Orthogonal(-1),
        ["HeNormal: expected a finite negative slope, got NaN."] = () => HeNormal(float.NaN),
        ["HeNormalFanOut: expected a finite negative slope, got NaN."] = () => HeNormalFanOut(float.NaN),
        ["HeUniform: expected a finite negative slope, got -Infinity."] = () => HeUniform(float.NegativeInfinity),
        ["HeUniformFanOut: expected a finite negative slope, got NaN."] = () => HeUniformFanOut(float.NaN),
        ["LeakyReLU: expected a finite negative slope, got NaN."] = () => Gain.LeakyReLU(float.NaN),
        ["Identity: expected at least 1 group, got 0."] = () => Identity(0),
        ["Identity: expected a weight [outputs, inputs, …], got [5]."] = () => Draw(Identity, 5),
        ["Identity: expected a weight [outputs, inputs, …] with outputs divisible by 2 groups, got [5, 1, 3, 3]."] =
            () => Draw(Identity(2), 5, 1, 3, 3),
        ["Orthogonal: expected a weight [outputs, inputs, …], got [5]."] = () => Draw(Orthogonal, 5),
        ["Fans: expected a weight [outputs, inputs, …], got []."] = () => Fans.Of([]),
        ["FanIn: expected a weight [outputs, inputs, …], got [5]."] = () => Draw(FanIn, 5),
        ["LeCunNormal: expected a weight [outputs, inputs, …], got [5]."] = () => Draw(LeCunNormal, 5),
        ["LeCunUniform: expected a weight [outputs, inputs, …], got [5]."] = () => Draw(LeCunUniform, 5),
        ["XavierNormal: expected a weight [outputs, inputs, …], got [5]."] = () => Draw(XavierNormal, 5),
        ["XavierUniform: expected a weight [outputs, inputs, …], got [5]."] = () => Draw(XavierUniform, 5),
        ["HeNormal: expected a weight [outputs, inputs, …], got [5]."] = () => Draw(HeNormal, 5),
        ["HeNormalFanOut: expected a weight [outputs, inputs, …], got [5]."] = () => Draw(HeNormalFanOut, 5),
        ["HeUniform: expected a weight [outputs, inputs, …], got [5]."] = () => Draw(HeUniform, 5),
        ["HeUniformFanOut: expected a weight [outputs, inputs, …], got [5]."] = () => Draw(HeUniformFanOut, 5),
    };

    public static TheoryData<string> Messages => new(Wrong.Keys);

    [Theory]
    [MemberData(nameof(Messages))]
    public void What_does_not_fit_is_named(string message)
    {
        var error = Assert.ThrowsAny<Exception>(() => Wrong[message]());
        Assert.True(error is ShapeException or ArgumentOutOfRangeException, error.GetType().Name);
        Assert.Equal(message, error.Message);
    }

    private static float[] Draw(Initializer initializer, params int[] shape) => initializer(shape, new Generator(1));
}
