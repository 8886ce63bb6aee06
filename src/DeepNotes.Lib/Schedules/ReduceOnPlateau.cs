namespace DeepNotes;

/// <summary>
/// A factor that falls when a metric no longer gets better: after more than <c>patience</c> reports without a new best,
/// factor ← max(reduction·factor, minimum). Report a metric after each epoch; use <see cref="Schedule"/> as the
/// optimizer's schedule.
/// </summary>
public sealed class ReduceOnPlateau
{
    private readonly double _reduction;
    private readonly double _minimum;
    private readonly double _threshold;
    private readonly int _patience;
    private readonly int _cooldown;
    private readonly bool _largerIsBetter;

    /// <summary>PyTorch's defaults.</summary>
    /// <param name="reduction">The factor is multiplied by this, less than 1.</param>
    /// <param name="patience">Reports without a new best that are borne.</param>
    /// <param name="threshold">A new best is better by more than this share of the old one.</param>
    /// <param name="cooldown">Reports after a reduction that do not count.</param>
    /// <param name="minimum">The factor stays at this or above.</param>
    /// <param name="largerIsBetter">For accuracies; losses are better when smaller.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number out of range.</exception>
    public ReduceOnPlateau(
        double reduction = 0.1, int patience = 10, double threshold = 1e-4, int cooldown = 0, double minimum = 0, bool largerIsBetter = false)
    {
        Check.BelowOne(reduction, nameof(ReduceOnPlateau));
        Check.NotNegative(patience, nameof(ReduceOnPlateau));
        Check.NotNegative(threshold, nameof(ReduceOnPlateau));
        Check.NotNegative(cooldown, nameof(ReduceOnPlateau));
        Check.InZeroToOne(minimum, nameof(ReduceOnPlateau));
        (_reduction, _patience, _threshold) = (reduction, patience, threshold);
        (_cooldown, _minimum, _largerIsBetter) = (cooldown, minimum, largerIsBetter);
        State = new PlateauState(1, largerIsBetter ? double.NegativeInfinity : double.PositiveInfinity, 0, 0);
    }

    /// <summary>What it remembers; keep it in a checkpoint and set it to go on.</summary>
    public PlateauState State { get; set; }

    /// <summary>The factor now.</summary>
    public double Factor => State.Factor;

    /// <summary>This as a schedule: the factor now, whatever the step.</summary>
    public Schedule Schedule => _ => Factor;

    /// <summary>Takes note of a metric; NaN is never a new best. True when the factor fell.</summary>
    public bool Report(double metric)
    {
        var (factor, best, waited, cooling) = State;
        (best, waited) = IsBetter(metric, best) ? (metric, 0) : (best, waited + 1);
        (waited, cooling) = cooling > 0 ? (0, cooling - 1) : (waited, cooling);
        if (waited > _patience)
        {
            (factor, waited, cooling) = (Math.Max(_reduction * factor, _minimum), 0, _cooldown);
        }

        var fell = factor < State.Factor;
        State = new PlateauState(factor, best, waited, cooling);
        return fell;
    }

    // Any first number is better than the infinity before it.
    private bool IsBetter(double metric, double best)
    {
        if (double.IsInfinity(best))
        {
            return _largerIsBetter ? metric > best : metric < best;
        }

        var margin = _threshold * Math.Abs(best);
        return _largerIsBetter ? metric > best + margin : metric < best - margin;
    }
}

/// <summary>What <see cref="ReduceOnPlateau"/> remembers.</summary>
/// <param name="Factor">The factor now.</param>
/// <param name="Best">The best metric seen.</param>
/// <param name="Waited">Reports since then.</param>
/// <param name="Cooling">Reports that will not count yet.</param>
public sealed record PlateauState(double Factor, double Best, int Waited, int Cooling);
