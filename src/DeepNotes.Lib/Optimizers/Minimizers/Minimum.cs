using MathNet.Numerics.LinearAlgebra;

namespace DeepNotes;

/// <summary>Where a minimizer came to, and its way there.</summary>
/// <param name="Path">Every point from the start on.</param>
/// <param name="Values">f at each of them.</param>
/// <param name="GradientNorm">‖∇f‖ at the last one.</param>
/// <param name="IsConverged">Whether that is within the tolerance; otherwise the iterations ran out, or rounding left no way down.</param>
public sealed record Minimum(
    IReadOnlyList<Vector<double>> Path, IReadOnlyList<double> Values, double GradientNorm, bool IsConverged)
{
    /// <summary>The last point.</summary>
    public Vector<double> Point => Path[^1];

    /// <summary>f there.</summary>
    public double Value => Values[^1];

    /// <summary>How many steps were made.</summary>
    public int Iterations => Path.Count - 1;
}
