namespace DeepNotes.Tests.Support;

/// <summary>An operation on inputs of these shapes.</summary>
/// <param name="Settings">All that was drawn but the shapes, for messages.</param>
/// <param name="Inputs">The shapes of the inputs.</param>
/// <param name="Function">The operation.</param>
/// <param name="Low">The smallest input, 2 is the largest.</param>
/// <param name="TakesInfinities">Whether the first input may have an infinity or NaN: what does not see them must not show them.</param>
public sealed record RandomCase(string Settings, Shape[] Inputs, Func<IReadOnlyList<Tensor>, Tensor> Function, float Low = -2, bool TakesInfinities = false)
{
    public override string ToString() => $"{Settings} of {string.Join(", ", Inputs.Select(shape => shape.ToString()))}";
}

/// <summary>Operations on random shapes, around the widths of vectors; the same seed gives the same case everywhere.</summary>
public sealed class RandomCases(ulong seed)
{
    private const int MostElements = 6000;
    private static readonly int[] Sizes = [1, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 23, 31, 32, 33, 47, 48, 49, 63, 65];
    private static readonly string[] Functions =
    [
        "Exp", "Log", "Sqrt", "Square", "ReLU", "Sigmoid", "Tanh", "LeakyReLU", "ELU", "SELU", "Softplus", "GELU", "GELUTanh", "SiLU", "Mish",
        "HardTanh", "HardSigmoid", "HardSwish", "Pow", "Pow cube", "Clamp", "Affine", "Reciprocal",
    ];

    private readonly Generator _random = new(seed);

    public static IReadOnlyDictionary<string, Func<RandomCases, RandomCase>> Kinds { get; } = new Dictionary<string, Func<RandomCases, RandomCase>>
    {
        ["Functions"] = draw => draw.OfOne(draw.Any(Functions), low: 0.4f),
        ["Arithmetic"] = draw => draw.Arithmetic(),
        ["Reductions"] = draw => draw.Reduction(),
        ["Softmax"] = draw => draw.Softmax(),
        ["MatMul"] = draw => draw.MatMul(),
        ["MatMul of vectors"] = draw => draw.VectorProduct(),
        ["Convolve"] = draw => draw.Convolution(),
        ["Convolve, long lines"] = draw => draw.LongConvolution(),
        ["Windows"] = draw => draw.Windows(),
        ["Normalization"] = draw => draw.Normalization(),
        ["Shapes"] = draw => draw.Shapes(),
        ["Joining"] = draw => draw.Joining(),
        ["Losses"] = draw => draw.Loss(),
        ["Recurrent"] = draw => draw.Recurrent(),
        ["Layers"] = draw => draw.Layer(),
    };

    private int Below(int n) => (int)(_random.NextBits() % (ulong)n);

    private int From(int first, int last) => first + Below(last - first + 1);

    private bool Coin() => Below(2) == 0;

    private T Any<T>(params ReadOnlySpan<T> choices) => choices[Below(choices.Length)];

    private int Size() => Any<int>(Sizes);

    private int[] Indices(int count, int length) => [.. Enumerable.Range(0, count).Select(_ => Below(length))];

    private Shape AnyShape(int fewest = 1, int most = 4)
    {
        var lengths = new int[From(fewest, most)];
        var left = MostElements;
        for (var axis = lengths.Length - 1; axis >= 0; axis--)
        {
            lengths[axis] = Math.Min(Size(), left);
            left = Math.Max(1, left / lengths[axis]);
        }

        return lengths;
    }

    private RandomCase OfOne(string name, float low) => new(name, [AnyShape()], Operations.All[name], low, TakesInfinities: true);

    // Either operand may lack axes in front, or have some of length 1.
    private RandomCase Arithmetic()
    {
        var whole = AnyShape(2);
        Shape Part() => [.. whole.Skip(Coin() ? 0 : Below(whole.Count)).Select(length => Below(3) == 0 ? 1 : length)];
        var name = Any("Add", "Subtract", "Multiply", "Divide", "Maximum", "Pow of tensors", "AddReLU");
        return new RandomCase(name, Coin() ? [whole, Part()] : [Part(), whole], Operations.All[name], Low: 0.4f);
    }

