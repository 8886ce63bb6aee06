using System.Runtime.Intrinsics;

namespace DeepNotes.Functions;

/// <summary>
/// An optimizer's update of one weight as one struct: the weight, its gradient and up to two numbers of its state, all
/// updated in place in one pass over memory.
/// </summary>
public interface IUpdateOp
{
    /// <summary>Updates w by its gradient g; a and b are the state.</summary>
    void Update(ref float w, float g, ref float a, ref float b);

    /// <summary>The same for sixteen weights.</summary>
    void Update(ref Vector512<float> w, Vector512<float> g, ref Vector512<float> a, ref Vector512<float> b);
}

/// <summary>v ← μ·v + g, w ← w - η·v; in Nesterov's form w ← w - η·(g + μ·v). a is v, b is not used.</summary>
public readonly struct MomentumUpdate(float learningRate, float momentum, bool isNesterov) : IUpdateOp
{
    // Numbers, because a bool cannot be passed to a GPU kernel: w ← w - η·(gradientFactor·g + velocityFactor·v).
    private readonly float _gradientFactor = isNesterov ? 1f : 0f;
    private readonly float _velocityFactor = isNesterov ? momentum : 1f;

    /// <inheritdoc/>
    public void Update(ref float w, float g, ref float a, ref float b)
    {
        a = momentum * a + g;
        w -= learningRate * (_gradientFactor * g + _velocityFactor * a);
    }

    /// <inheritdoc/>
    public void Update(ref Vector512<float> w, Vector512<float> g, ref Vector512<float> a, ref Vector512<float> b)
    {
        a = a * momentum + g;
        w -= (g * _gradientFactor + a * _velocityFactor) * learningRate;
    }
}

/// <summary>
/// m ← β₁m + (1-β₁)g, v ← β₂v + (1-β₂)g², w ← w - η·(m/c₁)/(√(v/c₂) + ε), with cᵢ = 1 - βᵢᵗ. a is m, b is v.
/// </summary>
public readonly struct AdamUpdate(float learningRate, double beta1, double beta2, float epsilon, float correction1, float correction2) : IUpdateOp
{
    private readonly float _kept1 = (float)beta1;
    private readonly float _kept2 = (float)beta2;
    private readonly float _new1 = (float)(1 - beta1);
    private readonly float _new2 = (float)(1 - beta2);

    /// <inheritdoc/>
    public void Update(ref float w, float g, ref float a, ref float b)
    {
        a = _kept1 * a + _new1 * g;
        b = _kept2 * b + _new2 * g * g;
        w -= learningRate / correction1 * a / (MathF.Sqrt(b / correction2) + epsilon);
    }

    /// <inheritdoc/>
    public void Update(ref Vector512<float> w, Vector512<float> g, ref Vector512<float> a, ref Vector512<float> b)
    {
        a = a * _kept1 + g * _new1;
        b = b * _kept2 + g * g * _new2;
        w -= a * (learningRate / correction1) / (Vector512.Sqrt(b * (1 / correction2)) + Vector512.Create(epsilon));
    }
}
