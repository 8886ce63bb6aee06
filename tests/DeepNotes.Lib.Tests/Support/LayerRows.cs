using static DeepNotes.Tests.Support.Mistake;

namespace DeepNotes.Tests.Support;

/// <summary>Every layer of the library.</summary>
public static class LayerRows
{
    private const string TooFew = "expected more than one value for each channel in training, got ";
    private const string NoImages = "expected images [N, C, H, W] of at least one value, got ";

    private static Tensor Rows23 => Tensor.Zeros([2, 3]);

    public static IReadOnlyList<LayerRow> All { get; } =
    [
        new(() => new Linear(5, 3), "Weight, Bias",
            ([2, 5], "[2, 3]"), ([0, 5], "[0, 3]"), ([2, 6], "Linear(5→3): expected [N, 5], got [2, 6]."), ([2, 3, 5], "Linear(5→3): expected [N, 5], got [2, 3, 5]."))
        {
            Mistakes =
            [
                WrongNumber("Linear: inputs 0: expected 1 or more", () => new Linear(0, 3)),
                WrongNumber("Linear: outputs -1: expected 1 or more", () => new Linear(5, -1)),
                Missing("Linear(5→3): expected a tensor, got null.", () => new Linear(5, 3).Forward(null!)),
            ],
        },
        new(() => new Linear(5, 3, bias: false), "Weight", ([2, 5], "[2, 3]"), ([0, 5], "[0, 3]")),
        new(() => new Flatten(), "", ([2, 3, 4], "[2, 12]"), ([0, 3, 4, 5], "[0, 60]"), ([2, 0, 4], "[2, 0]"), ([], "Flatten: expected [N, …], got a scalar.")),
        LayerRow.Elementwise(() => new ReLU()),
        LayerRow.Elementwise(() => new Sigmoid()),
        LayerRow.Elementwise(() => new Tanh()),
        LayerRow.Elementwise(() => new Step()),
        LayerRow.Elementwise(() => new LeakyReLU()),
        LayerRow.Elementwise(() => new ELU()),
        LayerRow.Elementwise(() => new SELU()),
        LayerRow.Elementwise(() => new Softplus()),
        LayerRow.Elementwise(() => new GELU()),
        LayerRow.Elementwise(() => new GELUTanh()),
        LayerRow.Elementwise(() => new SiLU()),
        LayerRow.Elementwise(() => new Mish()),
        LayerRow.Elementwise(() => new HardTanh()),
        LayerRow.Elementwise(() => new HardSigmoid()),
        LayerRow.Elementwise(() => new HardSwish()),
        new(() => new PReLU(), "Slope", ([2, 3, 4], "[2, 3, 4]"), ([0, 4], "[0, 4]")),
        new(() => new PReLU(3), "Slope", ([2, 3], "[2, 3]"), ([0, 3, 2], "[0, 3, 2]"), ([5, 4, 2], "PReLU(3): expected [N, 3, …], got [5, 4, 2]"))
        {
            Mistakes = [WrongNumber("PReLU: features 0: expected 1 or more", () => new PReLU(0))],
        },
        new(() => new Maxout(5, 3, pieces: 4), "Pieces.Weight, Pieces.Bias", ([2, 5], "[2, 3]"), ([0, 5], "[0, 3]"), ([2, 4], "Maxout(5→3, 4 pieces): expected [N, 5], got [2, 4].")),
        new(() => new Conv2d(3, 4, 3), "Weight, Bias",
            ([2, 3, 5, 7], "[2, 4, 3, 5]"),
            ([2, 1, 8, 8], "Conv2d(3→4, 3×3): expected [N, 3, H, W], got [2, 1, 8, 8]"),
            ([3, 8, 8], "Conv2d(3→4, 3×3): expected [N, 3, H, W], got [3, 8, 8]"),
            ([2, 3, 2, 8], "Convolve: a kernel 3×3 with dilation 1×1 is larger than an image 2×8 with padding 0×0"),
            ([0, 3, 8, 8], $"Convolve: {NoImages}[0, 3, 8, 8]"))
        {
            Mistakes =
            [
                WrongNumber("Conv2d: inputs 0: expected 1 or more", () => new Conv2d(0, 4, 3)),
                WrongNumber("Conv2d: outputs -1: expected 1 or more", () => new Conv2d(3, -1, 3)),
                WrongNumber("Conv2d: kernel 0×3", () => new Conv2d(3, 4, (0, 3))),
                WrongNumber("Conv2d: stride 0×0", () => new Conv2d(3, 4, 3, stride: 0)),
                WrongNumber("Conv2d: padding -1×0", () => new Conv2d(3, 4, 3, padding: (-1, 0))),
                WrongNumber("Conv2d: dilation -2×-2", () => new Conv2d(3, 4, 3, dilation: -2)),
                WrongNumber("Conv2d: groups 2: expected a divisor of 3 inputs and of 4 outputs", () => new Conv2d(3, 4, 3, groups: 2)),
            ],
        },
        new(() => new Conv2d(4, 6, (1, 3), 2, Padding.Same, groups: 2, bias: false), "Weight", ([2, 4, 5, 7], "[2, 6, 3, 4]")),
        new(() => new LocallyConnected2d(3, 4, (5, 7), 3, 2), "Weight, Bias",
            ([2, 3, 5, 7], "[2, 4, 2, 3]"),
            ([2, 3, 7, 5], "LocallyConnected2d(3→4, 3×3 on 5×7, stride 2×2): expected at least one image [N, 3, 5, 7], got [2, 3, 7, 5]"),
            ([0, 3, 5, 7], "LocallyConnected2d(3→4, 3×3 on 5×7, stride 2×2): expected at least one image [N, 3, 5, 7], got [0, 3, 5, 7]"))
        {
            Mistakes =
            [
                WrongNumber("LocallyConnected2d: inputs 0: expected 1 or more", () => new LocallyConnected2d(0, 3, 8, 3)),
                WrongNumber("LocallyConnected2d: image 0×0", () => new LocallyConnected2d(1, 3, 0, 3)),
                WrongNumber("LocallyConnected2d: stride 0×0", () => new LocallyConnected2d(1, 3, 8, 3, stride: 0)),
            ],
        },
        new(() => new LocallyConnected2d(2, 3, 4, (3, 2), padding: 1, bias: false), "Weight", ([2, 2, 4, 4], "[2, 3, 4, 5]")),
        new(() => new MaxPool2d(3, 2), "",
            ([2, 3, 7, 9], "[2, 3, 3, 4]"), ([2, 3, 2, 8], "MaxPool: a kernel 3×3"), ([2, 3], $"MaxPool: {NoImages}[2, 3]"), ([0, 3, 8, 8], $"MaxPool: {NoImages}[0, 3, 8, 8]"))
        {
            Mistakes =
            [
                WrongNumber("MaxPool2d: kernel 0×0", () => new MaxPool2d(0)),
                WrongNumber("MaxPool2d: padding 2×2: expected at most half of the kernel 3×3", () => new MaxPool2d(3, padding: 2)),
            ],
        },
        new(() => new AveragePool2d(2), "",
            ([2, 3, 5, 7], "[2, 3, 2, 3]"), ([2, 3, 1, 1], "AveragePool: a kernel 2×2"), ([0, 3, 8, 8], $"AveragePool: {NoImages}[0, 3, 8, 8]"))
        {
            Mistakes = [WrongNumber("AveragePool2d: padding -1×-1", () => new AveragePool2d(3, padding: -1))],
        },
        new(() => new AdaptiveAveragePool2d((2, 3)), "",
            ([2, 3, 5, 7], "[2, 3, 2, 3]"), ([2, 3], $"AdaptiveAveragePool2d(2×3): {NoImages}[2, 3]"), ([0, 3, 8, 8], $"AdaptiveAveragePool2d(2×3): {NoImages}[0, 3, 8, 8]"))
        {
            Mistakes = [WrongNumber("AdaptiveAveragePool2d: output 0×0", () => new AdaptiveAveragePool2d(0))],
        },
        new(() => new AdaptiveMaxPool2d(4), "", ([2, 3, 5, 7], "[2, 3, 4, 4]"), ([0, 3, 4, 4], $"AdaptiveMaxPool2d(4×4): {NoImages}[0, 3, 4, 4]")),
        new(() => new GlobalAveragePool(), "",
            ([2, 3, 5, 7], "[2, 3]"), ([2, 3], $"GlobalAveragePool: {NoImages}[2, 3]"), ([0, 3, 8, 8], $"GlobalAveragePool: {NoImages}[0, 3, 8, 8]")),
        new(() => new GlobalMaxPool(), "", ([2, 3, 5, 7], "[2, 3]"), ([2, 0, 3, 3], $"GlobalMaxPool: {NoImages}[2, 0, 3, 3]")),
        new(() => new BatchNorm1d(3), "Weight, Bias",
            ([2, 3], "[2, 3]"),
            ([1, 3], $"BatchNorm1d(3): {TooFew}[1, 3]"),
            ([0, 3], $"BatchNorm1d(3): {TooFew}[0, 3]"),
            ([5, 4], "BatchNorm1d(3): expected [N, 3] or [N, 3, L], got [5, 4]"))
        {
            Mistakes = [WrongNumber("BatchNorm1d: momentum 1.5", () => new BatchNorm1d(3, momentum: 1.5f))],
        },
        new(() => Evaluating(new BatchNorm1d(3)), "Weight, Bias", ([1, 3], "[1, 3]"), ([0, 3], "[0, 3]"), ([0, 3, 7], "[0, 3, 7]"), ([2, 3, 0], "[2, 3, 0]")),
        new(() => new BatchNorm2d(3), "Weight, Bias",
            ([2, 3, 5, 7], "[2, 3, 5, 7]"),
            ([1, 3, 1, 1], $"BatchNorm2d(3): {TooFew}[1, 3, 1, 1]"),
            ([2, 3, 0, 4], $"BatchNorm2d(3): {TooFew}[2, 3, 0, 4]"),
            ([5, 3], "BatchNorm2d(3): expected [N, 3, H, W], got [5, 3]"))
        {
            Mistakes =
            [
                WrongNumber("BatchNorm2d: channels 0: expected 1 or more", () => new BatchNorm2d(0)),
                WrongNumber("BatchNorm2d: epsilon -1: expected a finite number of 0 or more", () => new BatchNorm2d(3, epsilon: -1)),
            ],
        },
        new(() => Evaluating(new BatchNorm2d(3)), "Weight, Bias", ([0, 3, 2, 5], "[0, 3, 2, 5]")),
        new(() => new LayerNorm(3), "Weight, Bias",
            ([2, 5, 3], "[2, 5, 3]"), ([5, 4], "LayerNorm([3]): expected [N, …, 3] of at least one value, got [5, 4]"), ([0, 3], "LayerNorm([3]): expected [N, …, 3] of at least one value, got [0, 3]"))
        {
            Mistakes =
            [
                WrongNumber("LayerNorm: shape []: expected one axis or more, of at least one value", () => new LayerNorm([])),
                WrongNumber("LayerNorm: epsilon NaN", () => new LayerNorm(3, float.NaN)),
            ],
        },
        new(() => new LayerNorm([3, 4]), "Weight, Bias",
            ([2, 3, 4], "[2, 3, 4]"),
            ([3, 4], "LayerNorm([3, 4]): expected [N, …, 3, 4] of at least one value, got [3, 4]"),
            ([2, 0, 3, 4], "LayerNorm([3, 4]): expected [N, …, 3, 4] of at least one value, got [2, 0, 3, 4]")),
        new(() => new GroupNorm(2, 4), "Weight, Bias",
            ([2, 4, 5], "[2, 4, 5]"),
            ([5, 3], "GroupNorm(2 groups of 4): expected [N, 4, …] of at least one value, got [5, 3]"),
            ([0, 4, 3], "GroupNorm(2 groups of 4): expected [N, 4, …] of at least one value, got [0, 4, 3]"))
        {
            Mistakes = [WrongNumber("GroupNorm: groups 3: expected a divisor of 4 channels", () => new GroupNorm(3, 4))],
        },
        new(() => new InstanceNorm2d(3), "",
            ([2, 3, 5, 7], "[2, 3, 5, 7]"),
            ([5, 3, 1, 1], "InstanceNorm2d(3): expected more than one position in an image, got [5, 3, 1, 1]"),
            ([0, 3, 5, 5], "InstanceNorm2d(3): expected [N, 3, …] of at least one value, got [0, 3, 5, 5]"))
        {
            Mistakes = [WrongNumber("InstanceNorm2d: epsilon NaN", () => new InstanceNorm2d(3, epsilon: float.NaN))],
        },
        LayerRow.Elementwise(() => new Dropout()) with
        {
            Mistakes = [WrongNumber("Dropout: probability 1.1: expected 0 to 1", () => new Dropout(1.1f))],
        },
        new(() => new SpatialDropout(), "", ([2, 3, 5, 7], "[2, 3, 5, 7]"), ([0, 3, 2, 2], "[0, 3, 2, 2]"), ([5, 3], "SpatialDropout(0.5): expected [N, C, …]"))
        {
            Mistakes = [WrongNumber("SpatialDropout: probability -0.1", () => new SpatialDropout(-0.1f))],
        },
        new(() => new StochasticDepth(), "", ([2, 3, 5, 7], "[2, 3, 5, 7]"), ([0, 4], "[0, 4]"), ([], "StochasticDepth(0.2): expected [N, …], got a scalar."))
        {
            Mistakes = [WrongNumber("StochasticDepth: probability NaN", () => new StochasticDepth(float.NaN))],
        },
        new(() => new DropConnect(5, 3), "Linear.Weight, Linear.Bias", ([2, 5], "[2, 3]"), ([0, 5], "[0, 3]"), ([5, 3], "DropConnect(5→3, 0.5): expected [N, 5], got [5, 3]"))
        {
            Mistakes = [WrongNumber("DropConnect: probability 2", () => new DropConnect(3, 3, 2))],
        },
        new(() => new Residual(new Linear(3, 3)), "Branch.Weight, Branch.Bias", ([2, 3], "[2, 3]"), ([0, 3], "[0, 3]")),
        new(() => new Residual(new Linear(4, 3)), "Branch.Weight, Branch.Bias", ([5, 4], "Residual: the branch gives [5, 3], the shortcut [5, 4]")),
        new(() => new Branches { new Linear(3, 2), new Linear(3, 4) }, "0.Weight, 0.Bias, 1.Weight, 1.Bias", ([2, 3], "[2, 6]"), ([0, 3], "[0, 6]")),
        new(() => new Branches(), "", ([5, 4], "Concatenate: expected at least one tensor")),
        new(() => new Embedding(5, 3), "Weight", ([2, 4], "[2, 4, 3]"), ([0, 2], "[0, 2, 3]"))
        {
            Mistakes =
            [
                WrongNumber("Embedding: width 0: expected 1 or more", () => new Embedding(3, 0)),
                WrongNumber("Embedding(5→3): expected whole numbers from 0 to 4, got 5 at position 0.", () => new Embedding(5, 3).Forward(Tensor.From(5f))),
            ],
        },
        new(() => new RNN(5, 3), "WeightIh, WeightHh, BiasIh",
            ([2, 4, 5], "[2, 4, 3]"), ([2, 5], NoSteps("RNN") + "[2, 5]"), ([0, 2, 5], NoSteps("RNN") + "[0, 2, 5]"), ([2, 0, 5], NoSteps("RNN") + "[2, 0, 5]"))
        {
            Mistakes =
            [
                WrongNumber("RNN: inputs 0: expected 1 or more", () => new RNN(0, 3)),
                WrongNumber("RNN: hidden -1: expected 1 or more", () => new RNN(5, -1)),
                WrongShape("RNN(5→3): expected a state [2, 3] without a cell, got [1, 3] without a cell", () => Run(new RNN(5, 3), new(Tensor.Zeros([1, 3])))),
            ],
        },
        new(() => new LSTM(5, 3), "WeightIh, WeightHh, BiasIh",
            ([2, 4, 5], "[2, 4, 3]"), ([2, 4, 6], NoSteps("LSTM") + "[2, 4, 6]"), ([0, 2, 5], NoSteps("LSTM") + "[0, 2, 5]"), ([2, 0, 5], NoSteps("LSTM") + "[2, 0, 5]"))
        {
            Mistakes =
            [
                WrongNumber("LSTM: inputs -5: expected 1 or more", () => new LSTM(-5, 3)),
                WrongNumber("LSTM: hidden 0: expected 1 or more", () => new LSTM(5, 0)),
                WrongShape("LSTM(5→3): expected a state [2, 3] and a cell [2, 3], got [2, 3] without a cell", () => Run(new LSTM(5, 3), new(Rows23))),
                WrongShape("LSTM(5→3): expected a state [2, 3] and a cell [2, 3], got [2, 3] and a cell [2, 4]", () => Run(new LSTM(5, 3), new(Rows23, Tensor.Zeros([2, 4])))),
            ],
        },
        new(() => new GRU(5, 3, twoBiases: true), "WeightIh, WeightHh, BiasIh, BiasHh",
            ([2, 4, 5], "[2, 4, 3]"), ([2, 5], NoSteps("GRU") + "[2, 5]"), ([0, 4, 5], NoSteps("GRU") + "[0, 4, 5]"), ([2, 0, 5], NoSteps("GRU") + "[2, 0, 5]"))
        {
            Mistakes =
            [
                WrongNumber("GRU: inputs 0: expected 1 or more", () => new GRU(0, 3)),
                WrongNumber("GRU: hidden -3: expected 1 or more", () => new GRU(5, -3)),
                WrongShape("GRU(5→3): expected a state [2, 3] without a cell, got [2, 3] and a cell [2, 3]", () => Run(new GRU(5, 3), new(Rows23, Rows23))),
            ],
        },
        new(() => new Bidirectional(new RNN(5, 3), new RNN(5, 2)),
            "LeftToRight.WeightIh, LeftToRight.WeightHh, LeftToRight.BiasIh, RightToLeft.WeightIh, RightToLeft.WeightHh, RightToLeft.BiasIh",
            ([2, 4, 5], "[2, 4, 5]"), ([2, 5], NoSteps("RNN") + "[2, 5]"), ([2, 0, 5], NoSteps("RNN") + "[2, 0, 5]")),
        new(() => new LastStep(), "",
            ([2, 4, 5], "[2, 5]"),
            ([2, 5], "LastStep: expected [N, T, features] of at least one step, got [2, 5]"),
            ([2, 0, 3], "LastStep: expected [N, T, features] of at least one step, got [2, 0, 3]"),
            ([0, 2, 3], "LastStep: expected [N, T, features] of at least one step, got [0, 2, 3]")),
        new(() => new BasicBlock(3, 3), "Conv1.Weight, Bn1.Weight, Bn1.Bias, Conv2.Weight, Bn2.Weight, Bn2.Bias", ([2, 3, 5, 7], "[2, 3, 5, 7]"), ([2, 1, 5, 7], "Conv2d(3→3, 3×3, padding 1×1): expected [N, 3, H, W], got [2, 1, 5, 7]."), ([0, 3, 5, 7], $"Convolve: {NoImages}[0, 3, 5, 7].")),
        new(() => new Bottleneck(3, 1, stride: 2),
            "Conv1.Weight, Bn1.Weight, Bn1.Bias, Conv2.Weight, Bn2.Weight, Bn2.Bias, Conv3.Weight, Bn3.Weight, Bn3.Bias, "
            + "Downsample.0.Weight, Downsample.1.Weight, Downsample.1.Bias",
            ([2, 3, 5, 7], "[2, 4, 3, 4]"), ([2, 1, 5, 7], "Conv2d(3→1, 1×1): expected [N, 3, H, W], got [2, 1, 5, 7]."), ([0, 3, 5, 7], $"Convolve: {NoImages}[0, 3, 5, 7].")),
        new(() => new Inception(3, new(1, 2, 3, 4, 5, 6)),
            "Branch1.Conv.Weight, Branch1.Conv.Bias, Branch2.0.Conv.Weight, Branch2.0.Conv.Bias, Branch2.1.Conv.Weight, "
            + "Branch2.1.Conv.Bias, Branch3.0.Conv.Weight, Branch3.0.Conv.Bias, Branch3.1.Conv.Weight, Branch3.1.Conv.Bias, "
            + "Branch4.1.Conv.Weight, Branch4.1.Conv.Bias",
            ([2, 3, 5, 7], "[2, 15, 5, 7]"), ([2, 1, 5, 7], "Conv2d(3→1, 1×1): expected [N, 3, H, W], got [2, 1, 5, 7]."), ([0, 3, 5, 7], $"Convolve: {NoImages}[0, 3, 5, 7].")),
        new(() => new Softmax(), "", ([2, 3], "[2, 3]"), ([3, 0], "[3, 0]"), ([], "Softmax: axis -1 of shape []: expected none, a scalar has no axes."))
        {
            Mistakes = [WrongNumber("Softmax: temperature -1: expected a finite number above 0", () => new Softmax(-1))],
        },
        new(() => new LogSoftmax(), "", ([2, 3], "[2, 3]"), ([3, 0], "[3, 0]"), ([], "LogSoftmax: axis -1 of shape []: expected none, a scalar has no axes."))
        {
            Mistakes = [WrongNumber("LogSoftmax: temperature 0: expected a finite number above 0", () => new LogSoftmax(0))],
        },
        new(() => new Sequential { new Linear(4, 4), new Tanh(), new Sequential { new Linear(4, 2) } }, "0.Weight, 0.Bias, 2.0.Weight, 2.0.Bias",
            ([3, 4], "[3, 2]"), ([0, 4], "[0, 2]"), ([3, 5], "Linear(4→4): expected [N, 4], got [3, 5]."))
        {
            Mistakes =
            [
                WrongNumber("Sequential: layer 2: expected 0 to 1.", () => new Sequential { new ReLU(), new ReLU() }[2]),
                WrongNumber("Sequential: layer 0: expected none, it is empty.", () => new Sequential()[0]),
            ],
        },
    ];

