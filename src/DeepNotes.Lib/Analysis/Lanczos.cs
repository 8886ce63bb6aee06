using MathNet.Numerics.LinearAlgebra;

namespace DeepNotes;

/// <summary>
/// The Lanczos method (1950): an orthonormal basis Q of the Krylov space v, Hv, H²v, … in which H is tridiagonal,
/// T = QᵀHQ; the extreme eigenvalues of T converge quickly to those of H. Every new vector is orthogonalised against all
/// earlier ones: rounding would destroy the orthogonality, and eigenvalues would appear more than once.
/// </summary>
internal static class Lanczos
{
    private const double Tolerance = 1e-4;
    private const double Breakdown = 1e-9;

    public static Spectrum Largest(Func<Vector<double>, Vector<double>> product, int size, int count, int steps, Generator generator)
    {
        var basis = new List<Vector<double>>();
        var (alpha, beta) = (new List<double>(), new List<double>());
        var next = Vector<double>.Build.Dense(size, _ => generator.NextNormal()).Normalize(2);
        while (true)
        {
            basis.Add(next);
            var image = product(next);
            alpha.Add(next.DotProduct(image));
            var rest = Orthogonal(image, basis);
            var length = rest.L2Norm();
            var found = Ritz(alpha, beta, length, count, size);
            var isDone = found.Residual <= Tolerance * found.Eigenvalues.Max(Math.Abs);
            if (basis.Count == steps || (found.Eigenvalues.Count == count && isDone))
            {
                return found;
            }

            // The basis spans an invariant subspace: restart from a random vector orthogonal to it.
            var isClosed = length <= Breakdown * Math.Max(1, image.L2Norm());
            beta.Add(isClosed ? 0 : length);
            next = (isClosed ? Orthogonal(Vector<double>.Build.Dense(size, _ => generator.NextNormal()), basis) : rest).Normalize(2);
        }
    }

    // The residual ‖Hq - λq‖ of an eigenpair (λ, s) of T is |β·s_last|.
    private static Spectrum Ritz(List<double> alpha, List<double> beta, double last, int count, int size)
    {
        var steps = alpha.Count;
        var tridiagonal = Matrix<double>.Build.Dense(
            steps, steps, (i, j) => i == j ? alpha[i] : Math.Abs(i - j) == 1 ? beta[Math.Min(i, j)] : 0);
        var pairs = tridiagonal.Evd(Symmetricity.Symmetric);
        var largest = Enumerable.Range(0, steps).OrderByDescending(i => Math.Abs(pairs.EigenValues[i].Real)).Take(count).ToList();
        return Spectrum.Of(
            largest.Select(i => pairs.EigenValues[i].Real), size, largest.Max(i => Math.Abs(last * pairs.EigenVectors[steps - 1, i])));
    }

    // Gram–Schmidt twice is enough (Kahan): a single pass loses digits where the remainder is small.
    private static Vector<double> Orthogonal(Vector<double> v, List<Vector<double>> basis)
    {
        foreach (var q in basis.Concat(basis))
        {
            v -= q.DotProduct(v) * q;
        }

        return v;
    }
}
