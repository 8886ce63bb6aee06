using System.Runtime.Intrinsics;

namespace DeepNotes.Functions;

/// <summary>y = eˣ, y′ = y. Overflows to ∞ above 88.72.</summary>
public readonly struct Exp : IUnaryOp
{
    /// <inheritdoc/>
    public float F(float x) => MathF.Exp(x);

    /// <inheritdoc/>
    public float Derivative(float x, float y) => y;

    /// <inheritdoc/>
    public Vector512<float> F(Vector512<float> x) => Vector512.Exp(x);

    /// <inheritdoc/>
    public Vector512<float> Derivative(Vector512<float> x, Vector512<float> y) => y;
}

/// <summary>y = ln x, y′ = 1/x; -∞ at 0, NaN below.</summary>
public readonly struct Log : IUnaryOp
{
    /// <inheritdoc/>
    public float F(float x) => MathF.Log(x);

    /// <inheritdoc/>
    public float Derivative(float x, float y) => 1 / x;

    /// <inheritdoc/>
    public Vector512<float> F(Vector512<float> x) => Vector512.Log(x);

    /// <inheritdoc/>
    public Vector512<float> Derivative(Vector512<float> x, Vector512<float> y) => Vector512<float>.One / x;
}

/// <summary>y = √x, y′ = 1/(2y); the derivative is ∞ at 0.</summary>
public readonly struct Sqrt : IUnaryOp
{
    /// <inheritdoc/>
    public float F(float x) => MathF.Sqrt(x);

    /// <inheritdoc/>
    public float Derivative(float x, float y) => 0.5f / y;

    /// <inheritdoc/>
    public Vector512<float> F(Vector512<float> x) => Vector512.Sqrt(x);

    /// <inheritdoc/>
    public Vector512<float> Derivative(Vector512<float> x, Vector512<float> y) => Vector512.Create(0.5f) / y;
}

/// <summary>y = x², y′ = 2x.</summary>
public readonly struct Square : IUnaryOp
{
    /// <inheritdoc/>
    public float F(float x) => x * x;

    /// <inheritdoc/>
    public float Derivative(float x, float y) => 2 * x;

    /// <inheritdoc/>
    public Vector512<float> F(Vector512<float> x) => x * x;

    /// <inheritdoc/>
    public Vector512<float> Derivative(Vector512<float> x, Vector512<float> y) => x + x;
}
