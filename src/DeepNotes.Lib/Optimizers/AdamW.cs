namespace DeepNotes;

/// <summary>
/// Adam with decoupled decay (Loshchilov and Hutter 2019): w ← w - η·(m̂/(√v̂ + ε) + λw). Through the gradient, Adam
/// would divide the decay by √v̂ and hardly decay weights with large gradients.
/// </summary>
public sealed class AdamW : Adam
{
    /// <summary>AdamW with PyTorch's defaults.</summary>
    /// <param name="learningRate">η.</param>
    /// <param name="beta1">Decay β₁ of the mean gradient.</param>
    /// <param name="beta2">Decay β₂ of the mean squared gradient.</param>
    /// <param name="epsilon">ε, against division by zero.</param>
    /// <param name="weightDecay">λ.</param>
    /// <param name="biasCorrection">Whether the bias of the zero start is taken out.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number out of range.</exception>
    public AdamW(
        float learningRate = 1e-3f, double beta1 = 0.9, double beta2 = 0.999, float epsilon = 1e-8f, float weightDecay = 0.01f,
        bool biasCorrection = true)
        : base(learningRate, beta1, beta2, epsilon, biasCorrection)
    {
        (WeightDecay, DecouplesWeightDecay) = (weightDecay, true);
    }
}
