namespace DeepNotes.Tests.Support;

/// <summary>Layers as functions of their input and their parameters, named as in Golden/layers.py.</summary>
public static class LayerOperations
{
    public static IReadOnlyDictionary<string, Func<IReadOnlyList<Tensor>, Tensor>> Rows { get; } =
        new Dictionary<string, Func<Layer>>
        {
            ["Conv2d"] = () => new Conv2d(3, 4, 3),
            ["Conv2d one image of one"] = () => new Conv2d(1, 1, 1),
            ["Conv2d everything"] = () => new Conv2d(6, 9, (3, 2), (2, 1), (1, 2), (1, 3), groups: 3),
            ["Conv2d wide"] = () => new Conv2d(17, 33, 3, padding: 1, bias: false),
            ["Conv2d same"] = () => new Conv2d(2, 3, (4, 3), padding: Padding.Same),
            ["Conv2d replicate"] = () => new Conv2d(3, 2, 3, padding: (2, 1), paddingMode: PaddingMode.Replicate),
            ["LocallyConnected2d"] = () => new LocallyConnected2d(3, 4, (5, 6), 3),
            ["LocallyConnected2d everything"] = () => new LocallyConnected2d(2, 3, (7, 6), (3, 2), (2, 1), (1, 0)),
            ["LocallyConnected2d one by one"] = () => new LocallyConnected2d(2, 3, 1, 1, bias: false),
            ["BatchNorm1d epsilon 0"] = () => new BatchNorm1d(3, epsilon: 0),
            ["BatchNorm2d epsilon 0"] = () => new BatchNorm2d(2, epsilon: 0),
            ["LayerNorm epsilon 0"] = () => new LayerNorm(7, epsilon: 0),
            ["GroupNorm epsilon 0"] = () => new GroupNorm(2, 4, epsilon: 0),
            ["InstanceNorm2d epsilon 0"] = () => new InstanceNorm2d(3, epsilon: 0),
            ["MaxPool2d"] = () => new MaxPool2d(3, 2, 1),
            ["MaxPool2d covers all"] = () => new MaxPool2d(3, 2, coversAll: true),
            ["AveragePool2d"] = () => new AveragePool2d(2),
            ["AveragePool2d padded"] = () => new AveragePool2d(3, 2, 1),
            ["AveragePool2d without padding"] = () => new AveragePool2d(3, 2, 1, countsPadding: false),
            ["AdaptiveAveragePool2d"] = () => new AdaptiveAveragePool2d((3, 2)),
            ["AdaptiveAveragePool2d larger"] = () => new AdaptiveAveragePool2d(7),
            ["AdaptiveMaxPool2d"] = () => new AdaptiveMaxPool2d((3, 2)),
            ["GlobalAveragePool"] = () => new GlobalAveragePool(),
            ["GlobalMaxPool"] = () => new GlobalMaxPool(),
            ["BatchNorm1d"] = () => new BatchNorm1d(5),
            ["BatchNorm1d sequence"] = () => new BatchNorm1d(3),
            ["BatchNorm2d"] = () => new BatchNorm2d(5),
            ["BatchNorm2d one image"] = () => new BatchNorm2d(2),
            ["LayerNorm"] = () => new LayerNorm(17),
            ["LayerNorm of images"] = () => new LayerNorm([3, 4, 5]),
            ["GroupNorm"] = () => new GroupNorm(3, 6),
            ["InstanceNorm2d"] = () => new InstanceNorm2d(3),
            ["InstanceNorm2d affine"] = () => new InstanceNorm2d(3, affine: true),
            ["PReLU of images"] = () => new PReLU(3),
            ["Maxout"] = () => new Maxout(7, 3),
            ["Residual"] = () => new Residual(new Conv2d(3, 3, 3, padding: 1)),
            ["Residual with shortcut"] = () => new Residual(
                new Conv2d(3, 4, 3, 2, 1, bias: false), new Conv2d(3, 4, 1, 2, bias: false)),
            ["Branches"] = () => new Branches { new Conv2d(3, 2, 1, bias: false), new Conv2d(3, 5, 3, padding: 1, bias: false) },
        }.ToDictionary(row => row.Key, row => Function(row.Value));

    /// <summary>A layer as a function of x and its parameters, in order of declaration.</summary>
    public static Func<IReadOnlyList<Tensor>, Tensor> Function(Func<Layer> make) => inputs =>
    {
        var layer = make();
        foreach (var (parameter, value) in layer.Parameters.Zip(inputs.Skip(1), (parameter, value) => (parameter, value)))
        {
            parameter.Bind(value);
        }

        Assert.Equal(layer.Parameters.Count, inputs.Count - 1);
        return layer.Forward(inputs[0]);
    };
}
