using System.Runtime.Intrinsics;

namespace DeepNotes.Functions;

/// <summary>What a derivative f′ is computed from: x, y = f(x), both, or none of them where it is constant.</summary>
[Flags]
public enum DerivativeUses
{
    /// <summary>f′ is constant.</summary>
    None = 0,

    /// <summary>x.</summary>
    Input = 1,

    /// <summary>y = f(x).</summary>
    Value = 2,
}

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

    /// <summary>
    /// f′(x) as an expression in x and y = f(x), whose operations are recorded: where a gradient is itself differentiated,
    /// the second derivative and all that follow come from here.
    /// </summary>
    /// <exception cref="NotSupportedException">The function has none.</exception>
    Tensor Derivative(Tensor x, Tensor y) => throw new NotSupportedException(
        $"Map<{GetType().Name}>: its derivative can't be differentiated. Write {GetType().Name}.Derivative(Tensor x, Tensor y) in tensor operations, or leave out createGraph.");

    /// <summary>
    /// The arguments that f′ uses. An argument that it does not use may have been overwritten since the forward pass; it is then called with
    /// the other one for both.
    /// </summary>
    static virtual DerivativeUses DerivativeUses => DerivativeUses.Input | DerivativeUses.Value;

    /// <summary>y = f(x) for sixteen values.</summary>
    Vector512<float> F(Vector512<float> x);

    /// <summary>f′(x) for sixteen values.</summary>
    Vector512<float> Derivative(Vector512<float> x, Vector512<float> y);
}
