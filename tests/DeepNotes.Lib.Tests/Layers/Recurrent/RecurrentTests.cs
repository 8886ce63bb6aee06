using DeepNotes.Tests.Support;

namespace DeepNotes.Tests.Layers.Recurrent;

public sealed class RecurrentTests
{
    public static TheoryData<DeepNotes.Recurrent> Kinds() =>
        [new RNN(5, 3, seed: 1), new RNN(5, 3, relu: true, seed: 2), new LSTM(5, 3, seed: 3), new GRU(5, 3, twoBiases: true, seed: 4)];

    // Two biases per gate: PyTorch's modules. One: counted by hand.
    public static TheoryData<Layer, long> Counts() => new()
    {
        { new LSTM(28, 32), 7808 },
        { new LSTM(28, 32, twoBiases: true), 7936 },
        { new RNN(28, 32), 1952 },
        { new RNN(28, 32, twoBiases: true), 1984 },
        { new GRU(28, 32), 5856 },
        { new GRU(28, 32, twoBiases: true), 5952 },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Two_halves_that_pass_the_state_on_equal_the_whole(DeepNotes.Recurrent layer)
    {
        var x = Tensor.Normal([2, 7, 5], seed: 1);
        var (whole, end) = layer.Run(x);
        var (first, state) = layer.Run(x.Slice(1, 0, 3));
        var (second, last) = layer.Run(x.Slice(1, 3, 4), state);

        AssertClose.Equal(Doubles(whole), Doubles(Tensor.Concatenate(1, first, second)), 1e-6, "outputs");
        AssertClose.Equal(Doubles(end.Hidden), Doubles(last.Hidden), 1e-6, "hidden");
        AssertClose.Equal(Doubles(new LastStep().Forward(whole)), Doubles(end.Hidden), 0, "last step");
        Assert.Equal(end.Cell is null, last.Cell is null);
        Assert.Equal(layer is LSTM, end.Cell is not null);
        if (end.Cell is not null)
        {
            AssertClose.Equal(Doubles(end.Cell), Doubles(last.Cell!), 1e-6, "cell");
        }
    }

    [Fact]
    public void A_detached_state_passes_no_gradient_to_its_past()
    {
        var (layer, x) = (new LSTM(5, 3, seed: 1), Tensor.Normal([2, 4, 5], seed: 2).RequireGradient());
        var detached = layer.Run(x).State.Detach();
        Assert.False(detached.Hidden.RequiresGradient || detached.Cell!.RequiresGradient);
        layer.Run(Tensor.Ones([2, 1, 5]), detached).Outputs.Sum().Backward();
        Assert.Null(x.Gradient);
        Assert.NotNull(layer.WeightHh.Gradient);
    }

    // CS231n, assignment 3, rnn_step_forward: N, D, H = 3, 10, 4; its weights are [inputs, outputs].
    [Fact]
    public void The_RNN_step_of_CS231n()
    {
        var layer = new RNN(10, 4);
        layer.WeightIh.Bind(Tensor.Linspace(-.1, .9, 40).Reshape(10, 4).Transpose());
        layer.WeightHh.Bind(Tensor.Linspace(-.3, .7, 16).Reshape(4, 4).Transpose());
        layer.BiasIh.Bind(Tensor.Linspace(-.2, .4, 4));
        var state = new RecurrentState(Tensor.Linspace(-.2, .5, 12).Reshape(3, 4));
        var h = layer.Run(Tensor.Linspace(-.4, .7, 30).Reshape(3, 1, 10), state).State.Hidden;
        AssertClose.Equal([-.58172089, -.50182032, -.41232771, -.31410098], Doubles(h.Slice(0, 0, 1)), 1e-6, "h");
    }

    [Theory]
    [MemberData(nameof(Counts))]
    public void Parameter_counts(Layer layer, long count) => Assert.Equal(count, layer.ParameterCount);

    // Each of 5 steps and 4 gates has H rows of D + H products.
    [Fact]
    public void A_summary_counts_every_step()
    {
        Sequential net = [new Embedding(10, 28), new LSTM(28, 32), new LastStep(), new Linear(32, 10)];
        var summary = net.Summary([1, 5]);
        Assert.Equal(5 * 4 * 32 * (28 + 32) + 320, summary.MultiplyAccumulates);
        Assert.Equal<Shape>([1, 10], summary.Layers[^1].Output);
        Assert.All(net.Parameters, parameter => Assert.False(parameter.IsAllocated));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_forget_gate_starts_at_the_requested_bias(bool twoBiases)
    {
        var layer = new LSTM(5, 3, forgetBias: 1, twoBiases, seed: 1);
        float[] bias = [.. layer.BiasIh.Value.ToArray().Zip(layer.BiasHh?.Value.ToArray() ?? new float[12], (a, b) => a + b)];
        Assert.Equal([1f, 1, 1], bias[3..6]);
        Assert.All(bias[..3].Concat(bias[6..]), value => Assert.InRange(MathF.Abs(value), 0, 2 / MathF.Sqrt(3)));
        Assert.All(new LSTM(5, 3, seed: 1).BiasIh.Value.ToArray(), value => Assert.InRange(MathF.Abs(value), 0, 1 / MathF.Sqrt(3)));
    }

    [Fact]
    public void Both_directions_need_a_layer_each_with_the_same_inputs()
    {
        var layer = new GRU(5, 3);
        Assert.Contains("got GRU(5→3) and itself", Assert.Throws<ArgumentException>(() => new Bidirectional(layer, layer)).Message, StringComparison.Ordinal);
        Assert.Contains(
            "got GRU(5→3) and RNN(4→3)", Assert.Throws<ArgumentException>(() => new Bidirectional(layer, new RNN(4, 3))).Message, StringComparison.Ordinal);
    }

    private static double[] Doubles(Tensor tensor) => [.. tensor.ToArray()];
}
