namespace DeepNotes.Tests.Training;

public sealed class HistoryTests
{
    [Fact]
    public void Epochs_and_steps_are_written_as_CSV_in_full_precision()
    {
        var history = Given();
        Assert.Equal(
            """
            epoch,steps,loss,accuracy,validation_loss,validation_accuracy
            1,2,1.5,0.5,0.1,
            2,3,0.3333333333333333,,,

            """.ReplaceLineEndings("\n"),
            history.ToCsv());
        Assert.Equal("step,loss,learning_rate\n1,2,0.1\n2,1,0.05\n3,0.25,0.025\n", history.StepsToCsv());
    }

    [Fact]
    public void Curves_by_step_show_what_was_measured()
    {
        var history = Given();
        Assert.Contains("batch: line, 3 points, first 2, last 0.25", history.StepChart().ToPlainText(), StringComparison.Ordinal);
        Assert.Contains("3 points, first 0.1, last 0.025", history.LearningRateChart().ToPlainText(), StringComparison.Ordinal);
        Assert.DoesNotContain("validation", history.StepChart().ToPlainText(), StringComparison.Ordinal);
        var seen = Runs.Fit(Runs.Trainer(), epochs: 2);
        Assert.Contains("validation: line, 2 points", seen.StepChart().ToPlainText(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_training_is_drawn_by_a_thousand_of_its_steps()
    {
        var history = new History();
        for (var step = 1; step <= 5000; step++)
        {
            history.AddStep(step, 1f / step);
        }

        Assert.Contains("batch: line, 1000 points, first 1, last 5000", history.StepChart().ToPlainText(), StringComparison.Ordinal);
        Assert.Contains("1000 points, first 1, last 0.0002", history.LearningRateChart().ToPlainText(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_recorded_rates_follow_the_schedule()
    {
        var history = Runs.Fit(Runs.Trainer(), epochs: 1);
        Assert.Equal(Enumerable.Range(0, Runs.BatchesPerEpoch).Select(step => (float)(0.01f * Schedules.InverseTime(0.01f)(step))), history.StepLearningRates);
    }

    // By hand, β = 1/2: m₁ = 1, shown as 1/(1/2); m₂ = 1/2 + 2, shown as m₂/(3/4).
    [Fact]
    public void A_smoothed_curve_has_no_bias_towards_its_start() =>
        Assert.Equal([2, (0.5 + 2) / 0.75], Smoothing.Of([2, 4], 0.5));

    private static History Given()
    {
        var history = new History();
        history.AddStep(2, 0.1f);
        history.AddStep(1, 0.05f);
        history.AddEpoch(new EpochResult(1, 1.5, 0.5, 0.1, null));
        history.AddStep(0.25f, 0.025f);
        history.AddEpoch(new EpochResult(2, 1 / 3.0, null, null, null));
        return history;
    }
}
