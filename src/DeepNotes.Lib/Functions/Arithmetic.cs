using System.Runtime.Intrinsics;

namespace DeepNotes.Functions;

/// <summary>a + b.</summary>
public readonly struct Add : IReduceOp
{
    /// <inheritdoc/>
    public float Identity => 0;

    /// <inheritdoc/>
    public float F(float a, float b) => a + b;

    /// <inheritdoc/>
    public Vector512<float> F(Vector512<float> a, Vector512<float> b) => a + b;

    /// <inheritdoc/>
    public double Fold(double a, double b) => a + b;

    /// <inheritdoc/>
    public Vector512<double> Fold(Vector512<double> a, Vector512<double> b) => a + b;
}

/// <summary>max(0, a + b); NaN when either is NaN.</summary>
public readonly struct AddReLU : IBinaryOp
{
    /// <inheritdoc/>
    public float F(float a, float b) => MathF.Max(0, a + b);

    /// <inheritdoc/>
    public Vector512<float> F(Vector512<float> a, Vector512<float> b) => Vector512.Max(Vector512<float>.Zero, a + b);
}

/// <summary>a - b.</summary>
public readonly struct Subtract : IBinaryOp
{
    /// <inheritdoc/>
    public float F(float a, float b) => a - b;

    /// <inheritdoc/>
    public Vector512<float> F(Vector512<float> a, Vector512<float> b) => a - b;
}

/// <summary>a · b.</summary>
public readonly struct Multiply : IBinaryOp
{
    /// <inheritdoc/>
    public float F(float a, float b) => a * b;

    /// <inheritdoc/>
    public Vector512<float> F(Vector512<float> a, Vector512<float> b) => a * b;
}

/// <summary>a / b.</summary>
public readonly struct Divide : IBinaryOp
{
    /// <inheritdoc/>
    public float F(float a, float b) => a / b;

    /// <inheritdoc/>
    public Vector512<float> F(Vector512<float> a, Vector512<float> b) => a / b;
}

/// <summary>first·a + second·b.</summary>
public readonly struct WeightedSum(float first, float second) : IBinaryOp
{
    /// <inheritdoc/>
    public float F(float a, float b) => first * a + second * b;

    /// <inheritdoc/>
    public Vector512<float> F(Vector512<float> a, Vector512<float> b) => a * first + b * second;
}

/// <summary>max(a, b); NaN when either is NaN, so that a broken number is not hidden.</summary>
public readonly struct Maximum : IReduceOp
{
    /// <inheritdoc/>
    public float Identity => float.NegativeInfinity;

    /// <inheritdoc/>
    public float F(float a, float b) => MathF.Max(a, b);

    /// <inheritdoc/>
    public Vector512<float> F(Vector512<float> a, Vector512<float> b) => Vector512.Max(a, b);

    /// <inheritdoc/>
    public double Fold(double a, double b) => Math.Max(a, b);

    /// <inheritdoc/>
    public Vector512<double> Fold(Vector512<double> a, Vector512<double> b) => Vector512.Max(a, b);
}

/// <summary>1 where a = b, else 0.</summary>
public readonly struct EqualTo : IBinaryOp
{
    /// <inheritdoc/>
    public float F(float a, float b) => a == b ? 1f : 0f;

    /// <inheritdoc/>
    public Vector512<float> F(Vector512<float> a, Vector512<float> b) => Vector512.Equals(a, b) & Vector512<float>.One;
}

/// <summary>1 where a = b or both are NaN, else 0: which inputs a maximum came from, for NaN is the largest of all.</summary>
public readonly struct SameAs : IBinaryOp
{
    /// <inheritdoc/>
    public float F(float a, float b) => a.Equals(b) ? 1f : 0f;

    /// <inheritdoc/>
    public Vector512<float> F(Vector512<float> a, Vector512<float> b) =>
        (Vector512.Equals(a, b) | (Vector512.IsNaN(a) & Vector512.IsNaN(b))) & Vector512<float>.One;
}

/// <summary>y = Scale · x + Shift; adding, subtracting and multiplying by a number are all this.</summary>
public readonly struct Affine(float scale, float shift) : IUnaryOp
{
    /// <summary>The slope, which is the derivative everywhere.</summary>
    public float Scale { get; } = scale;

    /// <summary>The value at 0.</summary>
    public float Shift { get; } = shift;

    /// <inheritdoc/>
    public float F(float x) => Scale * x + Shift;

    /// <inheritdoc/>
    public float Derivative(float x, float y) => Scale;

    /// <inheritdoc/>
    public Tensor Derivative(Tensor x, Tensor y) => x.Slope(this, y);

    /// <inheritdoc/>
    public static DerivativeUses DerivativeUses => DerivativeUses.None;

    /// <inheritdoc/>
    public Vector512<float> F(Vector512<float> x) => x * Scale + Vector512.Create(Shift);

    /// <inheritdoc/>
    public Vector512<float> Derivative(Vector512<float> x, Vector512<float> y) => Vector512.Create(Scale);
}
