using CsCheck;

namespace DeepNotes.Tests.Support;

/// <summary>An operation on inputs of drawn shapes.</summary>
/// <param name="Settings">The drawn settings other than the shapes, for messages.</param>
/// <param name="Inputs">The shapes of the inputs.</param>
/// <param name="Function">The operation.</param>
/// <param name="Low">The smallest input value; the largest is 2.</param>
/// <param name="Terms">The magnitude of the terms of a sum that may cancel; 0 where nothing cancels.</param>
/// <param name="TakesInfinities">Whether the first input may contain an infinity or NaN: outputs that do not depend on that element must stay finite.</param>
public sealed record RandomCase(string Settings, Shape[] Inputs, Func<IReadOnlyList<Tensor>, Tensor> Function, float Low = -2, float Terms = 0, bool TakesInfinities = false)
{
    public override string ToString() => $"{Settings} of {string.Join(", ", Inputs.Select(shape => shape.ToString()))}";
}

/// <summary>Operations on random shapes around the vector widths; failures shrink to short axes and simple settings.</summary>
public static class RandomCases
{
    private const int MostElements = 6000;

    private static readonly string[] Functions =
    [
        "Exp", "Log", "Sqrt", "Square", "ReLU", "Sigmoid", "Tanh", "LeakyReLU", "ELU", "SELU", "Softplus", "GELU", "GELUTanh", "SiLU", "Mish",
        "HardTanh", "HardSigmoid", "HardSwish", "Pow", "Pow cube", "Clamp", "Affine", "Reciprocal",
    ];

    private static readonly Gen<int> Size = Choice(1, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 23, 31, 32, 33, 47, 48, 49, 63, 65);

    private static readonly Gen<Size2D> Kernel = Pair(1, 4);

    private static readonly Gen<Size2D> Step = Pair(1, 3);

    public static IReadOnlyDictionary<string, Gen<RandomCase>> Kinds { get; } = new Dictionary<string, Gen<RandomCase>>
    {
        ["Functions"] = Gen.Select(Gen.OneOf(Functions), AnyShape()).Select((name, shape) => new RandomCase(name, [shape], Operations.All[name], Low: 0.4f, TakesInfinities: true)),
        ["Arithmetic"] = Arithmetic,
        ["Reductions"] = Reduction,
        ["Softmax"] = Softmax,
        ["MatMul"] = MatMul,
        ["MatMul of vectors"] = VectorProduct,
        ["Convolve"] = Convolution,
        ["Convolve, long lines"] = LongConvolution,
        ["Windows"] = Windows,
        ["Normalization"] = Normalization,
        ["Shapes"] = Moving,
        ["Joining"] = Joining,
        ["Losses"] = Losses,
        ["Recurrent"] = Recurrent,
        ["Layers"] = Layers,
    };

    // Either operand may lack leading axes, or have axes of length 1.
    private static Gen<RandomCase> Arithmetic =>
        from name in Gen.OneOf("Add", "Subtract", "Multiply", "Divide", "Maximum", "Pow of tensors", "AddReLU")
        from whole in AnyShape(2)
        from part in Broadcast(whole, fewest: 1)
        from isFirst in Gen.Bool
        select new RandomCase(name, isFirst ? [whole, part] : [part, whole], Operations.All[name], Low: 0.4f, Terms: 1);

    // The partial sums of n terms of random sign are of the order √n, and the total may be near 0.
    private static Gen<RandomCase> Reduction =>
        from shape in AnyShape()
        from axis in AxisOf(shape)
        from keeps in Gen.Bool
        from one in Gen.OneOf(
            new RandomCase($"Sum({axis}, {keeps})", [shape], x => x[0].Sum(axis, keeps), Terms: MathF.Sqrt(shape[axis]), TakesInfinities: true),
            new RandomCase($"Mean({axis}, {keeps})", [shape], x => x[0].Mean(axis, keeps), Terms: 1, TakesInfinities: true),
            new RandomCase($"Max({axis}, {keeps})", [shape], x => x[0].Max(axis, keeps), TakesInfinities: true),
            new RandomCase("Sum", [shape], x => x[0].Sum(), Terms: MathF.Sqrt(shape.Elements), TakesInfinities: true),
            new RandomCase($"MeanOver(0, {axis})", [shape], x => x[0].MeanOver([.. new[] { 0, axis }.Distinct()]), Terms: 1))
        select one;

