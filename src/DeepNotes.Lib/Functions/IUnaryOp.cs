using System.Runtime.Intrinsics;

namespace DeepNotes.Functions;

/// <summary>
/// A scalar function as one struct: value, derivative, and the SIMD form of both. Drivers are generic over the struct,
/// so the compiler makes one loop for each function with its body inlined; parameters (a slope, a factor) are fields.
/// </summary>
public interface IUnaryOp
{
    /// <summary>y = f(x).</summary>
    float F(float x);

    /// <summary>f′(x), with y = f(x) at hand.</summary>
    float Derivative(float x, float y);

    /// <summary>y = f(x) for sixteen values.</summary>
    Vector512<float> F(Vector512<float> x);

    /// <summary>f′(x) for sixteen values.</summary>
    Vector512<float> Derivative(Vector512<float> x, Vector512<float> y);
}
