namespace DeepNotes.Tests.Training.Diagnoses;

public sealed class DiagnosisTests
{
    public static TheoryData<string, string, Symptom> Patterns => new()
    {
        { "falls", "falls", Symptom.StillLearning },
        { "falls", "flat", Symptom.Overfitting },
        { "falls", "rises", Symptom.Overfitting },
        { "flat", "falls", Symptom.DataSuspect },
        { "flat", "flat", Symptom.Converged },
        { "flat", "rises", Symptom.Overfitting },
        { "rises", "falls", Symptom.Diverging },
        { "rises", "flat", Symptom.Diverging },
        { "rises", "rises", Symptom.Diverging },
    };

    [Theory]
    [MemberData(nameof(Patterns))]
    public void Each_pair_of_trends_has_a_diagnosis(string training, string validation, Symptom expected)
    {
        var diagnosis = History(Curve(training, 1), Curve(validation, 2)).Diagnose();
        var finding = Assert.Single(diagnosis.Findings);
        Assert.Equal(expected, finding.Symptom);
        Assert.Equal(expected is Symptom.StillLearning or Symptom.Converged, finding.IsGood);
        Assert.All([finding.Evidence, finding.Reason, finding.Advice], text => Assert.True(text.Length > 20));
        Assert.Contains("Try: ", diagnosis.ToPlainText(), StringComparison.Ordinal);
        Assert.Contains("<em>Try:</em>", diagnosis.ToHtml(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(10, false)]
    public void Too_few_epochs_give_no_diagnosis(int epochs, bool hasValidation)
    {
        var history = History([.. Curve("falls", 1).Take(epochs)], hasValidation ? [.. Curve("falls", 2).Take(epochs)] : null);
        Assert.Empty(history.Diagnose().Findings);
        Assert.Contains("Nothing stands out", history.Diagnose().ToHtml(), StringComparison.Ordinal);
    }

    // Thirty samples with random labels, which can only be memorised.
    [Fact]
    public void A_network_that_memorises_noise_overfits()
    {
        var (train, validation) = (Noise(30, 1), Noise(200, 2));
        var trainer = new Trainer(Net(64), new Adam(0.01f), Loss.CrossEntropy) { ShowsProgress = false };
        Assert.Contains(Symptom.Overfitting, trainer.Fit(train, 40, 10, validation).Diagnose().Symptoms);
    }

    [Fact]
    public void A_small_rate_is_still_learning_and_a_long_training_has_converged()
    {
        Assert.Equal([Symptom.StillLearning], Regression(0.02f, 15).Diagnose().Symptoms);
        Assert.Equal([Symptom.Converged], Regression(0.2f, 60).Diagnose().Symptoms);
    }

    [Fact]
    public void A_huge_rate_diverges_with_all_four_signs_of_exploding_gradients()
    {
        var monitor = new TrainingMonitor(1);
        var trainer = new Trainer(Net(16, depth: 4, () => new LeakyReLU(0.5f)), new SGD(2), Loss.MeanSquaredError)
        {
            Callbacks = [monitor],
            ShowsProgress = false,
        };
        var x = Tensor.Normal([40, 2], seed: 1);
        Assert.Throws<TrainingException>(() => trainer.Fit(new Dataset(x, x), 100, 10));
        Assert.Equal(
            [Symptom.UnstableLoss, Symptom.GrowingGradients, Symptom.NotANumber, Symptom.LargeGradients], trainer.Diagnose().Symptoms);
    }

    [Fact]
    public void Weights_that_are_NaN_are_named()
    {
        var trainer = Runs.Trainer();
        Runs.Fit(trainer, 1);
        trainer.Network.Parameters[1].Value.Assign(Tensor.Full([8], float.NaN));
        var finding = Assert.Single(trainer.Diagnose().Findings);
        Assert.Equal(Symptom.NotANumber, finding.Symptom);
        Assert.Contains("0.Bias", finding.Evidence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-100, 16)]
    [InlineData(0, 0)]
    public void Rectifiers_with_a_large_negative_bias_are_dead(float bias, int dead)
    {
        var monitor = new TrainingMonitor(1);
        var net = Net(16);
        net.Parameters[1].Value.Assign(Tensor.Full([16], bias));
        var trainer = new Trainer(net, new Adam(0.001f), Loss.CrossEntropy) { Callbacks = [monitor], ShowsProgress = false };
        Runs.Fit(trainer, 4);
        Assert.Equal(dead, monitor.DeadUnits.Single(layer => layer.Name == "1 ReLU").Dead);
        var findings = trainer.Diagnose().Findings.Where(finding => finding.Symptom == Symptom.DeadUnits).ToList();
        Assert.Equal(dead > 0 ? ["1 ReLU: 16 of 16 units are 0 for every sample seen."] : [], findings.Select(finding => finding.Evidence));
    }

    [Fact]
    public void A_healthy_training_shows_no_sign_of_explosion()
    {
        var trainer = Runs.Trainer(1, new TrainingMonitor(1));
        Runs.Fit(trainer, 10);
        Assert.DoesNotContain(
            trainer.Diagnose().Symptoms,
            symptom => symptom is Symptom.UnstableLoss or Symptom.GrowingGradients or Symptom.NotANumber or Symptom.LargeGradients or Symptom.DeadUnits);
    }

    /// <summary>Twelve epochs with noise that is far smaller than the trend.</summary>
    private static double[] Curve(string way, ulong seed)
    {
        var scatter = Tensor.Normal([12], seed: seed).ToArray();
        return [.. Enumerable.Range(0, 12).Select(i => way switch
        {
            "falls" => 2 - (0.1 * i),
            "rises" => 1 + (0.1 * i),
            _ => 1.0,
        } + (0.004 * scatter[i]))];
    }

    private static History History(double[] training, double[]? validation)
    {
        var history = new History();
        for (var i = 0; i < training.Length; i++)
        {
            history.AddStep((float)training[i], 0.1f);
            history.AddEpoch(new EpochResult(i + 1, training[i], null, validation?[i], null));
        }

        return history;
    }

    private static History Regression(float rate, int epochs)
    {
        var x = Tensor.Linspace(-1, 1, 50).Reshape(50, 1);
        var data = new Dataset(x, (3 * x) - 1 + 0.3f * Tensor.Normal([50, 1], seed: 3));
        return new Trainer(new Linear(1, 1, seed: 1), new SGD(rate), Loss.MeanSquaredError) { ShowsProgress = false }
            .Fit(data, epochs, 50, validation: data);
    }

    private static Dataset Noise(int count, ulong seed) =>
        new(Tensor.Normal([count, 2], seed: seed), [.. new Generator(seed).Permutation(count).Select(i => i % 2)]);

    private static Sequential Net(int hidden, int depth = 1, Func<Layer>? activation = null)
    {
        Sequential net = [new Linear(2, hidden, seed: 1)];
        for (var i = 0; i < depth; i++)
        {
            net.Add(activation?.Invoke() ?? new ReLU());
            net.Add(new Linear(hidden, i == depth - 1 ? 2 : hidden, seed: (ulong)(i + 2)));
        }

        return net;
    }
}