    private static Gen<RandomCase> Softmax =>
        from shape in AnyShape()
        from axis in AxisOf(shape)
        from temperature in Choice(1, 0.5f, 3)
        from one in Gen.OneOf(
            new RandomCase($"Softmax({axis}, {temperature})", [shape], x => x[0].Softmax(axis, temperature)),
            new RandomCase($"LogSoftmax({axis}, {temperature})", [shape], x => x[0].LogSoftmax(axis, temperature)),
            new RandomCase($"Entropy({axis})", [shape], x => x[0].Entropy(axis), Low: 0.1f))
        select one;

    private static Gen<RandomCase> MatMul =>
        from m in Size
        from k in Size
        from n in Size
        from turnsA in Gen.Bool
        from turnsB in Gen.Bool
        from stack in Gen.Int[1, 3].Array[0, 2]
        from front in Gen.Select(Broadcast(stack, fewest: 0), Broadcast(stack, fewest: 0))
        from hasBias in Gen.Bool
        let a = Of([.. front.Item1, .. turnsA ? (int[])[k, m] : [m, k]])
        let b = Of([.. front.Item2, .. turnsB ? (int[])[n, k] : [k, n]])
        select hasBias
            ? new RandomCase($"MatMul(bias, {turnsA}, {turnsB})", [a, b, [n]], x => x[0].MatMul(x[1], x[2], turnsA, turnsB), Terms: 1, TakesInfinities: true)
            : new RandomCase($"MatMul({turnsA}, {turnsB})", [a, b], x => x[0].MatMul(x[1], turnsA, turnsB), Terms: 1, TakesInfinities: true);

    private static Gen<RandomCase> VectorProduct =>
        from m in Size
        from k in Size
        from stack in Gen.Int[1, 3]
        from one in Gen.OneOf(
            new RandomCase("MatMul", [[m, k], [k]], x => x[0].MatMul(x[1]), Terms: 1),
            new RandomCase("MatMul", [[k], [stack, k, m]], x => x[0].MatMul(x[1]), Terms: 1),
            new RandomCase("MatMul", [[k], [k]], x => x[0].MatMul(x[1]), Terms: 1))
        select one;

    private static Gen<RandomCase> Convolution =>
        from groups in Choice(1, 1, 1, 2, 3)
        from channels in Gen.Int[1, 5]
        from filters in Choice(1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17)
        from kernel in Kernel
        from stride in Step
        from dilation in Step
        from padding in Gen.Frequency((3, Gen.Select(Gen.Int[0, 2], Gen.Int[0, 2]).Select((height, width) => (Padding)(height, width))), (1, Gen.Const(Padding.Same)))
        from images in Images(Gen.Int[1, 3], Gen.Const(channels * groups), kernel, dilation)
        select new RandomCase(
            $"Convolve(stride {stride}, padding {padding}, dilation {dilation}, groups {groups})",
            [images, [filters * groups, channels, kernel.Height, kernel.Width]],
            x => x[0].Convolve(x[1], stride, padding, dilation, groups), Terms: 1, TakesInfinities: true);

    // So few filters and so many output positions that the lanes of a vector hold positions, at every vector width.
    private static Gen<RandomCase> LongConvolution =>
        from groups in Choice(1, 1, 2)
        from channels in Gen.Int[1, 3]
        from filters in Gen.Int[1, 7]
        from padding in Gen.Int[0, 2]
        from kernel in Kernel
        from stride in Gen.Int[1, 2].Select(width => new Size2D(1, width))
        from images in Gen.Int[1, 2]
        from height in Gen.Int[20, 30]
        from steps in Gen.Int[20, 40]
        select new RandomCase(
            $"Convolve(stride {stride}, padding {padding}, groups {groups})",
            [[images, channels * groups, height, stride.Width * steps], [filters * groups, channels, kernel.Height, kernel.Width]],
            x => x[0].Convolve(x[1], stride, padding, groups: groups), Terms: 1, TakesInfinities: true);

