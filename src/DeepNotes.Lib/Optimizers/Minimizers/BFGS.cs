using MathNet.Numerics.LinearAlgebra;

namespace DeepNotes;

/// <summary>
/// BFGS (Broyden, Fletcher, Goldfarb, Shanno 1970): p = -B∇f, where B stands for the inverse Hessian and learns from
/// each step s and change of the gradient y: B ← (I - ρsyᵀ)B(I - ρysᵀ) + ρssᵀ, ρ = 1/yᵀs. Faster than linear near a
/// minimum; remembers n² numbers.
/// </summary>
public sealed class BFGS : Minimizer
{
    private Matrix<double>? _b;

    /// <inheritdoc/>
    protected override void Begin() => _b = null;

    /// <inheritdoc/>
    protected override Vector<double> Direction(Objective f, Vector<double> x, Vector<double> gradient) =>
        _b is null ? -gradient / Math.Max(1, gradient.L2Norm()) : -(_b * gradient);

    /// <inheritdoc/>
    protected override void Learn(Vector<double> s, Vector<double> y)
    {
        var ys = y * s;
        if (ys <= 0)
        {
            return;
        }

        var identity = Matrix<double>.Build.DenseIdentity(s.Count);
        // The first B has the size of the inverse Hessian along the first step.
        var b = _b ?? identity * (ys / (y * y));
        var v = identity - y.OuterProduct(s) / ys;
        _b = v.TransposeThisAndMultiply(b) * v + s.OuterProduct(s) / ys;
    }
}