    private static string NoSteps(string layer) => $"{layer}(5→3): expected [N, T, 5] of at least one step, got ";

    private static Tensor Run(DeepNotes.Recurrent layer, RecurrentState state) => layer.Run(Tensor.Zeros([2, 4, 5]), state).Outputs;

    private static Layer Evaluating(Layer layer)
    {
        layer.Train(false);
        return layer;
    }
}

/// <summary>A layer: the names of its parameters, the result for inputs of some shapes, a shape or an error, and other arguments that it refuses.</summary>
/// <param name="Make">Constructs the layer.</param>
/// <param name="Parameters">The names of its parameters.</param>
/// <param name="Inputs">Shapes of inputs, each with the shape of the output or the beginning of the error message.</param>
public sealed record LayerRow(Func<Layer> Make, string Parameters, params (int[] Input, string Result)[] Inputs)
{
    /// <summary>Shapes that every elementwise operation and layer takes: a matrix, a scalar, no samples, no features, images.</summary>
    public static IReadOnlyList<Shape> ElementwiseShapes { get; } = [[2, 3], [], [0, 4], [3, 0], [2, 3, 5, 7]];

    /// <summary>Constructor arguments that are refused, and errors that concern more than a shape.</summary>
    public IReadOnlyList<Mistake> Mistakes { get; init; } = [];

    /// <summary>Whether it accepts any shape and preserves it, so that no input is refused.</summary>
    public bool IsElementwise { get; private init; }

    public bool Refuses => Mistakes.Count > 0 || Inputs.Any(input => !input.Result.StartsWith('['));

    public static LayerRow Elementwise(Func<Layer> make) =>
        new(make, "", [.. ElementwiseShapes.Select(shape => (shape.ToArray(), shape.ToString()))]) { IsElementwise = true };

    public override string ToString() => Make().ToString()!;
}
