using MathNet.Numerics.LinearAlgebra;

namespace DeepNotes;

/// <summary>
/// Minimizes a smooth function of few variables in double precision: a direction from what is known of the curvature,
/// then a step along it by line search. For small problems and all of the data at once; networks train by an
/// <see cref="Optimizer"/>.
/// </summary>
public abstract class Minimizer
{
    /// <summary>Stops when ‖∇f‖ is this or less.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or NaN.</exception>
    public double GradientTolerance
    {
        get;
        init => field = value >= 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), $"{GetType().Name}: GradientTolerance {value}: expected 0 or more.");
    } = 1e-10;

    /// <summary>Stops after this many steps.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int MaximumIterations
    {
        get;
        init => field = Check.AtLeast(1, value, GetType().Name, nameof(MaximumIterations));
    } = 1000;

    /// <summary>Walks downhill from a start.</summary>
    /// <param name="f">The function and its gradient.</param>
    /// <param name="start">Where to begin; is not changed.</param>
    /// <exception cref="ArgumentException">f or its gradient is no finite number at the start, or the gradient has another length.</exception>
    public Minimum Minimize(Objective f, Vector<double> start)
    {
        var (value, gradient) = f(start);
        CheckStart(start, value, gradient);
        var x = start.Clone();
        var (path, values) = (new List<Vector<double>> { x }, new List<double> { value });
        Begin();
        while (path.Count <= MaximumIterations && gradient.L2Norm() > GradientTolerance)
        {
            var p = Direction(f, x, gradient);
            if (LineSearch.StrongWolfe(f, x, value, gradient, p) is not { } next)
            {
                break;
            }

            Learn(next.X - x, next.Gradient - gradient);
            (x, value, gradient) = next;
            path.Add(x);
            values.Add(value);
        }

        var norm = gradient.L2Norm();
        return new Minimum(path, values, norm, norm <= GradientTolerance);
    }

    /// <summary>
    /// The same for parameters: f is the loss as a function of all their values. The loss is computed in float32, so
    /// that the gradient can't be brought below its rounding: a tolerance of 1e-5 is small.
    /// </summary>
    /// <param name="loss">Computes the loss from the parameters, on the same data every time.</param>
    /// <param name="parameters">What to move; they end at the minimum found.</param>
    public Minimum Minimize(Func<Tensor> loss, IReadOnlyList<Parameter> parameters)
    {
        var function = new LossOfParameters(loss, parameters);
        var minimum = Minimize(function.At, function.Values());
        function.Assign(minimum.Point);
        return minimum;
    }

    /// <summary>A new walk: forget the last one.</summary>
    protected virtual void Begin()
    {
    }

    /// <summary>The way to go, downhill.</summary>
    protected abstract Vector<double> Direction(Objective f, Vector<double> x, Vector<double> gradient);

    /// <summary>Takes in what a step taught of the curvature: s, the step, and y, by how much the gradient changed.</summary>
    protected virtual void Learn(Vector<double> s, Vector<double> y)
    {
    }

    private void CheckStart(Vector<double> start, double value, Vector<double> gradient)
    {
        if (gradient.Count != start.Count)
        {
            throw new ArgumentException($"{GetType().Name}: expected a gradient of {start.Count} numbers, got {gradient.Count}.", nameof(start));
        }

        if (!double.IsFinite(value) || !gradient.ForAll(double.IsFinite))
        {
            throw new ArgumentException($"{GetType().Name}: f = {value} at the start: expected a finite value and gradient; begin elsewhere.", nameof(start));
        }
    }
}
