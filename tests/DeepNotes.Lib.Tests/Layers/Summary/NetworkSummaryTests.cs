namespace DeepNotes.Tests.Layers;

public sealed class NetworkSummaryTests
{
    // LeNet-5 in the form of d2l.ai, section 7.6: 61,706 parameters.
    private static Sequential LeNet() =>
    [
        new Conv2d(1, 6, 5, padding: 2), new Sigmoid(), new AveragePool2d(2),
        new Conv2d(6, 16, 5), new Sigmoid(), new AveragePool2d(2),
        new Flatten(), new Linear(400, 120), new Sigmoid(), new Linear(120, 84), new Sigmoid(), new Linear(84, 10),
    ];

    [Fact]
    public void Shapes_and_costs_are_known_without_weights()
    {
        var net = LeNet();
        var summary = net.Summary([1, 1, 28, 28]);

        Assert.Equal(61_706, summary.ParameterCount);
        Assert.Equal(28 * 28 * 6 * 25 + 10 * 10 * 16 * 150 + 400 * 120 + 120 * 84 + 840, summary.MultiplyAccumulates);
        Assert.Equal(3 * summary.MultiplyAccumulates - 28 * 28 * 6 * 25, summary.TrainingMultiplyAccumulates);
        Assert.Equal<Shape>([1, 16, 5, 5], summary.Layers[5].Output);
        Assert.Equal(0, summary.Layers[6].Activations);
        Assert.Equal("3", summary.Layers[3].Path);
        Assert.All(net.Parameters, parameter => Assert.False(parameter.IsAllocated));
        Assert.True(net.IsTraining);
        Assert.Contains("61,706 parameters", summary.ToPlainText(), StringComparison.Ordinal);
        Assert.Contains("61,706 parameters", summary.ToHtml(), StringComparison.Ordinal);
    }

    // CS231n: three 3×3 layers have a 7×7 receptive field. Strided ones by the recurrence of Araujo et al. 2019, distill.pub.
    public static TheoryData<Layer, int> Fields() => new()
    {
        { new Sequential { Conv(1), Conv(1), Conv(1) }, 7 },
        { new Sequential { Conv(2), Conv(2), Conv(1) }, 15 },
        { new Sequential { Conv(1), new MaxPool2d(2), Conv(1) }, 8 },
        { new Sequential { new Conv2d(2, 2, 3, padding: 2, dilation: 2), new ReLU() }, 5 },
        { new Sequential { new Residual(new Sequential { Conv(1), Conv(1) }), new ReLU(), Conv(1) }, 7 },
        { new Sequential { new Branches { Conv(1), new Conv2d(2, 2, 5, padding: 2) }, new ReLU() }, 5 },
        { new Sequential { new Conv2d(2, 2, (1, 3), padding: Padding.Same), new Dropout() }, 1 },
    };

    [Theory]
    [MemberData(nameof(Fields))]
    public void Receptive_fields(Layer network, int height) =>
        Assert.Equal(height, network.Summary([1, 2, 32, 32]).Layers[^1].Field!.Value.Seen.Height);

    // CS231n's table counts the input, each convolution and linear layer (ReLU in place) and each pooling.
    [Fact]
    public void VGG_16_keeps_as_many_activations_as_CS231n_counts()
    {
        var summary = new VGG(16).Summary([1, 3, 224, 224]);
        Assert.Equal(15_237_608, summary.Activations);
        Assert.Contains(
            "15,237,608 activations (58.1 MiB): the input and each layer's output, activation functions in place", summary.ToPlainText(), StringComparison.Ordinal);
        Assert.Equal(15_470_264_320, summary.MultiplyAccumulates);
        Assert.Equal(new Size2D(212, 212), summary.Layers.Last(layer => layer.Layer is MaxPool2d).Field!.Value.Seen);
    }

    // The output of an activation function overwrites its input; every other layer adds its output.
    [Fact]
    public void Activation_functions_work_in_place()
    {
        Sequential net = [new Linear(3, 5), new BatchNorm1d(5), new GELU(), new PReLU(5), new Dropout(), new Linear(5, 2), new Softmax()];
        var summary = net.Summary([4, 3]);
        Assert.Equal([20L, 20, 0, 0, 0, 8, 8], summary.Layers.Select(layer => layer.Activations));
        Assert.Equal(12 + 56, summary.Activations);
    }

    // CS231n, convolutional networks: AlexNet's first layer, (227 - 11)/4 + 1 = 55 positions along each axis, with and without weight sharing.
    [Fact]
    public void Sharing_weights_saves_a_factor_of_three_thousand()
    {
        var unshared = new LocallyConnected2d(3, 96, 227, 11, stride: 4);
        var summary = unshared.Summary([1, 3, 227, 227]);
        Assert.Equal(105_705_600, unshared.ParameterCount);
        Assert.Equal(34_944, new Conv2d(3, 96, 11, stride: 4).ParameterCount);
        Assert.Equal(290_400 * 363, summary.MultiplyAccumulates);
        Assert.Equal(290_400, summary.Layers[0].Activations);
        Assert.Equal(new Size2D(11, 11), summary.Layers[0].Field!.Value.Seen);
        Assert.False(unshared.Weight.IsAllocated);
    }

    [Fact]
    public void Batch_normalisation_keeps_its_statistics()
    {
        var norm = new BatchNorm2d(3);
        norm.Summary([2, 3, 4, 4]);
        Assert.Equal([1f, 1, 1], norm.RunningVar.Value.ToArray());
    }

    [Fact]
    public void A_wrong_input_names_the_layer()
    {
        var error = Assert.Throws<ShapeException>(() => LeNet().Summary([1, 3, 28, 28]));
        Assert.Contains("Conv2d(1→6, 5×5, padding 2×2): expected [N, 1, H, W], got [1, 3, 28, 28]", error.Message, StringComparison.Ordinal);
    }

    private static Conv2d Conv(int stride) => new(2, 2, 3, stride, 1);
}
