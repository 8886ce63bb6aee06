namespace DeepNotes;

/// <summary>What can be done with a schedule.</summary>
public static class ScheduleExtensions
{
    /// <summary>
    /// A linear warm-up before this schedule, which begins after it (Goyal et al. 2017): start + (1 - start)·t/W for t &lt; W,
    /// then schedule(t - W).
    /// </summary>
    /// <param name="schedule">What follows; at its step 0 when the warm-up ends.</param>
    /// <param name="steps">W, the steps of the warm-up.</param>
    /// <param name="start">The factor at step 0, as a share of the schedule's first one.</param>
    /// <exception cref="ArgumentOutOfRangeException">No steps, or a start below 0 or above 1.</exception>
    public static Schedule AfterWarmUp(this Schedule schedule, int steps, double start = 0)
    {
        Check.AtLeast(1, steps, nameof(AfterWarmUp));
        Check.InZeroToOne(start, nameof(AfterWarmUp));
        return step => step < steps
            ? schedule(0) * (start + (1 - start) * step / steps)
            : schedule(step - steps);
    }

    /// <summary>The curve of a schedule over its first steps.</summary>
    /// <param name="schedule">The schedule.</param>
    /// <param name="steps">How many steps to show.</param>
    /// <param name="learningRate">The rate that the factors multiply.</param>
    /// <exception cref="ArgumentOutOfRangeException">No steps.</exception>
    public static Chart Chart(this Schedule schedule, int steps, double learningRate = 1)
    {
        Check.AtLeast(1, steps, nameof(Chart));
        return DeepNotes.Chart.Line(Enumerable.Range(0, steps).Select(step => schedule(step) * learningRate))
            .WithTitle("Schedule").WithXAxis("step").WithYAxis(learningRate == 1 ? "factor" : "learning rate");
    }
}