    private RandomCase Reduction()
    {
        var (shape, keeps) = (AnyShape(), Coin());
        var axis = Below(shape.Count);
        return Below(5) switch
        {
            0 => new($"Sum({axis}, {keeps})", [shape], x => x[0].Sum(axis, keeps), TakesInfinities: true),
            1 => new($"Mean({axis}, {keeps})", [shape], x => x[0].Mean(axis, keeps), TakesInfinities: true),
            2 => new($"Max({axis}, {keeps})", [shape], x => x[0].Max(axis, keeps), TakesInfinities: true),
            3 => new("Sum", [shape], x => x[0].Sum(), TakesInfinities: true),
            _ => new($"MeanOver(0, {axis})", [shape], x => x[0].MeanOver([.. new[] { 0, axis }.Distinct()])),
        };
    }

    private RandomCase Softmax()
    {
        var (shape, temperature) = (AnyShape(), Any(1, 0.5f, 3));
        var axis = Below(shape.Count);
        return Below(3) switch
        {
            0 => new($"Softmax({axis}, {temperature})", [shape], x => x[0].Softmax(axis, temperature)),
            1 => new($"LogSoftmax({axis}, {temperature})", [shape], x => x[0].LogSoftmax(axis, temperature)),
            _ => new($"Entropy({axis})", [shape], x => x[0].Entropy(axis), Low: 0.1f),
        };
    }

    private RandomCase MatMul()
    {
        var (m, k, n, turnsA, turnsB) = (Size(), Size(), Size(), Coin(), Coin());
        Shape stack = [.. Enumerable.Range(0, Below(3)).Select(_ => From(1, 3))];
        int[] Stack() => [.. stack.Skip(Coin() ? 0 : Below(stack.Count + 1)).Select(length => Below(3) == 0 ? 1 : length)];
        Shape a = [.. Stack(), .. turnsA ? (int[])[k, m] : [m, k]];
        Shape b = [.. Stack(), .. turnsB ? (int[])[n, k] : [k, n]];
        return Coin()
            ? new($"MatMul({turnsA}, {turnsB})", [a, b], x => x[0].MatMul(x[1], turnsA, turnsB), TakesInfinities: true)
            : new($"MatMul(bias, {turnsA}, {turnsB})", [a, b, [n]], x => x[0].MatMul(x[1], x[2], turnsA, turnsB), TakesInfinities: true);
    }

    private RandomCase VectorProduct()
    {
        var (m, k) = (Size(), Size());
        return Below(3) switch
        {
            0 => new("MatMul", [[m, k], [k]], x => x[0].MatMul(x[1])),
            1 => new("MatMul", [[k], [From(1, 3), k, m]], x => x[0].MatMul(x[1])),

            // Of one sign: the one result must not be what is left of terms that cancel.
            _ => new("MatMul", [[k], [k]], x => x[0].MatMul(x[1]), Low: 0.5f),
        };
    }

    private RandomCase Convolution()
    {
        var (groups, channels, filters) = (Any(1, 1, 1, 2, 3), From(1, 5), Any(1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17));
        Size2D kernel = (From(1, 4), From(1, 4)), stride = (From(1, 3), From(1, 3)), dilation = (From(1, 3), From(1, 3));
        var padding = Below(4) == 0 ? Padding.Same : (Below(3), Below(3));
        Shape images = [From(1, 3), channels * groups, Side(kernel.Height, dilation.Height), Side(kernel.Width, dilation.Width)];
        return new RandomCase(
            $"Convolve(stride {stride}, padding {padding}, dilation {dilation}, groups {groups})", [images, [filters * groups, channels, kernel.Height, kernel.Width]],
            x => x[0].Convolve(x[1], stride, padding, dilation, groups), TakesInfinities: true);
    }

