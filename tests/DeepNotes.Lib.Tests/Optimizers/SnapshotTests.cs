namespace DeepNotes.Tests.Optimizers;

public sealed class SnapshotTests
{
    public static TheoryData<string, Func<Optimizer>> Rows() => new()
    {
        { "momentum", () => new SGD(0.1f, 0.9f, nesterov: true) },
        { "AdaGrad", () => new AdaGrad(0.1f) },
        { "AdaDelta", () => new AdaDelta() },
        { "RMSProp", () => new RMSProp(momentum: 0.5f, centered: true) },
        { "Adam on a schedule", () => new Adam(0.1f) { Schedule = Schedules.InverseTime() } },
        { "RMSProp with epsilon inside", () => new RMSProp(epsilonInside: true) },
        { "Adam without bias correction", () => new Adam(0.1f, biasCorrection: false) },
        { "AdamW", () => new AdamW(0.1f) },
        { "AMSGrad", () => new AMSGrad(0.1f) },
        { "Nadam", () => new Nadam(0.1f) },
        { "RAdam", () => new RAdam(0.1f) },
        { "Lion", () => new Lion(0.1f) },
        { "FTRL", () => new FTRL(0.1f) },
        { "online", () => new OnlineGradientDescent(0.1f) },
        { "accumulating, clipped", () => new Adam(0.1f) { AccumulationSteps = 2, GlobalClipNorm = 0.5f } },
        { "switching later", () => new SwitchAfter(7, new Adam(0.1f), new SGD(0.1f, 0.9f)) },
        { "switched", () => new SwitchAfter(3, new Adam(0.1f), new SGD(0.1f, 0.9f)) },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Going_on_after_a_stop_is_the_same_to_the_bit(string name, Func<Optimizer> make)
    {
        var (straight, stopped) = (Parameters(), Parameters());
        var whole = make();
        Go(whole, straight, 0, 10);

        var before = make();
        before.LearningRate = whole.LearningRate;
        Go(before, stopped, 0, 5);
        var after = make();
        after.Restore(before.Save(stopped), stopped);
        Go(after, stopped, 5, 10);

        Assert.NotEmpty(name);
        Assert.Equal(whole.Step, after.Step);
        Assert.Equal(straight.SelectMany(w => w.Value.ToArray()), stopped.SelectMany(w => w.Value.ToArray()));
    }

    // CS231n, assignment 2: RMSProp from a cache of given values.
    [Fact]
    public void RMSProp_follows_CS231n()
    {
        var w = new Parameter([20], (_, _) => Tensor.Linspace(-.4, .6, 20).ToArray(), 0);
        var optimizer = new RMSProp(1e-2f, rho: 0.99f, epsilon: 1e-8f);
        optimizer.Restore(Snapshot("RMSProp", "0.variance", Tensor.Linspace(.6, .9, 20)), [w]);
        optimizer.ApplyGradients([(w, Tensor.Linspace(-.6, .4, 20))]);
        Assert.Equal(-.39223849, w.Value[0], 5e-8);
        Assert.Equal(.59576619, w.Value[19], 1e-7);
    }

    // RMSProp begins with a mean of zero: its first step is η/√(1-ρ), whatever the gradient.
    [Fact]
    public void The_first_step_of_RMSProp_is_too_long()
    {
        var w = new Parameter([1], (_, _) => [0], 0);
        new RMSProp(0.01f, rho: 0.9f).ApplyGradients([(w, Tensor.From(5f))]);
        Assert.Equal(-0.01 / Math.Sqrt(0.1), w.Value.ToSingle(), 1e-7);
    }

    public static TheoryData<string, OptimizerSnapshot> Wrong() => new()
    {
        { "of RMSProp", Snapshot("RMSProp", "0.mean", Tensor.Zeros([2])) },
        { "has shape [3]", Snapshot("Adam", "0.mean", Tensor.Zeros([3])) },
        { "belongs to none", Snapshot("Adam", "2.mean", Tensor.Zeros([2])) },
        { "belongs to none", Snapshot("Adam", "mean", Tensor.Zeros([2])) },
        { "step is missing", new OptimizerSnapshot("Adam", new Dictionary<string, Tensor>(), new Dictionary<string, double>()) },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_snapshot_that_does_not_fit_is_refused_and_nothing_changes(string expected, OptimizerSnapshot snapshot)
    {
        var parameters = Parameters();
        var optimizer = new Adam(0.1f);
        Go(optimizer, parameters, 0, 3);
        var before = optimizer.Save(parameters);
        var error = Assert.Throws<ArgumentException>(() => optimizer.Restore(snapshot, parameters));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        var after = optimizer.Save(parameters);
        Assert.Equal(before.Numbers, after.Numbers);
        Assert.Equal(before.Tensors.Keys, after.Tensors.Keys);
        Assert.All(before.Tensors, pair => Assert.Equal(pair.Value.ToArray(), after.Tensors[pair.Key].ToArray()));
    }

    [Fact]
    public void A_switch_to_another_second_optimizer_is_refused()
    {
        var parameters = Parameters();
        var saved = new SwitchAfter(2, new Adam(), new SGD(1)).Save(parameters);
        Assert.Throws<ArgumentException>(() => new SwitchAfter(2, new Adam(), new Lion()).Restore(saved, parameters));
    }

    [Fact]
    public void Saving_without_a_parameter_that_was_updated_is_refused()
    {
        var parameters = Parameters();
        var optimizer = new Adam();
        Go(optimizer, parameters, 0, 1);
        Assert.Throws<ArgumentException>(() => optimizer.Save([parameters[0]]));
    }

    private static OptimizerSnapshot Snapshot(string optimizer, string name, Tensor tensor) => new(
        optimizer,
        new Dictionary<string, Tensor> { [name] = tensor },
        new Dictionary<string, double> { ["step"] = 0, ["accumulated"] = 0, ["learningRate"] = 0.01 });

    private static Parameter[] Parameters() =>
        [new Parameter([2], (_, _) => [1, -2], 0), new Parameter([2, 2], (_, _) => [1, -2, 3, 0.5f], 0)];

    private static void Go(Optimizer optimizer, Parameter[] parameters, int from, int to)
    {
        for (var step = from; step < to; step++)
        {
            optimizer.ApplyGradients(parameters.Select((w, i) => (w, Tensor.Normal(w.Shape, seed: (ulong)(2 * step + i)))));
        }
    }
}
