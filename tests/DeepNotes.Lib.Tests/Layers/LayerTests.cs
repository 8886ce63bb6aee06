using System.Collections;

namespace DeepNotes.Tests.Layers;

public sealed class LayerTests
{
    /// <summary>Every layer there is: its parameters by name, and a shape that it takes and the one that it gives.</summary>
    public static TheoryData<Layer, string, int[], int[]> Catalogue() => new()
    {
        { new Linear(5, 3), "Weight, Bias", [2, 5], [2, 3] },
        { new Linear(5, 3, bias: false), "Weight", [2, 5], [2, 3] },
        { new Flatten(), "", [2, 3, 4], [2, 12] },
        { new ReLU(), "", [2, 3], [2, 3] },
        { new Sigmoid(), "", [2, 3], [2, 3] },
        { new Tanh(), "", [2, 3], [2, 3] },
        { new Step(), "", [2, 3], [2, 3] },
        { new LeakyReLU(), "", [2, 3], [2, 3] },
        { new ELU(), "", [2, 3], [2, 3] },
        { new SELU(), "", [2, 3], [2, 3] },
        { new Softplus(), "", [2, 3], [2, 3] },
        { new GELU(), "", [2, 3], [2, 3] },
        { new GELUTanh(), "", [2, 3], [2, 3] },
        { new SiLU(), "", [2, 3], [2, 3] },
        { new Mish(), "", [2, 3], [2, 3] },
        { new HardTanh(), "", [2, 3], [2, 3] },
        { new HardSigmoid(), "", [2, 3], [2, 3] },
        { new HardSwish(), "", [2, 3], [2, 3] },
        { new PReLU(), "Slope", [2, 3, 4], [2, 3, 4] },
        { new PReLU(3), "Slope", [2, 3], [2, 3] },
        { new Maxout(5, 3, pieces: 4), "Pieces.Weight, Pieces.Bias", [2, 5], [2, 3] },
        { new Conv2d(3, 4, 3), "Weight, Bias", [2, 3, 5, 7], [2, 4, 3, 5] },
        { new Conv2d(4, 6, (1, 3), 2, Padding.Same, groups: 2, bias: false), "Weight", [2, 4, 5, 7], [2, 6, 3, 4] },
        { new LocallyConnected2d(3, 4, (5, 7), 3, 2), "Weight, Bias", [2, 3, 5, 7], [2, 4, 2, 3] },
        { new LocallyConnected2d(2, 3, 4, (3, 2), padding: 1, bias: false), "Weight", [2, 2, 4, 4], [2, 3, 4, 5] },
        { new MaxPool2d(3, 2), "", [2, 3, 7, 9], [2, 3, 3, 4] },
        { new AveragePool2d(2), "", [2, 3, 5, 7], [2, 3, 2, 3] },
        { new AdaptiveAveragePool2d((2, 3)), "", [2, 3, 5, 7], [2, 3, 2, 3] },
        { new AdaptiveMaxPool2d(4), "", [2, 3, 5, 7], [2, 3, 4, 4] },
        { new GlobalAveragePool(), "", [2, 3, 5, 7], [2, 3] },
        { new GlobalMaxPool(), "", [2, 3, 5, 7], [2, 3] },
        { new BatchNorm1d(3), "Weight, Bias", [2, 3], [2, 3] },
        { new BatchNorm2d(3), "Weight, Bias", [2, 3, 5, 7], [2, 3, 5, 7] },
        { new LayerNorm(3), "Weight, Bias", [2, 5, 3], [2, 5, 3] },
        { new GroupNorm(2, 4), "Weight, Bias", [2, 4, 5], [2, 4, 5] },
        { new InstanceNorm2d(3), "", [2, 3, 5, 7], [2, 3, 5, 7] },
        { new Dropout(), "", [2, 3], [2, 3] },
        { new SpatialDropout(), "", [2, 3, 5, 7], [2, 3, 5, 7] },
        { new StochasticDepth(), "", [2, 3, 5, 7], [2, 3, 5, 7] },
        { new DropConnect(5, 3), "Linear.Weight, Linear.Bias", [2, 5], [2, 3] },
        { new Residual(new Linear(3, 3)), "Branch.Weight, Branch.Bias", [2, 3], [2, 3] },
        { new Branches { new Linear(3, 2), new Linear(3, 4) }, "0.Weight, 0.Bias, 1.Weight, 1.Bias", [2, 3], [2, 6] },
        { new Embedding(5, 3), "Weight", [2, 4], [2, 4, 3] },
        { new RNN(5, 3), "WeightIh, WeightHh, BiasIh", [2, 4, 5], [2, 4, 3] },
        { new LSTM(5, 3), "WeightIh, WeightHh, BiasIh", [2, 4, 5], [2, 4, 3] },
        { new GRU(5, 3, twoBiases: true), "WeightIh, WeightHh, BiasIh, BiasHh", [2, 4, 5], [2, 4, 3] },
        {
            new Bidirectional(new RNN(5, 3), new RNN(5, 2)),
            "LeftToRight.WeightIh, LeftToRight.WeightHh, LeftToRight.BiasIh, RightToLeft.WeightIh, RightToLeft.WeightHh, RightToLeft.BiasIh",
            [2, 4, 5], [2, 4, 5]
        },
        { new LastStep(), "", [2, 4, 5], [2, 5] },
        { new BasicBlock(3, 3), "Conv1.Weight, Bn1.Weight, Bn1.Bias, Conv2.Weight, Bn2.Weight, Bn2.Bias", [2, 3, 5, 7], [2, 3, 5, 7] },
        {
            new Bottleneck(3, 1, stride: 2),
            "Conv1.Weight, Bn1.Weight, Bn1.Bias, Conv2.Weight, Bn2.Weight, Bn2.Bias, Conv3.Weight, Bn3.Weight, Bn3.Bias, "
            + "Downsample.0.Weight, Downsample.1.Weight, Downsample.1.Bias",
            [2, 3, 5, 7], [2, 4, 3, 4]
        },
        {
            new Inception(3, new(1, 2, 3, 4, 5, 6)),
            "Branch1.Conv.Weight, Branch1.Conv.Bias, Branch2.0.Conv.Weight, Branch2.0.Conv.Bias, Branch2.1.Conv.Weight, "
            + "Branch2.1.Conv.Bias, Branch3.0.Conv.Weight, Branch3.0.Conv.Bias, Branch3.1.Conv.Weight, Branch3.1.Conv.Bias, "
            + "Branch4.1.Conv.Weight, Branch4.1.Conv.Bias",
            [2, 3, 5, 7], [2, 15, 5, 7]
        },
        { new Softmax(), "", [2, 3], [2, 3] },
        { new LogSoftmax(), "", [2, 3], [2, 3] },
        { new Sequential { new Linear(4, 4), new Tanh(), new Sequential { new Linear(4, 2) } }, "0.Weight, 0.Bias, 2.0.Weight, 2.0.Bias", [3, 4], [3, 2] },
    };

