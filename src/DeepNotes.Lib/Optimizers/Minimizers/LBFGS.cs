using MathNet.Numerics.LinearAlgebra;

namespace DeepNotes;

/// <summary>
/// L-BFGS (Nocedal 1980): BFGS from the last m pairs of step s and gradient change y alone, by two loops over them;
/// remembers 2mn numbers in place of n².
/// </summary>
/// <param name="memory">m, how many pairs are kept.</param>
/// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
public sealed class LBFGS(int memory = 10) : Minimizer
{
    private readonly int _memory = Check.AtLeast(1, memory, nameof(LBFGS));
    private readonly LinkedList<(Vector<double> S, Vector<double> Y, double Rho)> _pairs = new();

    /// <inheritdoc/>
    protected override void Begin() => _pairs.Clear();

    /// <inheritdoc/>
    protected override Vector<double> Direction(Objective f, Vector<double> x, Vector<double> gradient)
    {
        if (_pairs.Last is not { Value: var newest })
        {
            return -gradient / Math.Max(1, gradient.L2Norm());
        }

        var (q, alphas) = (gradient, new Stack<double>());
        foreach (var (s, y, rho) in _pairs.Reverse())
        {
            alphas.Push(rho * (s * q));
            q -= alphas.Peek() * y;
        }

        q *= newest.S * newest.Y / (newest.Y * newest.Y);
        foreach (var (s, y, rho) in _pairs)
        {
            q += (alphas.Pop() - rho * (y * q)) * s;
        }

        return -q;
    }

    /// <inheritdoc/>
    protected override void Learn(Vector<double> s, Vector<double> y)
    {
        if (y * s <= 0)
        {
            return;
        }

        _pairs.AddLast((s, y, 1 / (y * s)));
        if (_pairs.Count > _memory)
        {
            _pairs.RemoveFirst();
        }
    }
}
