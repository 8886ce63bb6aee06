using static DeepNotes.Initializers;

namespace DeepNotes.Tests.Initializers;

/// <summary>Invalid arguments throw an error that names the initializer, the expected and the given value.</summary>
public sealed class InitializerErrorTests
{
    private static readonly Dictionary<string, Func<object>> Wrong = new()
    {
        ["Constant: value NaN: expected a finite number."] = () => Constant(float.NaN),
        ["NormalWith: deviation -1: expected a finite number of 0 or more."] = () => NormalWith(-1),
        ["NormalWith: deviation NaN: expected a finite number of 0 or more."] = () => NormalWith(float.NaN),
        ["NormalWith: mean NaN: expected a finite number."] = () => NormalWith(1, float.NaN),
        ["TruncatedNormalWith: deviation -1: expected a finite number of 0 or more."] = () => TruncatedNormalWith(-1),
        ["TruncatedNormalWith: mean Infinity: expected a finite number."] = () => TruncatedNormalWith(1, float.PositiveInfinity),
        ["TruncatedNormalWith: cut 0: expected a finite number above 0."] = () => TruncatedNormalWith(1, cut: 0),
        ["TruncatedNormalWith: cut NaN: expected a finite number above 0."] = () => TruncatedNormalWith(1, cut: float.NaN),
        ["UniformWithin: bound -0.5: expected a finite number of 0 or more."] = () => UniformWithin(-.5f),
        ["UniformWithin: bound Infinity: expected a finite number of 0 or more."] = () => UniformWithin(float.PositiveInfinity),
        ["UniformWithin: low NaN: expected a finite number."] = () => UniformWithin(float.NaN, 1),
        ["UniformWithin: high 0: expected a finite number of at least low, 1."] = () => UniformWithin(1, 0),
        ["UniformWithin: high NaN: expected a finite number of at least low, 1."] = () => UniformWithin(1, float.NaN),
        ["XavierNormal: gain -1: expected a finite number of 0 or more."] = () => XavierNormal(-1),
        ["XavierUniform: gain NaN: expected a finite number of 0 or more."] = () => XavierUniform(float.NaN),
        ["Orthogonal: gain -1: expected a finite number of 0 or more."] = () => Orthogonal(-1),
        ["HeNormal: negativeSlope NaN: expected a finite number."] = () => HeNormal(float.NaN),
        ["HeNormalFanOut: negativeSlope NaN: expected a finite number."] = () => HeNormalFanOut(float.NaN),
        ["HeUniform: negativeSlope -Infinity: expected a finite number."] = () => HeUniform(float.NegativeInfinity),
        ["HeUniformFanOut: negativeSlope NaN: expected a finite number."] = () => HeUniformFanOut(float.NaN),
        ["LeakyReLU: negativeSlope NaN: expected a finite number."] = () => Gain.LeakyReLU(float.NaN),
        ["Identity: groups 0: expected 1 or more."] = () => Identity(0),
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
    public void Invalid_arguments_are_named(string message)
    {
        var error = Assert.ThrowsAny<Exception>(() => Wrong[message]());
        Assert.True(error is ShapeException or ArgumentOutOfRangeException, error.GetType().Name);
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    private static float[] Draw(Initializer initializer, params int[] shape) => initializer(shape, new Generator(1));
}