    private static Gen<RandomCase> Windows =>
        from kernel in Kernel
        from stride in Step
        from dilation in Step
        from padding in Gen.Select(Gen.Int[0, kernel.Height / 2], Gen.Int[0, kernel.Width / 2]).Select((height, width) => (Padding)(height, width))
        from coversAll in Gen.Bool
        from counts in Gen.Bool
        from images in Images(Gen.Int[1, 3], Gen.Int[1, 4], kernel, dilation)
        let settings = $"kernel {kernel}, stride {stride}, padding {padding}, dilation {dilation}, covers all {coversAll}, counts padding {counts}"
        from one in Gen.OneOf(
            new RandomCase($"MaxPool {settings}", [images], x => x[0].MaxPool(kernel, stride, padding, dilation, coversAll), TakesInfinities: true),
            new RandomCase($"AveragePool {settings}", [images], x => x[0].AveragePool(kernel, stride, padding, coversAll, counts), Terms: 1, TakesInfinities: true),
            new RandomCase($"Unfold {settings}", [images], x => x[0].Unfold(kernel, stride, padding, dilation), TakesInfinities: true))
        select one;

    // At least two values: a single one is normalised to 0.
    private static Gen<RandomCase> Normalization =>
        from images in Gen.Int[1, 5]
        from channels in Size
        from places in Size.Select(size => size + 1)
        from one in Gen.OneOf(
            new RandomCase("NormalizeChannels", [[images, channels, places], [channels], [channels]], x => x[0].NormalizeChannels(0.1f, x[1], x[2]).Value, Terms: 1),
            OfLayer($"LayerNorm({places})", () => new LayerNorm(places, 0.1f), [images, channels, places]),
            OfLayer("GroupNorm", () => new GroupNorm(channels, 2 * channels, 0.1f), [images, 2 * channels, places]),
            OfLayer("BatchNorm1d", () => new BatchNorm1d(channels, 0.1f), [images, channels, places]))
        select one;

    private static Gen<RandomCase> Moving =>
        from shape in AnyShape()
        from axis in AxisOf(shape)
        from order in Gen.Shuffle(Enumerable.Range(0, shape.Count).ToArray())
        from start in Gen.Int[0, shape[axis] - 1]
        from count in Gen.Int[0, shape[axis] - start]
        from taken in Indices(Size, shape[axis])
        from rows in Indices(Size, shape[0])
        from one in Gen.OneOf(
            new RandomCase($"Permute({string.Join(", ", order)})", [shape], x => x[0].Permute(order), TakesInfinities: true),
            new RandomCase($"Slice({axis}, {start}, {count})", [shape], x => x[0].Slice(axis, start, count), TakesInfinities: true),
            new RandomCase($"Take({axis}, [{string.Join(", ", taken)}])", [shape], x => x[0].Take(axis, taken), TakesInfinities: true),
            new RandomCase($"Rows([{string.Join(", ", rows)}])", [shape], x => x[0].Rows(rows), TakesInfinities: true),
            new RandomCase("Expand(3 of each)", [shape], x => x[0].Expand([3, .. shape]), TakesInfinities: true),
            new RandomCase("Reshape", [shape], x => x[0].Reshape(-1, shape[axis]), TakesInfinities: true))
        select one;

    private static Gen<RandomCase> Joining =>
        from shape in AnyShape()
        from axis in AxisOf(shape)
        from parts in Gen.Int[0, 5].Array[1, 4]
        from half in Gen.Int[1, 9]
        from images in Gen.Select(Gen.Int[1, 3], Gen.Int[1, 3], Size, Size).Select((n, c, height, width) => Of([n, c, height, width]))
        from around in Gen.Int[0, 3].Array[4]
        from mode in Choice(PaddingMode.Zero, PaddingMode.Replicate)
        from one in Gen.OneOf(
            new RandomCase($"Concatenate({axis})", [.. parts.Select(length => shape.With(axis, length))], x => Tensor.Concatenate(axis, [.. x])),
            new RandomCase($"Stack({axis})", [shape, shape], x => Tensor.Stack(axis, [.. x])),
            new RandomCase($"Split({axis}, 2)", [shape.With(axis, 2 * half)], x => x[0].Split(axis, 2) is var split ? split[1] * split[0] : x[0]),
            new RandomCase($"Pad({string.Join(", ", around)}, {mode})", [images], x => x[0].Pad(around[0], around[1], around[2], around[3], mode)))
        select one;

    private static Gen<RandomCase> Losses =>
        from samples in Size
        from classes in Size.Select(size => size + 1)
        from labels in Indices(Gen.Const(samples), classes)
        let scores = Of([samples, classes])
        from one in Gen.OneOf(
            new RandomCase("CrossEntropy", [scores], x => Loss.CrossEntropy(x[0], labels)),
            new RandomCase("CrossEntropy, smoothed", [scores], x => Loss.CrossEntropy(x[0], labels, 0.2f)),
            new RandomCase("Hinge", [scores], x => Loss.Hinge(x[0], labels)),
            new RandomCase("Focal", [scores], x => Loss.Focal(x[0], labels)),
            new RandomCase("MeanSquaredError", [scores, scores], x => Loss.MeanSquaredError(x[0], x[1])))
        select one;