    [Theory]
    [MemberData(nameof(Catalogue))]
    public void Parameters_are_found_and_shapes_are_as_said(Layer layer, string names, int[] input, int[] output)
    {
        Assert.Equal(names, string.Join(", ", layer.NamedParameters.Select(named => named.Name)));
        Assert.Equal<Shape>(output, layer.Forward(Tensor.Ones(input)).Shape);
        Assert.NotEmpty(layer.ToHtml());
    }

    [Fact]
    public void The_catalogue_has_every_layer()
    {
        var known = Catalogue().Select(row => ((object[])row)[0].GetType()).ToHashSet();
        var all = typeof(Layer).Assembly.GetExportedTypes().Where(type =>
            type.IsAssignableTo(typeof(Layer)) && !type.IsAssignableTo(typeof(ImageClassifier)) && !type.IsAbstract);
        Assert.Equal(all.OrderBy(type => type.Name), known.OrderBy(type => type.Name));
    }

    [Fact]
    public void Parameters_are_made_on_first_use_from_the_seed_of_construction()
    {
        Seeds.Start(3);
        var (first, second) = (new Linear(4, 4), new Linear(4, 4));
        Assert.All(first.Parameters.Concat(second.Parameters), parameter => Assert.False(parameter.IsAllocated));
        Assert.Equal(20, first.ParameterCount);
        var late = second.Weight.Value.ToArray();

        Seeds.Start(3);
        var (again, _) = (new Linear(4, 4), 0);
        Assert.Equal(again.Weight.Value.ToArray(), first.Weight.Value.ToArray());
        Assert.NotEqual(late, first.Weight.Value.ToArray());
        Assert.Equal(new Linear(4, 4, seed: 9).Bias!.Value.ToArray(), new Linear(4, 4, seed: 9).Bias!.Value.ToArray());
    }

    // Normalisation, sum and ReLU are one walk over memory where nobody looks between them.
    [Fact]
    public void Layers_that_compute_together_are_seen_one_by_one_and_give_the_same()
    {
        Sequential net = [new BatchNorm2d(3), new ReLU(), new BasicBlock(3, 3)];
        var x = Tensor.Normal([4, 3, 5, 5], seed: 1);
        var (together, seen) = (ValueAndGradients(), new List<string>());
        using (Layer.Watch((layer, _, _) => seen.Add(layer.GetType().Name)))
        {
            Assert.Equal(ValueAndGradients(), together);
        }

        Assert.Equal(
            "BatchNorm2d ReLU Conv2d BatchNorm2d ReLU Conv2d BatchNorm2d ReLU BasicBlock Sequential", string.Join(' ', seen));

        float[] ValueAndGradients()
        {
            net.ClearGradients();
            var y = net.Forward(x);
            y.Backward(Tensor.Normal(y.Shape, seed: 2));
            return [.. y.ToArray(), .. net.Parameters.SelectMany(parameter => parameter.Gradient!.ToArray())];
        }
    }

    [Theory]
    [InlineData(new[] { 32, 28, 28 }, "Linear(784→256): expected [N, 784], got [32, 28, 28].")]
    [InlineData(new[] { 32, 783 }, "Linear(784→256): expected [N, 784], got [32, 783].")]
    public void A_wrong_shape_names_the_layer(int[] shape, string message)
    {
        var error = Assert.Throws<ShapeException>(() => new Linear(784, 256).Forward(Tensor.Zeros(shape)));
        Assert.Equal(message, error.Message);
    }

    [Theory]
    [InlineData(0, 5)]
    [InlineData(5, -1)]
    public void A_size_must_be_positive(int inputs, int outputs) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Linear(inputs, outputs));

    [Fact]
    public void Predict_neither_records_nor_leaves_evaluation_on()
    {
        Sequential net = [new Linear(3, 2)];
        var y = net.Predict(Tensor.Ones([4, 3]));
        Assert.False(y.RequiresGradient);
        Assert.All(((IEnumerable)net).Cast<Layer>().Append(net), layer => Assert.True(layer.IsTraining));
    }
}
