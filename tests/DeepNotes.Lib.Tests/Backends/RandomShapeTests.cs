using System.Globalization;
using CsCheck;
using DeepNotes.Backends;
using DeepNotes.Tests.Support;

namespace DeepNotes.Tests.Backends;

/// <summary>
/// A backend against the plain backend on random shapes, values and gradients. A failure is reported shrunk, with a seed that
/// the environment variable CsCheck_Seed reproduces it from; DEEPNOTES_FUZZ=seconds runs for that long.
/// </summary>
public sealed class RandomShapeTests
{
    // On a GPU, launching a kernel costs a thousand times as much as the few values it computes.
    private static readonly int Cases = Tested == Device.Cpu ? 400 : 15;

    private static readonly double Seconds =
        double.TryParse(Environment.GetEnvironmentVariable("DEEPNOTES_FUZZ"), CultureInfo.InvariantCulture, out var seconds) ? seconds : 0;

    // A third of the cases put one non-finite value into the first input.
    private static readonly Gen<float?> Special =
        Gen.Int[0, 8].Select(place => place switch { 6 => float.PositiveInfinity, 7 => float.NegativeInfinity, 8 => float.NaN, _ => (float?)null });

    private static Device Tested => Devices.All[0];

    public static TheoryData<string> Kinds() => [.. RandomCases.Kinds.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Device_equals_plain(string kind) => Gen.Select(RandomCases.Kinds[kind], Gen.Int[0, 20], Special).Sample(
        Compare,
        iter: Cases,
        time: Seconds > 0 ? (int)Math.Ceiling(Seconds / RandomCases.Kinds.Count) : -1,
        print: drawn => $"{drawn.Item1}, values {drawn.Item2}{(drawn.Item1.TakesInfinities && drawn.Item3 is { } special ? $" with {special}" : "")}");

    private static void Compare(RandomCase drawn, int seed, float? special)
    {
        var (expected, actual) = (Run(drawn, seed, special, Device.Plain), Run(drawn, seed, special, Tested));
        for (var i = 0; i < expected.Count; i++)
        {
            AssertSame(expected[i], actual[i], i == 0 ? 1e-5 : 1e-4, drawn.Terms, i == 0 ? "value" : $"gradient {i}");
        }
    }

    // The value, then the gradients.
    private static List<Tensor> Run(RandomCase drawn, int seed, float? special, Device device)
    {
        using var chosen = device.Use();
        Tensor[] inputs = [.. drawn.Inputs.Select((shape, i) => Values(drawn, shape, (ulong)(seed + i), i == 0 ? special : null).RequireGradient())];
        var value = drawn.Function(inputs);
        value.Backward(Tensor.Uniform(value.Shape, 0.5f, 1, (ulong)seed + 9));
        return [value, .. inputs.Select(input => input.Gradient!)];
    }

    private static Tensor Values(RandomCase drawn, Shape shape, ulong seed, float? special)
    {
        var values = Tensor.Uniform(shape, drawn.Low, 2, seed).ToArray();
        if (drawn.TakesInfinities && special is { } value && values.Length > 0)
        {
            values[new Generator(seed).NextBits() % (ulong)values.Length] = value;
        }

        return Tensor.From(values, shape);
    }

    // Non-finite values must be equal; finite ones agree relative to the largest of them, or to the terms if those are larger.
    private static void AssertSame(Tensor expected, Tensor actual, double tolerance, double terms, string what)
    {
        Assert.Equal(expected.Shape, actual.Shape);
        var (first, second) = (expected.ToArray(), actual.ToArray());
        var scale = first.Where(float.IsFinite).Select(value => Math.Abs((double)value)).Append(terms).Max();
        for (var i = 0; i < first.Length; i++)
        {
            var isSame = float.IsFinite(first[i]) ? Math.Abs((double)first[i] - second[i]) <= tolerance * scale : first[i].Equals(second[i]);
            if (!isSame)
            {
                Assert.Fail($"{what}: element {i} of {expected.Shape} is {second[i]:R}, expected {first[i]:R} within {tolerance * scale:G2}");
            }
        }
    }
}