    // So few filters and so many places that a vector has places in its lanes, in any width of vectors.
    private RandomCase LongConvolution()
    {
        var (groups, channels, filters, padding) = (Any(1, 1, 2), From(1, 3), From(1, 7), From(0, 2));
        Size2D kernel = (From(1, 4), From(1, 4)), stride = (1, From(1, 2));
        return new RandomCase(
            $"Convolve(stride {stride}, padding {padding}, groups {groups})",
            [[From(1, 2), channels * groups, From(20, 30), stride.Width * From(20, 40)], [filters * groups, channels, kernel.Height, kernel.Width]],
            x => x[0].Convolve(x[1], stride, padding, groups: groups), TakesInfinities: true);
    }

    private int Side(int kernel, int dilation) => (kernel - 1) * dilation + Any(1, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31);

    private RandomCase Windows()
    {
        Size2D kernel = (From(1, 4), From(1, 4)), stride = (From(1, 3), From(1, 3)), dilation = (From(1, 3), From(1, 3));
        Padding padding = (Below(kernel.Height / 2 + 1), Below(kernel.Width / 2 + 1));
        var (coversAll, counts) = (Coin(), Coin());
        Shape images = [From(1, 3), From(1, 4), Side(kernel.Height, dilation.Height), Side(kernel.Width, dilation.Width)];
        var settings = $"kernel {kernel}, stride {stride}, padding {padding}, dilation {dilation}, covers all {coversAll}, counts padding {counts}";
        return Below(3) switch
        {
            0 => new($"MaxPool {settings}", [images], x => x[0].MaxPool(kernel, stride, padding, dilation, coversAll), TakesInfinities: true),
            1 => new($"AveragePool {settings}", [images], x => x[0].AveragePool(kernel, stride, padding, coversAll, counts), TakesInfinities: true),
            _ => new($"Unfold {settings}", [images], x => x[0].Unfold(kernel, stride, padding, dilation), TakesInfinities: true),
        };
    }

    // Two values at least, or all that is normalised is 0.
    private RandomCase Normalization()
    {
        var (channels, images, places) = (Size(), From(1, 5), Size() + 1);
        return Below(4) switch
        {
            0 => new("NormalizeChannels", [[images, channels, places], [channels], [channels]], x => x[0].NormalizeChannels(0.1f, x[1], x[2]).Value),
            1 => OfLayer($"LayerNorm({places})", () => new LayerNorm(places, 0.1f), [images, channels, places]),
            2 => OfLayer("GroupNorm", () => new GroupNorm(channels, 2 * channels, 0.1f), [images, 2 * channels, places]),
            _ => OfLayer("BatchNorm1d", () => new BatchNorm1d(channels, 0.1f), [images, channels, places]),
        };
    }

    private RandomCase Shapes()
    {
        var shape = AnyShape();
        var axis = Below(shape.Count);
        var (order, start) = (_random.Permutation(shape.Count), Below(shape[axis]));
        var (count, taken) = (Below(shape[axis] - start + 1), Indices(Size(), shape[axis]));
        var rows = Indices(Size(), shape[0]);
        return Below(6) switch
        {
            0 => new($"Permute({string.Join(", ", order)})", [shape], x => x[0].Permute(order), TakesInfinities: true),
            1 => new($"Slice({axis}, {start}, {count})", [shape], x => x[0].Slice(axis, start, count), TakesInfinities: true),
            2 => new($"Take({axis}, [{string.Join(", ", taken)}])", [shape], x => x[0].Take(axis, taken), TakesInfinities: true),
            3 => new($"Rows([{string.Join(", ", rows)}])", [shape], x => x[0].Rows(rows), TakesInfinities: true),
            4 => new($"Expand(3 of each, {start})", [shape], x => x[0].Expand([3, .. shape]), TakesInfinities: true),
            _ => new("Reshape", [shape], x => x[0].Reshape(-1, shape[axis]), TakesInfinities: true),
        };
    }

