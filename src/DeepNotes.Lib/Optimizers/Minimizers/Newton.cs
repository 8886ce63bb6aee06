using MathNet.Numerics.LinearAlgebra;

namespace DeepNotes;

/// <summary>
/// Newton's method: H·p = -∇f, then a step along p. Near a minimum the error is squared at each step. Where the Hessian
/// is not positive definite, H + τI is taken with the first τ that makes it so (Nocedal and Wright 2006, algorithm 3.3).
/// </summary>
/// <param name="hessian">x ↦ the matrix of second derivatives; by central differences of the gradient where it is not given.</param>
public sealed class Newton(Func<Vector<double>, Matrix<double>>? hessian = null) : Minimizer
{
    /// <inheritdoc/>
    protected override Vector<double> Direction(Objective f, Vector<double> x, Vector<double> gradient) =>
        -Decompose(hessian is null ? Differences(f, x) : hessian(x)).Solve(gradient);

    private static MathNet.Numerics.LinearAlgebra.Factorization.Cholesky<double> Decompose(Matrix<double> h)
    {
        var identity = Matrix<double>.Build.DenseIdentity(h.RowCount);
        var size = Math.Max(h.FrobeniusNorm(), double.Epsilon);
        var least = h.Diagonal().Minimum();
        var shift = least > 0 ? 0 : 1e-3 * size - least;
        for (; ; shift = Math.Max(2 * shift, 1e-3 * size))
        {
            try
            {
                return (h + shift * identity).Cholesky();
            }
            catch (ArgumentException) when (double.IsFinite(shift))
            {
                // Not positive definite yet.
            }
        }
    }

    // Each column from two gradients; then the symmetric part.
    private static Matrix<double> Differences(Objective f, Vector<double> x)
    {
        var columns = Enumerable.Range(0, x.Count).Select(i =>
        {
            var step = Math.Cbrt(double.BitIncrement(1) - 1) * Math.Max(1, Math.Abs(x[i]));
            var (up, down) = (x.Clone(), x.Clone());
            up[i] += step;
            down[i] -= step;
            return (f(up).Gradient - f(down).Gradient) / (up[i] - down[i]);
        });
        var h = Matrix<double>.Build.DenseOfColumnVectors(columns);
        return (h + h.Transpose()) / 2;
    }
}
