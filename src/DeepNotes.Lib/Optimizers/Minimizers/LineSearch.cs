using MathNet.Numerics.LinearAlgebra;

namespace DeepNotes;

/// <summary>
/// A step length a along a direction p that meets the strong Wolfe conditions with φ(a) = f(x + a·p): enough descent,
/// φ(a) ≤ φ(0) + c₁aφ′(0), and a flat end, |φ′(a)| ≤ c₂|φ′(0)| (Nocedal and Wright 2006, algorithms 3.5 and 3.6).
/// </summary>
internal static class LineSearch
{
    private const double Descent = 1e-4;
    private const double Curvature = 0.9;
    private const int MaximumTries = 50;

    /// <summary>The point found; null where p does not lead down, or rounding hides that it does.</summary>
    public static (Vector<double> X, double Value, Vector<double> Gradient)? StrongWolfe(
        Objective f, Vector<double> x, double value, Vector<double> gradient, Vector<double> p)
    {
        var start = new Trial(0, value, gradient * p, x, gradient);
        if (!(start.Slope < 0))
        {
            return null;
        }

        Trial At(double a)
        {
            var point = x + a * p;
            var (v, g) = f(point);
            return new Trial(a, v, g * p, point, g);
        }

        var (last, a) = (start, 1.0);
        for (var i = 0; i < MaximumTries; i++, a *= 2)
        {
            var trial = At(a);
            if (!start.AllowsDescentTo(trial) || (i > 0 && trial.Value >= last.Value))
            {
                return Zoom(At, start, last, trial);
            }

            if (start.AllowsSlopeOf(trial))
            {
                return trial.Found;
            }

            if (trial.Slope >= 0)
            {
                return Zoom(At, start, trial, last);
            }

            last = trial;
        }

        return last.Found;
    }

    // Between low, which descends enough, and high lies a step that meets both conditions.
    private static (Vector<double>, double, Vector<double>)? Zoom(Func<double, Trial> at, Trial start, Trial low, Trial high)
    {
        for (var i = 0; i < MaximumTries && low.Step != high.Step; i++)
        {
            var trial = at(Between(low, high));
            if (!start.AllowsDescentTo(trial) || trial.Value >= low.Value)
            {
                high = trial;
                continue;
            }

            if (start.AllowsSlopeOf(trial))
            {
                return trial.Found;
            }

            high = trial.Slope * (high.Step - low.Step) >= 0 ? low : high;
            low = trial;
        }

        return low.Step > 0 ? low.Found : null;
    }

    // The lowest point of the cubic through both ends, kept a tenth away from them; the middle where there is none.
    private static double Between(Trial low, Trial high)
    {
        var width = high.Step - low.Step;
        var d1 = low.Slope + high.Slope - 3 * (low.Value - high.Value) / (low.Step - high.Step);
        var d2 = Math.Sign(width) * Math.Sqrt(d1 * d1 - low.Slope * high.Slope);
        var share = 1 - (high.Slope + d2 - d1) / (high.Slope - low.Slope + 2 * d2);
        return low.Step + width * (double.IsFinite(share) ? Math.Clamp(share, 0.1, 0.9) : 0.5);
    }

    private sealed record Trial(double Step, double Value, double Slope, Vector<double> X, Vector<double> Gradient)
    {
        public (Vector<double>, double, Vector<double>) Found => (X, Value, Gradient);

        // NaN is no descent.
        public bool AllowsDescentTo(Trial trial) => trial.Value <= Value + Descent * trial.Step * Slope;

        public bool AllowsSlopeOf(Trial trial) => Math.Abs(trial.Slope) <= -Curvature * Slope;
    }
}