    private RandomCase Joining()
    {
        var shape = AnyShape();
        var axis = Below(shape.Count);
        Shape[] parts = [.. Enumerable.Range(0, From(1, 4)).Select(_ => shape.With(axis, From(0, 5)))];
        Shape halves = shape.With(axis, 2 * From(1, 9)), images = [From(1, 3), From(1, 3), Size(), Size()];
        int[] around = [Below(4), Below(4), Below(4), Below(4)];
        var mode = Any(PaddingMode.Zero, PaddingMode.Replicate);
        return Below(4) switch
        {
            0 => new($"Concatenate({axis})", parts, x => Tensor.Concatenate(axis, [.. x])),
            1 => new($"Stack({axis})", [shape, shape], x => Tensor.Stack(axis, [.. x])),
            2 => new($"Split({axis}, 2)", [halves], x => x[0].Split(axis, 2) is var split ? split[1] * split[0] : x[0]),
            _ => new($"Pad({string.Join(", ", around)}, {mode})", [images], x => x[0].Pad(around[0], around[1], around[2], around[3], mode)),
        };
    }

    private RandomCase Loss()
    {
        var (samples, classes) = (Size(), Size() + 1);
        Shape scores = [samples, classes];
        var labels = Indices(samples, classes);
        return Below(5) switch
        {
            0 => new("CrossEntropy", [scores], x => DeepNotes.Loss.CrossEntropy(x[0], labels)),
            1 => new("CrossEntropy, smoothed", [scores], x => DeepNotes.Loss.CrossEntropy(x[0], labels, 0.2f)),
            2 => new("Hinge", [scores], x => DeepNotes.Loss.Hinge(x[0], labels)),
            3 => new("Focal", [scores], x => DeepNotes.Loss.Focal(x[0], labels)),
            _ => new("MeanSquaredError", [scores, scores], x => DeepNotes.Loss.MeanSquaredError(x[0], x[1])),
        };
    }

    private RandomCase Recurrent()
    {
        var (inputs, hidden, twoBiases) = (From(1, 9), Any(1, 2, 3, 4, 7, 8, 15, 16, 17, 33), Coin());
        Shape x = [From(1, 5), From(1, 5), inputs];
        return Below(3) switch
        {
            0 => OfLayer($"LSTM({inputs}, {hidden}, {twoBiases})", () => new LSTM(inputs, hidden, twoBiases: twoBiases), x),
            1 => OfLayer($"GRU({inputs}, {hidden}, {twoBiases})", () => new GRU(inputs, hidden, twoBiases), x),
            _ => OfLayer($"RNN({inputs}, {hidden}, {twoBiases})", () => new RNN(inputs, hidden, twoBiases: twoBiases), x),
        };
    }

    private RandomCase Layer()
    {
        var (samples, inputs, outputs, side) = (Size(), Size(), Size(), From(3, 9));
        return Below(5) switch
        {
            0 => OfLayer($"Linear({inputs}, {outputs})", () => new Linear(inputs, outputs), [samples, inputs]),
            1 => OfLayer($"Maxout({inputs}, 3)", () => new Maxout(inputs, 3), [samples, inputs]),
            2 => OfLayer($"PReLU({inputs})", () => new PReLU(inputs), [samples, inputs, 3]),
            3 => OfLayer("AdaptiveAveragePool2d", () => new AdaptiveAveragePool2d((2, 3)), [2, From(1, 5), side, side + 1]),
            _ => OfLayer("LocallyConnected2d", () => new LocallyConnected2d(2, 3, (side, side), 3, stride: 2), [From(1, 4), 2, side, side]),
        };
    }

    private static RandomCase OfLayer(string settings, Func<Layer> make, Shape x) =>
        new(settings, [x, .. make().Parameters.Select(parameter => parameter.Shape)], LayerOperations.Function(make));
}
