namespace DeepNotes.Tests;

public sealed class ScheduleTests
{
    // The learning rate 0.1/√(t + 1) at three steps.
    [Theory]
    [InlineData(0, 0.1)]
    [InlineData(3, 0.05)]
    [InlineData(29, 0.01825742)]
    public void The_inverse_square_root_has_known_values(int step, double expected) =>
        Assert.Equal(expected, 0.1 * Schedules.InverseSquareRoot()(step), 1e-8);

    [Fact]
    public void After_their_last_step_schedules_stay_at_their_end()
    {
        Assert.Equal(0.25, Schedules.Cosine(10, end: 0.25)(1000));
        Assert.Equal(0.25, Schedules.Polynomial(10, end: 0.25)(1000));
        Assert.Equal(0.25, Schedules.OneCycle(10, end: 0.25)(1000));
    }

    // The optimizer's learning rate is float32: its rounding is the only error.
    [Fact]
    public void A_schedule_does_not_drift()
    {
        var optimizer = new SGD(1) { Schedule = Schedules.Exponential(.9) };
        var w = new Parameter([1], (_, _) => [0], 0);
        for (var step = 0; step < 50; step++)
        {
            optimizer.ApplyGradients([(w, Tensor.From(1f))]);
        }

        Assert.Equal((float)Math.Pow(.9, 50), optimizer.CurrentLearningRate);
        Assert.Equal(Math.Pow(.9, 50), Schedules.Step(1, .9)(50), 1e-16);
        Assert.Equal(Math.Pow(.9, 50), Schedules.MultiStep(Enumerable.Range(1, 50), .9)(50), 1e-16);
    }

    [Fact]
    public void A_warm_up_starts_at_zero_by_default() => Assert.Equal(0, Schedules.Constant().AfterWarmUp(4)(0));

    [Fact]
    public void A_schedule_shows_itself_as_a_chart()
    {
        var chart = Schedules.Cosine(10).Chart(11, learningRate: 0.2).ToPlotlyJson();
        Assert.Contains("learning rate", chart.ToJsonString(), StringComparison.Ordinal);
        var y = chart["data"]![0]!["y"]!.AsArray();
        Assert.Equal(11, y.Count);
        Assert.Equal(0.2, y[0]!.GetValue<double>(), 1e-6);
    }

    [Fact]
    public void A_plateau_resumes_from_its_state()
    {
        var (one, two) = (new ReduceOnPlateau(patience: 1), new ReduceOnPlateau(patience: 1));
        one.Report(3);
        one.Report(3);
        two.State = one.State;
        Assert.True(two.Report(double.NaN));
        Assert.Equal(0.1, two.Factor);
    }

    public static TheoryData<string, Func<object>> BadInput() => new()
    {
        { "Constant: factor", () => Schedules.Constant(float.NaN) },
        { "Constant: factor", () => Schedules.Constant(-1) },
        { "Step: every", () => Schedules.Step(0) },
        { "Step: factor", () => Schedules.Step(1, -1.5) },
        { "MultiStep: factor", () => Schedules.MultiStep([1], float.NaN) },
        { "Exponential: factor", () => Schedules.Exponential(-0.1f) },
        { "Polynomial: steps", () => Schedules.Polynomial(0) },
        { "Polynomial: power", () => Schedules.Polynomial(5, -1) },
        { "InverseTime: decay", () => Schedules.InverseTime(float.PositiveInfinity) },
        { "Cosine: steps", () => Schedules.Cosine(-1) },
        { "Cosine: end", () => Schedules.Cosine(5, -1) },
        { "Exponential: factor", () => Schedules.Exponential(double.PositiveInfinity) },
        { "OneCycle: end", () => Schedules.OneCycle(10, end: 1.5) },
        { "AfterWarmUp: start", () => Schedules.Constant().AfterWarmUp(5, start: 1.5) },
        { "CosineRestarts: growth", () => Schedules.CosineRestarts(5, 0) },
        { "OneCycle: warmUp", () => Schedules.OneCycle(10, 2) },
        { "AfterWarmUp: steps", () => Schedules.Constant().AfterWarmUp(0) },
        { "Chart: steps", () => Schedules.Constant().Chart(0) },
        { "ReduceOnPlateau: reduction", () => new ReduceOnPlateau(1) },
        { "ReduceOnPlateau: patience", () => new ReduceOnPlateau(patience: -1) },
    };

    [Theory]
    [MemberData(nameof(BadInput))]
    public void Numbers_out_of_range_are_named(string expected, Func<object> make) =>
        Assert.StartsWith(expected, Assert.Throws<ArgumentOutOfRangeException>(make).Message, StringComparison.Ordinal);
}
