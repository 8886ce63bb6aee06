namespace DeepNotes;

/// <summary>
/// By how much weights are made larger to make up for what the activation before them takes away, to multiply a
/// deviation with: <c>Initializers.XavierNormal(Gain.Tanh)</c>. The numbers are those of PyTorch's <c>calculate_gain</c>.
/// </summary>
public static class Gain
{
    /// <summary>1: nothing is taken away.</summary>
    public const float Linear = 1;

    /// <summary>1, by convention.</summary>
    public const float Sigmoid = 1;

    /// <summary>5/3, PyTorch's value for tanh, found by trying.</summary>
    public const float Tanh = 5f / 3;

    /// <summary>3/4, PyTorch's value for SELU, found by trying; self-normalizing networks take <see cref="Linear"/> (Klambauer et al. 2017).</summary>
    public const float SELU = 3f / 4;

    /// <summary>√2: ReLU halves the second moment (He et al. 2015).</summary>
    public static float ReLU { get; } = LeakyReLU(0);

    /// <summary>√(2/(1 + a²)) for a slope a below 0, of leaky ReLU or PReLU (He et al. 2015).</summary>
    /// <exception cref="ArgumentOutOfRangeException">A slope that is not finite.</exception>
    public static float LeakyReLU(float negativeSlope = 0.01f)
    {
        Check.Finite(negativeSlope, nameof(LeakyReLU));
        return MathF.Sqrt(2 / (1 + negativeSlope * negativeSlope));
    }
}
