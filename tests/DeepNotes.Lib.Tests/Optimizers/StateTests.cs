using DeepNotes.Tests.Data;
using DeepNotes.Tests.Support;

namespace DeepNotes.Tests.Optimizers;

/// <summary>What an optimizer remembers, read and set by name.</summary>
public sealed class StateTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string File => _folder.File("state.safetensors");

    public void Dispose() => _folder.Dispose();

    // CS231n, assignment 2, fully connected networks: Adam from a given state, after five steps.
    [Fact]
    public void Adam_goes_on_from_a_given_state_as_in_CS231n()
    {
        var w = new Parameter([20], (_, _) => Tensor.Linspace(-.4, .6, 20).ToArray(), 0);
        var optimizer = new Adam(1e-2f);
        var state = optimizer.State(w);
        state["mean"] = Tensor.Linspace(.6, .9, 20);
        state["variance"] = Tensor.Linspace(.7, .5, 20);
        state.Step = 5;
        optimizer.ApplyGradients([(w, Tensor.Linspace(-.6, .4, 20))]);

        AssertClose.Equal([-.40094747, -.34836187, -.29577703, -.24319299, -.19060977], [.. w.Value.ToArray()[..5]], 1e-7, "w");
        AssertClose.Equal([.9 * .6 - .06, .999 * .7 + .001 * .36], [state["mean"][0], state["variance"][0]], 1e-7, "state");
        Assert.Equal(6, state.Step);
    }

    // CS231n, assignment 2: v = 0.9v - 0.001dw, w += v, from a given v, which is -η times this one.
    [Fact]
    public void Momentum_goes_on_from_a_given_state_as_in_CS231n()
    {
        var w = new Parameter([20], (_, _) => Tensor.Linspace(-.4, .6, 20).ToArray(), 0);
        var optimizer = new SGD(1e-3f, momentum: .9f);
        optimizer.State(w)["velocity"] = Tensor.Linspace(.6, .9, 20) * -1000;
        optimizer.ApplyGradients([(w, Tensor.Linspace(-.6, .4, 20))]);
        AssertClose.Equal([.1406, .20738947, 1.4096], [w.Value[0], w.Value[1], w.Value[19]], 5e-6, "w");
    }

    // z = 5 gives w = -z·α/β where nothing has been learnt yet.
    [Fact]
    public void What_is_set_before_the_first_update_counts_in_it()
    {
        var w = new Parameter([1], DeepNotes.Initializers.Ones, 0);
        var optimizer = new FTRL(.1f, beta: 1);
        optimizer.State(w)["z"] = Tensor.From(5f);
        optimizer.ApplyGradients([(w, Tensor.From(0f))]);
        Assert.Equal(-.5f, w.Value[0], 1e-7f);
    }

    public static TheoryData<string, Func<Optimizer>> Names() => new()
    {
        { "", () => new SGD(1) },
        { "velocity", () => new SGD(1, .9f) },
        { "squares", () => new AdaGrad() },
        { "variance, steps", () => new AdaDelta() },
        { "variance", () => new RMSProp() },
        { "variance, mean, velocity", () => new RMSProp(momentum: .5f, centered: true) },
        { "mean, variance", () => new Adam() },
        { "mean, variance", () => new AdamW() },
        { "mean, variance, largestVariance", () => new AMSGrad() },
        { "mean, variance", () => new Nadam() },
        { "mean, variance", () => new RAdam() },
        { "mean", () => new Lion() },
        { "squares, z", () => new FTRL() },
        { "", () => new OnlineGradientDescent(1) },
        { "mean, variance", () => new SwitchAfter(3, new Adam(), new SGD(1)) },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_optimizer_says_what_it_remembers_before_and_after_its_first_step(string names, Func<Optimizer> make)
    {
        var (w, optimizer) = (new Parameter([2, 3], (_, _) => [1, 2, 3, 4, 5, 6], 0), make());
        Assert.Equal(names, string.Join(", ", optimizer.State(w).Names));
        Assert.All(optimizer.State(w).Names, name => Assert.Equal(new float[6], optimizer.State(w)[name].ToArray()));
        Assert.Empty(optimizer.Save([]).Tensors);

        optimizer.ApplyGradients([(w, Tensor.Full([2, 3], 1))]);
        Assert.Equal(names, string.Join(", ", optimizer.State(w).Names));
        Assert.Equal(1, optimizer.State(w).Step);
        Assert.All(optimizer.State(w).Names, name => Assert.NotEqual(new float[6], optimizer.State(w)[name].ToArray()));
    }

    [Fact]
    public void Tensors_are_copied_both_ways()
    {
        var (w, optimizer) = (new Parameter([2], (_, _) => [1, 2], 0), new SGD(1, .5f));
        var given = Tensor.From(3, 4);
        optimizer.State(w)["velocity"] = given;
        var read = optimizer.State(w)["velocity"];
        optimizer.ApplyGradients([(w, Tensor.From(1, 1))]);
        Assert.Equal([3f, 4], given.ToArray());
        Assert.Equal([3f, 4], read.ToArray());
        Assert.Equal([2.5f, 3], optimizer.State(w)["velocity"].ToArray());
    }

    [Fact]
    public void A_number_is_remembered_by_name_too()
    {
        var (w, optimizer) = (new Parameter([1], (_, _) => [1], 0), new Nadam());
        Assert.Null(optimizer.State(w).Number("momentumProduct"));
        optimizer.State(w).SetNumber("momentumProduct", .25);
        Assert.Equal(.25, optimizer.State(w).Number("momentumProduct"));
    }

    [Fact]
    public void What_is_set_by_name_comes_back_from_a_file()
    {
        Sequential net = [new Linear(2, 3, seed: 1)];
        var (before, after) = (new Adam(), new Adam());
        before.Name(net);
        before.State("0.Weight")["mean"] = Tensor.Normal([3, 2], seed: 1);
        before.State("0.Bias")["variance"] = Tensor.From(1, 2, 3);
        before.State("0.Bias").Step = 7;

        var saved = before.Save(net.Parameters);
        Safetensors.Save(File, saved.Tensors);
        after.Name(net);
        after.Restore(saved with { Tensors = Safetensors.Load(File).Tensors }, net.Parameters);
        Assert.Equal(before.State("0.Weight")["mean"].ToArray(), after.State("0.Weight")["mean"].ToArray());
        Assert.Equal([1f, 2, 3], after.State("0.Bias")["variance"].ToArray());
        Assert.Equal((0, 7), (after.State("0.Weight").Step, after.State("0.Bias").Step));
    }

    [Fact]
    public void What_is_set_by_name_is_part_of_a_checkpoint()
    {
        Trainer Make() => new(new Sequential { new Linear(2, 2, seed: 1) }, new Adam(), Loss.CrossEntropy) { ShowsProgress = false };
        var (first, second) = (Make(), Make());
        first.Fit(new Dataset(Tensor.Normal([4, 2], seed: 1), [0, 1, 1, 0]), epochs: 1);
        first.Optimizer.State("0.Weight")["mean"] = Tensor.Full([2, 2], 5);
        first.Save(File);
        second.Resume(File);
        second.Optimizer.Name(second.Network);
        Assert.Equal([5f, 5, 5, 5], second.Optimizer.State("0.Weight")["mean"].ToArray());
    }

    public static TheoryData<string, Action<Optimizer, Parameter>> Mistakes() => new()
    {
        { "Adam.State: nothing is remembered as \"velocity\"; there is \"mean\", \"variance\".", (adam, w) => adam.State(w)["velocity"].ToArray() },
        { "Adam.State: nothing is remembered as \"Mean\"; there is \"mean\", \"variance\".", (adam, w) => adam.State(w)["Mean"] = Tensor.Ones([2]) },
        { "Adam.State: expected \"mean\" [2] as the parameter, got [3].", (adam, w) => adam.State(w)["mean"] = Tensor.Ones([3]) },
        { "Adam.State: Step -1: expected 0 or more", (adam, w) => adam.State(w).Step = -1 },
        { "Adam.State: nothing is remembered as \"product\"; with these settings there is nothing.", (adam, w) => adam.State(w).SetNumber("product", 1) },
        { "Adam.State: no parameter is called \"0.Weight\"; give the network to Name first.", (adam, _) => adam.State("0.Weight") },
        {
            "Adam.State: no parameter is called \"1.Weight\"; there are 0.Weight, 0.Bias.", (adam, _) =>
            {
                adam.Name(new Sequential { new Linear(2, 2) });
                adam.State("1.Weight");
            }
        },
        { "SGD.State: nothing is remembered as \"velocity\"; with these settings there is nothing.", (_, w) => new SGD(1).State(w)["velocity"].ToArray() },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_name_or_a_shape_that_does_not_fit_is_named_and_nothing_changes(string message, Action<Optimizer, Parameter> mistake)
    {
        var (w, adam) = (new Parameter([2], (_, _) => [1, 2], 0), new Adam());
        Assert.StartsWith(message, Assert.ThrowsAny<ArgumentException>(() => mistake(adam, w)).Message, StringComparison.Ordinal);
        Assert.Empty(adam.Save([w]).Tensors);
    }
}
