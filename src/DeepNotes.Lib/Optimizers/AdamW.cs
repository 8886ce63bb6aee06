namespace DeepNotes;

/// <summary>
/// Adam with decoupled decay (Loshchilov and Hutter 2019): w ← w - η·(m̂/(√v̂ + ε) + λw). Through the gradient, Adam
/// would divide the decay by √v̂ and hardly decay weights with large gradients.
/// </summary>
public sealed class AdamW : Adam
{
    /// <summary>AdamW with PyTorch's defaults.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number out of range.</exception>
    public AdamW(
        float learningRate = 1e-3f, float beta1 = 0.9f, float beta2 = 0.999f, float epsilon = 1e-8f, float weightDecay = 0.01f)
        : base(learningRate, beta1, beta2, epsilon)
    {
        (WeightDecay, DecouplesWeightDecay) = (weightDecay, true);
    }
}
