using DeepNotes.Tests.Support;

namespace DeepNotes.Tests;

public sealed class LayerExportTests
{
    public static TheoryData<LayerRow> Rows() => [.. LayerRows.All.Where(row => row.Inputs.Any(Computes))];

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_layer_computes_what_ONNX_Runtime_computes(LayerRow row) => Assert.All(row.Inputs.Where(Computes), input =>
        OnnxRuntime.ComputesAlike(row.Make, input.Input, row.Make() is Embedding embedding ? shape => Indices(shape, embedding.Count) : null));

    public static TheoryData<string, Func<Layer>, Shape> Variants() => new()
    {
        { "same padding that is odd", () => new Conv2d(3, 4, 4, 3, Padding.Same), [1, 3, 8, 7] },
        { "repeated edge", () => new Conv2d(3, 4, (3, 2), padding: (2, 1), paddingMode: PaddingMode.Replicate), [1, 3, 5, 6] },
        { "repeated edge, same size", () => new Conv2d(3, 4, 4, padding: Padding.Same, paddingMode: PaddingMode.Replicate), [1, 3, 5, 6] },
        { "dilated", () => new Conv2d(2, 4, 3, (2, 1), (2, 3), dilation: (2, 3)), [1, 2, 11, 12] },
        { "depthwise", () => new Conv2d(6, 6, 3, padding: 1, groups: 6), [1, 6, 5, 5] },
        { "largest, padded", () => new MaxPool2d(3, 2, 1), [1, 3, 7, 8] },
        { "largest, covers all", () => new MaxPool2d(3, 2, coversAll: true), [1, 3, 8, 6] },
        { "largest, padded, covers all", () => new MaxPool2d(3, 2, 1, coversAll: true), [1, 3, 8, 7] },
        { "largest, a window in the padding is left out", () => new MaxPool2d(2, 2, 1, coversAll: true), [1, 3, 5, 7] },
        { "mean, padded", () => new AveragePool2d(3, 2, 1), [1, 3, 7, 8] },
        { "mean inside", () => new AveragePool2d(3, 2, 1, countsPadding: false), [1, 3, 7, 8] },
        { "mean, covers all", () => new AveragePool2d(3, 2, coversAll: true), [1, 3, 8, 6] },
        { "mean, padded, covers all", () => new AveragePool2d(3, 2, 1, coversAll: true), [1, 3, 8, 7] },
        { "mean inside, covers all", () => new AveragePool2d(3, 2, 1, coversAll: true, countsPadding: false), [1, 3, 8, 7] },
        { "adaptive mean of that size", () => new AdaptiveAveragePool2d(4), [1, 3, 4, 4] },
        { "adaptive mean, divides", () => new AdaptiveAveragePool2d((2, 3)), [1, 3, 4, 6] },
        { "one place for each, padded", () => new LocallyConnected2d(2, 3, (5, 6), 3, 2, Padding.Same), [1, 2, 5, 6] },
        { "features", () => new BatchNorm1d(3), [1, 3] },
        { "sequences", () => new BatchNorm1d(3, epsilon: 0.1f), [1, 3, 7] },
        { "instances with weights", () => new InstanceNorm2d(3, affine: true), [1, 3, 4, 5] },
        { "groups of features", () => new GroupNorm(2, 6), [1, 6] },
        { "groups of images", () => new GroupNorm(3, 6, affine: false), [1, 6, 4, 5] },
        { "rectified", () => new RNN(5, 3, relu: true), [1, 4, 5] },
        { "two biases", () => new LSTM(5, 3, forgetBias: 1, twoBiases: true), [1, 4, 5] },
        { "one step", () => new GRU(5, 3), [1, 1, 5] },
        { "two cells", () => new Bidirectional(new LSTM(5, 3), new GRU(5, 2, twoBiases: true)), [1, 6, 5] },
        { "cool", () => new Softmax(0.5f), [1, 7] },
        { "warm", () => new LogSoftmax(3f), [1, 7] },
        { "other slopes", () => new Sequential { new LeakyReLU(0.3f), new ELU(0.7f) }, [1, 7] },
        { "one slope", () => new PReLU(slope: 0.1f), [1, 3, 4] },
        { "nothing", () => new Sequential(), [1, 3] },
        { "nothing in evaluation", () => new Dropout(), [1, 3] },
        { "a batch of numbers", () => new Tanh(), [1] },
        { "the same layer twice", Twice, [1, 4] },
        { "frozen", Frozen, [1, 4] },
    };

    [Theory]
    [MemberData(nameof(Variants))]
    public void A_variant_computes_what_ONNX_Runtime_computes(string name, Func<Layer> make, Shape input)
    {
        Assert.NotEmpty(name);
        OnnxRuntime.ComputesAlike(make, input);
    }

    // Far from 0, functions overflow, cancel or saturate.
    [Fact]
    public void Activations_agree_over_their_whole_range() => Assert.All(LayerRows.All.Where(row => row.IsElementwise), row =>
        OnnxRuntime.ComputesAlike(row.Make, [1, 401], shape => Tensor.From(
            [.. Enumerable.Range(0, shape.Elements).Select(i => (i % 401 - 200) * (i < 401 ? 0.05f : 0.5f))], shape), trains: false));

    [Fact]
    public void Every_layer_and_every_model_is_compared()
    {
        Type[] compared = [.. LayerRows.All.Where(row => row.Inputs.Any(Computes)).Select(row => row.Make().GetType()), .. ModelExportTests.Models().Select(model => ((Func<Layer>)model[0])().GetType())];
        var all = typeof(Layer).Assembly.GetExportedTypes().Where(type => type.IsAssignableTo(typeof(Layer)) && !type.IsAbstract);
        Assert.Empty(all.Except(compared));
    }

    private static bool Computes((int[] Input, string Result) input) => input.Result.StartsWith('[') && input.Input.Length > 0 && !input.Input.Contains(0);

    private static Tensor Indices(Shape shape, int count) => Tensor.From([.. Enumerable.Range(0, shape.Elements).Select(i => (float)(i * 7 % count))], shape);

    private static Sequential Twice()
    {
        var layer = new Linear(4, 4);
        return [layer, new Tanh(), layer];
    }

    private static Sequential Frozen()
    {
        Sequential net = [new Linear(4, 4), new PReLU(4), new LayerNorm(4)];
        net.Freeze();
        return [net, new Linear(4, 2)];
    }
}
