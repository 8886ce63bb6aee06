using System.Runtime.Intrinsics;

namespace DeepNotes.Functions;

/// <summary>
/// An optimizer's update of one weight as one struct: the weight, its gradient and up to two numbers remembered of it, all
/// changed in place in one walk over memory.
/// </summary>
public interface IUpdateOp
{
    /// <summary>Moves w by its gradient g; a and b are what is remembered.</summary>
    void Update(ref float w, float g, ref float a, ref float b);

    /// <summary>The same for sixteen weights.</summary>
    void Update(ref Vector512<float> w, Vector512<float> g, ref Vector512<float> a, ref Vector512<float> b);
}

/// <summary>v ← μ·v + g, w ← w - η·v; in Nesterov's form w ← w - η·(g + μ·v). a is v, b is not used.</summary>
public readonly struct MomentumUpdate(float learningRate, float momentum, bool isNesterov) : IUpdateOp
{
    /// <inheritdoc/>
    public void Update(ref float w, float g, ref float a, ref float b)
    {
        a = momentum * a + g;
        w -= learningRate * (isNesterov ? g + momentum * a : a);
    }

    /// <inheritdoc/>
    public void Update(ref Vector512<float> w, Vector512<float> g, ref Vector512<float> a, ref Vector512<float> b)
    {
        a = a * momentum + g;
        w -= (isNesterov ? g + a * momentum : a) * learningRate;
    }
}

/// <summary>
/// m ← β₁m + (1-β₁)g, v ← β₂v + (1-β₂)g², w ← w - η·(m/c₁)/(√(v/c₂) + ε), with cᵢ = 1 - βᵢᵗ. a is m, b is v.
/// </summary>
public readonly struct AdamUpdate(float learningRate, float beta1, float beta2, float epsilon, float weight1, float weight2) : IUpdateOp
{
    /// <inheritdoc/>
    public void Update(ref float w, float g, ref float a, ref float b)
    {
        a = beta1 * a + (1 - beta1) * g;
        b = beta2 * b + (1 - beta2) * g * g;
        w -= learningRate / weight1 * a / (MathF.Sqrt(b / weight2) + epsilon);
    }

    /// <inheritdoc/>
    public void Update(ref Vector512<float> w, Vector512<float> g, ref Vector512<float> a, ref Vector512<float> b)
    {
        a = a * beta1 + g * (1 - beta1);
        b = b * beta2 + g * g * (1 - beta2);
        w -= a * (learningRate / weight1) / (Vector512.Sqrt(b * (1 / weight2)) + Vector512.Create(epsilon));
    }
}
