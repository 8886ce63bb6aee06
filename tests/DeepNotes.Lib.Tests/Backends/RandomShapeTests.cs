using System.Diagnostics;
using System.Globalization;
using DeepNotes.Backends;
using DeepNotes.Tests.Support;

namespace DeepNotes.Tests.Backends;

/// <summary>
/// The CPU backend against the reference backend on random shapes, values and gradients. DEEPNOTES_FUZZ=seconds goes on for so
/// long after the seeds of every run.
/// </summary>
public sealed class RandomShapeTests
{
    private const int Seeds = 120;

    private static readonly double Seconds =
        double.TryParse(Environment.GetEnvironmentVariable("DEEPNOTES_FUZZ"), CultureInfo.InvariantCulture, out var seconds) ? seconds : 0;

    public static TheoryData<string> Kinds() => [.. RandomCases.Kinds.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Cpu_equals_reference(string kind)
    {
        var watch = Stopwatch.StartNew();
        for (var seed = 0UL; seed < Seeds || watch.Elapsed.TotalSeconds < Seconds / RandomCases.Kinds.Count; seed++)
        {
            Compare(seed, RandomCases.Kinds[kind](new RandomCases(seed)));
        }
    }

    private static void Compare(ulong seed, RandomCase drawn)
    {
        try
        {
            var (expected, actual) = (Run(drawn, seed, Devices.Reference), Run(drawn, seed, Device.Cpu));
            for (var i = 0; i < expected.Count; i++)
            {
                AssertSame(expected[i], actual[i], i == 0 ? 1e-5 : 1e-4, i == 0 ? "value" : $"gradient {i}");
            }
        }
        catch (Exception error)
        {
            Assert.Fail($"seed {seed}, {drawn}: {error}");
        }
    }

    // The value and then the gradients.
    private static List<Tensor> Run(RandomCase drawn, ulong seed, Device device)
    {
        using var chosen = device.Use();
        Tensor[] inputs = [.. drawn.Inputs.Select((shape, i) => Values(drawn, shape, seed + (ulong)i, i == 0 && seed % 3 == 0).RequireGradient())];
        var value = drawn.Function(inputs);
        value.Backward(Tensor.Uniform(value.Shape, 0.5f, 1, seed + 9));
        return [value, .. inputs.Select(input => input.Gradient!)];
    }

    private static Tensor Values(RandomCase drawn, Shape shape, ulong seed, bool hasInfinities)
    {
        var values = Tensor.Uniform(shape, drawn.Low, 2, seed).ToArray();
        if (drawn.TakesInfinities && hasInfinities && values.Length > 0)
        {
            var random = new Generator(seed);
            var place = random.NextBits() % (ulong)values.Length;
            values[place] = (random.NextBits() % 3) switch { 0 => float.PositiveInfinity, 1 => float.NegativeInfinity, _ => float.NaN };
        }

        return Tensor.From(values, shape);
    }

    // What is no finite number is the same; the others are as near to each other as the largest of them allows.
    private static void AssertSame(Tensor expected, Tensor actual, double tolerance, string what)
    {
        Assert.Equal(expected.Shape, actual.Shape);
        var (first, second) = (expected.ToArray(), actual.ToArray());
        var scale = first.Where(float.IsFinite).Select(value => Math.Abs((double)value)).DefaultIfEmpty(0).Max();
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
