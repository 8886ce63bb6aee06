namespace DeepNotes;

/// <summary>
/// How learning rates change, as factors of the optimizer's rate, t from 0. A warm-up goes in front of any of them:
/// <c>Schedules.Cosine(900).AfterWarmUp(100)</c>.
/// </summary>
/// <remarks>Numbers out of range throw <see cref="ArgumentOutOfRangeException"/>, which names the schedule and the number.</remarks>
public static class Schedules
{
    /// <summary>f(t) = c.</summary>
    public static Schedule Constant(double factor = 1)
    {
        Check.NotNegative(factor, nameof(Constant));
        return _ => factor;
    }

    /// <summary>f(t) = γ^⌊t/T⌋: times <paramref name="factor"/> γ after <paramref name="every"/> T steps; above 1 the rate grows.</summary>
    public static Schedule Step(int every, double factor = 0.1)
    {
        Check.AtLeast(1, every, nameof(Step));
        Check.NotNegative(factor, nameof(Step));
        return step => Math.Pow(factor, step / every);
    }

    /// <summary>f(t) = γⁿ, n the number of milestones up to t; above 1 the rate grows.</summary>
    public static Schedule MultiStep(IEnumerable<int> milestones, double factor = 0.1)
    {
        Check.NotNegative(factor, nameof(MultiStep));
        int[] sorted = [.. milestones.Order()];
        return step => Math.Pow(factor, sorted.Count(milestone => milestone <= step));
    }

    /// <summary>f(t) = γᵗ; above 1 the rate grows, as in a range test.</summary>
    public static Schedule Exponential(double factor)
    {
        Check.NotNegative(factor, nameof(Exponential));
        return step => Math.Pow(factor, step);
    }

    /// <summary>f(t) = e + (1 - e)·(1 - t/T)ᵖ up to T, then <paramref name="end"/> e; p = 1 is a straight line, up where e is above 1.</summary>
    public static Schedule Polynomial(int steps, double power = 1, double end = 0)
    {
        Check.AtLeast(1, steps, nameof(Polynomial));
        Check.NotNegative(power, nameof(Polynomial));
        Check.NotNegative(end, nameof(Polynomial));
        return step => step >= steps ? end : (end + (1 - end) * Math.Pow(1 - (double)step / steps, power));
    }

    /// <summary>f(t) = 1/(1 + kt): meets Robbins and Monro's conditions (1951), Σf = ∞ and Σf² finite.</summary>
    public static Schedule InverseTime(double decay = 1)
    {
        Check.NotNegative(decay, nameof(InverseTime));
        return step => (1 / (1 + decay * step));
    }

    /// <summary>f(t) = 1/√(t + 1): the rate of Zinkevich's regret bound (2003).</summary>
    public static Schedule InverseSquareRoot() => step => (1 / Math.Sqrt(step + 1.0));

    /// <summary>f(t) = e + (1 - e)·(1 + cos(πt/T))/2 up to T, then <paramref name="end"/> e (Loshchilov and Hutter 2017).</summary>
    public static Schedule Cosine(int steps, double end = 0)
    {
        Check.AtLeast(1, steps, nameof(Cosine));
        Check.NotNegative(end, nameof(Cosine));
        return step => Between(1, end, Math.Min(1, (double)step / steps));
    }

    /// <summary>
    /// Warm restarts (SGDR; Loshchilov and Hutter 2017): a cosine over <paramref name="period"/> T steps, then from 1
    /// again, each period <paramref name="growth"/> times as long as the one before.
    /// </summary>
    public static Schedule CosineRestarts(int period, int growth = 1, double end = 0)
    {
        Check.AtLeast(1, period, nameof(CosineRestarts));
        Check.AtLeast(1, growth, nameof(CosineRestarts));
        Check.NotNegative(end, nameof(CosineRestarts));
        return step =>
        {
            if (growth == 1)
            {
                return Between(1, end, (double)(step % period) / period);
            }

            var (t, length) = ((long)step, (long)period);
            while (t >= length)
            {
                (t, length) = (t - length, length * growth);
            }

            return Between(1, end, (double)t / length);
        };
    }

    /// <summary>
    /// One cycle (Smith and Topin 2018), by cosines: from <paramref name="start"/> up to 1 in a <paramref name="warmUp"/>
    /// share of the steps, then down to <paramref name="end"/>. The optimizer's rate is the peak.
    /// </summary>
    public static Schedule OneCycle(int steps, double warmUp = 0.3, double start = 0.04, double end = 4e-6)
    {
        Check.AtLeast(1, steps, nameof(OneCycle));
        Check.InZeroToOne(warmUp, nameof(OneCycle));
        Check.InZeroToOne(start, nameof(OneCycle));
        Check.InZeroToOne(end, nameof(OneCycle));
        var (peak, last) = (warmUp * steps - 1, steps - 1.0);
        return step => step <= peak
            ? Between(start, 1, peak == 0 ? 1 : step / peak)
            : Between(1, end, peak >= last ? 1 : Math.Clamp((step - peak) / (last - peak), 0, 1));
    }

    // Half a cosine from a to b, p from 0 to 1.
    private static double Between(double a, double b, double p) => b + (a - b) * (1 + Math.Cos(Math.PI * p)) / 2;
}

/// <summary>
/// The factor of a learning rate at each step, the first step being 0: the optimizer's rate times
/// <c>schedule(step)</c>. Any function of a step will do; <see cref="Schedules"/> has the usual ones. Factors are doubles: powers of
/// a float32 drift, <c>.9f</c>⁵⁰ by 1.3e-6.
/// </summary>
public delegate double Schedule(int step);

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
