using MathNet.Numerics;

namespace DeepNotes;

public static partial class Initializers
{
    /// <summary>N(μ, σ²).</summary>
    public static Initializer NormalWith(float deviation, float mean = 0)
    {
        Check.NotNegative(deviation, nameof(NormalWith));
        Check.Finite(mean, nameof(NormalWith));
        return (shape, generator) => generator.Normals(shape.Elements, mean, deviation);
    }

    /// <summary>
    /// N(μ, σ²) given that |x - μ| ≤ cσ: no weight begins far out. By the inverse of the distribution,
    /// x = μ + σ√2·erf⁻¹(u·erf(c/√2)), u ~ U(-1, 1). Cut at c = 2, the deviation is .8796σ.
    /// </summary>
    /// <param name="deviation">σ, before the cut.</param>
    /// <param name="mean">μ.</param>
    /// <param name="cut">c &gt; 0, in deviations.</param>
    public static Initializer TruncatedNormalWith(float deviation, float mean = 0, float cut = 2)
    {
        Check.NotNegative(deviation, nameof(TruncatedNormalWith));
        Check.Finite(mean, nameof(TruncatedNormalWith));
        Check.Positive(cut, nameof(TruncatedNormalWith));
        var (within, scale, bound) = (SpecialFunctions.Erf(cut / Math.Sqrt(2)), deviation * Math.Sqrt(2), (double)cut * deviation);
        return (shape, generator) =>
        {
            var values = new float[shape.Elements];
            for (var i = 0; i < values.Length; i++)
            {
                var x = scale * SpecialFunctions.ErfInv((2 * generator.NextDouble() - 1) * within);
                values[i] = (float)(mean + Math.Clamp(x, -bound, bound));
            }

            return values;
        };
    }

    /// <summary>U(±bound).</summary>
    public static Initializer UniformWithin(float bound)
    {
        Check.NotNegative(bound, nameof(UniformWithin));
        return (shape, generator) => Uniform(shape, generator, bound);
    }

    /// <summary>U(low, high).</summary>
    public static Initializer UniformWithin(float low, float high)
    {
        Check.Finite(low, nameof(UniformWithin));
        Check.That(high >= low && float.IsFinite(high - low), high, nameof(UniformWithin), nameof(high), $"a finite number of at least low, {low}");
        return (shape, generator) => generator.Uniforms(shape.Elements, low, high);
    }
}