    // Weights of the size of a layer's initial weights: larger ones amplify the rounding error at every step.
    private static Gen<RandomCase> Recurrent =>
        from inputs in Gen.Int[1, 9]
        from hidden in Choice(1, 2, 3, 4, 7, 8, 15, 16, 17, 33)
        from twoBiases in Gen.Bool
        from samples in Gen.Int[1, 5]
        from steps in Gen.Int[1, 5]
        let x = Of([samples, steps, inputs])
        let scale = 1 / MathF.Sqrt(hidden)
        from one in Gen.OneOf(
            OfLayer($"LSTM({inputs}, {hidden}, {twoBiases})", () => new LSTM(inputs, hidden, twoBiases: twoBiases), x, scale),
            OfLayer($"GRU({inputs}, {hidden}, {twoBiases})", () => new GRU(inputs, hidden, twoBiases), x, scale),
            OfLayer($"RNN({inputs}, {hidden}, {twoBiases})", () => new RNN(inputs, hidden, twoBiases: twoBiases), x, scale))
        select one;

    private static Gen<RandomCase> Layers =>
        from samples in Size
        from inputs in Size
        from outputs in Size
        from side in Gen.Int[3, 9]
        from few in Gen.Int[1, 5]
        from one in Gen.OneOf(
            OfLayer($"Linear({inputs}, {outputs})", () => new Linear(inputs, outputs), [samples, inputs]),
            OfLayer($"Maxout({inputs}, 3)", () => new Maxout(inputs, 3), [samples, inputs]),
            OfLayer($"PReLU({inputs})", () => new PReLU(inputs), [samples, inputs, 3]),
            OfLayer("AdaptiveAveragePool2d", () => new AdaptiveAveragePool2d((2, 3)), [2, few, side, side + 1]),
            OfLayer("LocallyConnected2d", () => new LocallyConnected2d(2, 3, (side, side), 3, stride: 2), [few, 2, side, side]))
        select one;

    // By index, not by Gen.OneOf, so that it shrinks to the first.
    private static Gen<T> Choice<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(place => values[place]);

    private static Gen<Size2D> Pair(int first, int last) => Gen.Select(Gen.Int[first, last], Gen.Int[first, last]).Select((height, width) => new Size2D(height, width));

    private static Shape Of(int[] lengths) => lengths;

    private static Gen<int> AxisOf(Shape shape) => Gen.Int[0, shape.Count - 1];

    private static Gen<int[]> Indices(Gen<int> count, int length) => count.SelectMany(n => Gen.Int[0, length - 1].Array[n]);

    private static Gen<Shape> AnyShape(int fewest = 1, int most = 4) => Size.Array[fewest, most].Select(lengths =>
    {
        var left = MostElements;
        for (var axis = lengths.Length - 1; axis >= 0; axis--)
        {
            lengths[axis] = Math.Min(lengths[axis], left);
            left = Math.Max(1, left / lengths[axis]);
        }

        return (Shape)lengths;
    });

    // Half of the time without some leading axes; a third of the remaining axes have length 1.
    private static Gen<Shape> Broadcast(Shape whole, int fewest) =>
        from isWhole in Gen.Bool
        from skipped in Gen.Int[0, whole.Count - fewest]
        from isOne in Gen.Int[0, 2].Array[whole.Count]
        select Of([.. whole.Zip(isOne, (length, one) => one == 0 ? 1 : length).Skip(isWhole ? 0 : skipped)]);

    private static Gen<Shape> Images(Gen<int> images, Gen<int> channels, Size2D kernel, Size2D dilation)
    {
        var place = Choice(1, 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31);
        return Gen.Select(images, channels, place, place).Select((n, c, height, width) =>
            Of([n, c, (kernel.Height - 1) * dilation.Height + height, (kernel.Width - 1) * dilation.Width + width]));
    }

    private static RandomCase OfLayer(string settings, Func<Layer> make, Shape x, float scale = 1) => new(
        settings, [x, .. make().Parameters.Select(parameter => parameter.Shape)],
        inputs => LayerOperations.Function(make)([inputs[0], .. inputs.Skip(1).Select(weight => scale * weight)]), Terms: 1);
}
