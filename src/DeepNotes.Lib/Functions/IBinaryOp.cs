using System.Runtime.Intrinsics;

namespace DeepNotes.Functions;

/// <summary>A function of two scalars. Its derivatives are written with the tensor operation that uses it.</summary>
public interface IBinaryOp
{
    /// <summary>y = f(a, b).</summary>
    float F(float a, float b);

    /// <summary>y = f(a, b) for sixteen pairs.</summary>
    Vector512<float> F(Vector512<float> a, Vector512<float> b);
}

/// <summary>
/// An associative function that folds many values into one. Few values are folded in float, many such results in double: a running
/// float sum of a million values would lose four of its seven digits.
/// </summary>
public interface IReduceOp : IBinaryOp
{
    /// <summary>The value e with f(e, x) = x: 0 for a sum, -∞ for a maximum.</summary>
    float Identity { get; }

    /// <summary>f(a, b) of results.</summary>
    double Fold(double a, double b);

    /// <summary>f(a, b) of eight pairs of results.</summary>
    Vector512<double> Fold(Vector512<double> a, Vector512<double> b);
}
