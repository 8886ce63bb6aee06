using System.Runtime.Intrinsics;

namespace DeepNotes.Functions;

/// <summary>y = min(max(x, Low), High), y′ = 1 between the limits and 0 outside; NaN stays NaN.</summary>
public readonly struct Clamp(float low, float high) : IUnaryOp
{
    /// <summary>The smallest result.</summary>
    public float Low { get; } = low;

    /// <summary>The largest result.</summary>
    public float High { get; } = high;

    /// <inheritdoc/>
    public float F(float x) => MathF.Min(MathF.Max(x, Low), High);

    /// <inheritdoc/>
    public float Derivative(float x, float y) => x >= Low && x <= High ? 1f : 0f;

    /// <inheritdoc/>
    public Tensor Derivative(Tensor x, Tensor y) => x.Slope(this, y);

    /// <inheritdoc/>
    public static DerivativeUses DerivativeUses => DerivativeUses.Input;

    /// <inheritdoc/>
    public Vector512<float> F(Vector512<float> x) => Vector512.Min(Vector512.Max(x, Vector512.Create(Low)), Vector512.Create(High));

    /// <inheritdoc/>
    public Vector512<float> Derivative(Vector512<float> x, Vector512<float> y) =>
        Vector512.GreaterThanOrEqual(x, Vector512.Create(Low)) & Vector512.LessThanOrEqual(x, Vector512.Create(High)) & Vector512<float>.One;
}
