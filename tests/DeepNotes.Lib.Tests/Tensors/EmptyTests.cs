using System.Globalization;
using System.Reflection;
using DeepNotes.Tests.Support;

namespace DeepNotes.Tests.Tensors;

/// <summary>
/// Every member of Tensor on tensors without elements: PyTorch's value and gradients, or an error that names the
/// operation. A row's name begins with the member's.
/// </summary>
public sealed class EmptyTests
{
    private const string NoImages = "expected images [N, C, H, W] of at least one value, got [";

    private static readonly Dictionary<string, EmptyGolden> Golden = GoldenFile.Read<EmptyGolden[]>("empties.json").ToDictionary(row => row.Name);

    private static readonly Dictionary<string, Func<Tensor[], Tensor>> Values = new()
    {
        ["Exp"] = x => x[0].Exp(),
        ["Log"] = x => x[0].Log(),
        ["Sqrt"] = x => x[0].Sqrt(),
        ["Square"] = x => x[0].Square(),
        ["Abs"] = x => x[0].Abs(),
        ["ReLU"] = x => x[0].ReLU(),
        ["Sigmoid"] = x => x[0].Sigmoid(),
        ["Tanh"] = x => x[0].Tanh(),
        ["Map"] = x => x[0].Map<DeepNotes.Functions.GELU>(),
        ["Clamp"] = x => x[0].Clamp(-1, 1),
        ["Pow"] = x => x[0].Pow(2.5f),
        ["Detach"] = x => x[0].Detach(),
        ["Keep"] = x => x[0].Keep(),
        ["To"] = x => x[0].To(x[0].Device),
        ["RequireGradient"] = x => x[0].RequireGradient(),
        ["op_UnaryNegation"] = x => -x[0],
        ["op_Addition of a number"] = x => 1 + x[0],
        ["op_Subtraction from a number"] = x => 1 - x[0],
        ["op_Multiply by a number"] = x => 2 * x[0],
        ["op_Division of a number"] = x => 2 / x[0],
        ["op_Division by a number"] = x => x[0] / 2,
        ["Sum"] = x => x[0].Sum(),
        ["Sum axis 0"] = x => x[0].Sum(0),
        ["Sum axis 0, wide"] = x => x[0].Sum(0),
        ["Sum axis 0, wider"] = x => x[0].Sum(0),
        ["Sum axis 0 of two"] = x => x[0].Sum(0),
        ["Sum axis 1"] = x => x[0].Sum(1),
        ["Sum kept"] = x => x[0].Sum(1, keepAxis: true),
        ["Mean"] = x => x[0].Mean(),
        ["Mean axis 0"] = x => x[0].Mean(0),
        ["Mean axis 1"] = x => x[0].Mean(1),
        ["MeanOver"] = x => x[0].MeanOver(0, 2),
        ["MeanOver, to nothing"] = x => x[0].MeanOver(0, 2),
        ["Max"] = x => x[0].Max(),
        ["Max axis 0"] = x => x[0].Max(0),
        ["Max axis 1"] = x => x[0].Max(1),
        ["Max axis 1 of nothing"] = x => x[0].Max(1),
        ["Softmax"] = x => x[0].Softmax(),
        ["Softmax, no rows"] = x => x[0].Softmax(),
        ["Softmax axis 0"] = x => x[0].Softmax(0),
        ["Softmax axis 0, no columns"] = x => x[0].Softmax(0),
        ["Softmax axis 1 of 3"] = x => x[0].Softmax(1),
        ["Softmax hot"] = x => x[0].Softmax(temperature: 2),
        ["LogSoftmax"] = x => x[0].LogSoftmax(),
        ["LogSoftmax, no rows"] = x => x[0].LogSoftmax(),
        ["LogSoftmax axis 0"] = x => x[0].LogSoftmax(0),
        ["LogSoftmax axis 1 of 3"] = x => x[0].LogSoftmax(1),
        ["Entropy"] = x => x[0].Entropy(),
        ["Entropy, no rows"] = x => x[0].Entropy(),
        ["Reshape"] = x => x[0].Reshape(3, 0),
        ["Reshape, an axis worked out"] = x => x[0].Reshape(3, -1),
        ["Reshape to a row"] = x => x[0].Reshape(-1),
        ["Reshape, an axis that nothing tells"] = x => x[0].Reshape(0, -1),
        ["Reshape to a scalar"] = x => x[0].Reshape(Shape.Create([])),
        ["Permute"] = x => x[0].Permute(2, 0, 1),
        ["Transpose"] = x => x[0].Transpose(),
        ["Expand"] = x => x[0].Expand([0, 3]),
        ["Expand of nothing"] = x => x[0].Expand([2, 0, 3]),
        ["Expand of nothing into something"] = x => x[0].Expand([2, 3]),
        ["Slice"] = x => x[0].Slice(0, 2, 0),
        ["Slice at the end"] = x => x[0].Slice(0, 5, 0),
        ["Slice of nothing"] = x => x[0].Slice(1, 1, 2),
        ["Split"] = x => x[0].Split(1, 3)[1],
        ["Split of no length"] = x => x[0].Split(0, 2)[1],
        ["Rows"] = x => x[0].Rows([]),
        ["Rows of nothing"] = x => x[0].Rows([]),
        ["Rows of no width"] = x => x[0].Rows([1, 1]),
        ["Rows that are not there"] = x => x[0].Rows([0]),
        ["Take"] = x => x[0].Take(1, []),
        ["Take of nothing"] = x => x[0].Take(1, [2, 0]),
        ["Take that is not there"] = x => x[0].Take(1, [0]),
        ["Pick"] = x => x[0].Pick([]),
        ["Pad"] = x => x[0].Pad(3, 4, 1, 2),
        ["Pad of no height"] = x => x[0].Pad(1, 1, 0, 0),
        ["Pad replicate"] = x => x[0].Pad(1, 1, 1, 1, PaddingMode.Replicate),
        ["Pad replicate of no height"] = x => x[0].Pad(1, 1, 1, 1, PaddingMode.Replicate),
        ["Concatenate"] = x => Tensor.Concatenate(0, x),
        ["Concatenate of nothing"] = x => Tensor.Concatenate(1, x),
        ["Stack"] = x => Tensor.Stack(1, x),
        ["Stack of no axes"] = x => Tensor.Stack(0, x),
        ["MatMul, K = 0"] = x => x[0].MatMul(x[1]),
        ["MatMul, M = 0"] = x => x[0].MatMul(x[1]),
        ["MatMul, N = 0"] = x => x[0].MatMul(x[1]),
        ["MatMul, all 0"] = x => x[0].MatMul(x[1]),
        ["MatMul transposed left, K = 0"] = x => x[0].MatMul(x[1], transposeA: true),
        ["MatMul transposed right, K = 0"] = x => x[0].MatMul(x[1], transposeB: true),
        ["MatMul transposed both, M = 0"] = x => x[0].MatMul(x[1], true, true),
        ["MatMul with bias, K = 0"] = x => x[0].MatMul(x[1], x[2]),
        ["MatMul with bias, M = 0"] = x => x[0].MatMul(x[1], x[2]),
        ["MatMul, a stack of none"] = x => x[0].MatMul(x[1]),
        ["MatMul, a stack of none by a matrix"] = x => x[0].MatMul(x[1]),
        ["MatMul, a matrix by a stack of none"] = x => x[0].MatMul(x[1]),
        ["MatMul, a stack of one by a stack of none"] = x => x[0].MatMul(x[1]),
        ["MatMul, stacks with K = 0"] = x => x[0].MatMul(x[1]),
        ["MatMul of vectors"] = x => x[0].MatMul(x[1]),
        ["MatMul, matrix by vector, K = 0"] = x => x[0].MatMul(x[1]),
        ["MatMul, matrix by vector, M = 0"] = x => x[0].MatMul(x[1]),
        ["MatMul, vector by matrix, K = 0"] = x => x[0].MatMul(x[1]),
        ["MatMul, vector by matrix, N = 0"] = x => x[0].MatMul(x[1]),
        ["MatMul that does not fit"] = x => x[0].MatMul(x[1]),
        ["Unfold"] = x => x[0].Unfold(3),
        ["Unfold, no channels"] = x => x[0].Unfold(3),
        ["Convolve"] = x => x[0].Convolve(x[1]),
        ["Convolve, no channels"] = x => x[0].Convolve(x[1]),
        ["Convolve, no filters"] = x => x[0].Convolve(x[1]),
        ["Convolve, an empty kernel"] = x => x[0].Convolve(x[1]),
        ["Convolve, no height"] = x => x[0].Convolve(x[1]),
        ["MaxPool"] = x => x[0].MaxPool(2),
        ["MaxPool, no channels"] = x => x[0].MaxPool(2),
        ["AveragePool"] = x => x[0].AveragePool(2),
        ["AveragePool, no channels"] = x => x[0].AveragePool(2),
        ["NormalizeChannels"] = x => x[0].NormalizeChannels(1e-5f).Value,
        ["NormalizeChannels, no channels"] = x => x[0].NormalizeChannels(1e-5f).Value,
    };

    // PyTorch refuses these too, except no images and no channels, which are a mistake in nearly every program.
    private static readonly Dictionary<string, string> Errors = new()
    {
        ["Max"] = "Max: expected at least one value along axis 0 of shape [0]",
        ["Max axis 0"] = "Max: expected at least one value along axis 0 of shape [0, 3]",
        ["Max axis 1 of nothing"] = "Max: expected at least one value along axis 1 of shape [3, 0]",
        ["Reshape, an axis that nothing tells"] = "Reshape: [0, 3] has 0 elements, and the -1 of [0, -1] may be any number",
        ["Reshape to a scalar"] = "Reshape: [0, 3] has 0 elements, [] has 1",
        ["Expand of nothing into something"] = "Expand: shapes [0, 3] and [2, 3] do not broadcast",
        ["Rows that are not there"] = "Rows: index 0 at position 0: expected none, there is nothing to take.",
        ["Take that is not there"] = "Take: index 0 at position 0: expected none, there is nothing to take.",
        ["Pad replicate of no height"] = "Pad: expected images of at least one row and column to repeat, got [1, 1, 0, 2]",
        ["MatMul that does not fit"] = "MatMul: expected [M, K] and [K, N], stacks of them, or vectors [K], got [2, 0] and [1, 3]",
        ["Unfold"] = $"Unfold: {NoImages}0, 3, 5, 5]",
        ["Unfold, no channels"] = $"Unfold: {NoImages}2, 0, 5, 5]",
        ["Convolve"] = $"Convolve: {NoImages}0, 3, 5, 5]",
        ["Convolve, no channels"] = $"Convolve: {NoImages}2, 0, 5, 5]",
        ["Convolve, no filters"] = "Convolve: expected w [F, C/1, KH, KW] of at least one filter, got [0, 3, 3, 3]",
        ["Convolve, an empty kernel"] = "Convolve: kernel 0×3: expected at least 1×1",
        ["Convolve, no height"] = $"Convolve: {NoImages}2, 3, 0, 5]",
        ["MaxPool"] = $"MaxPool: {NoImages}0, 3, 4, 4]",
        ["MaxPool, no channels"] = $"MaxPool: {NoImages}2, 0, 4, 4]",
        ["AveragePool"] = $"AveragePool: {NoImages}0, 3, 4, 4]",
        ["AveragePool, no channels"] = $"AveragePool: {NoImages}2, 0, 4, 4]",
        ["NormalizeChannels"] = "NormalizeChannels: expected x [N, C, …] of at least one value and γ, β [C], got [0, 3]",
        ["NormalizeChannels, no channels"] = "NormalizeChannels: expected x [N, C, …] of at least one value and γ, β [C], got [2, 0]",
    };

    static EmptyTests()
    {
        (string Name, string Operation, Func<Tensor, Tensor, Tensor> F)[] pairs =
        [
            ("op_Addition", "Add", (a, b) => a + b), ("op_Subtraction", "Subtract", (a, b) => a - b), ("op_Multiply", "Multiply", (a, b) => a * b),
            ("op_Division", "Divide", (a, b) => a / b), ("Pow of tensors", "Pow", (a, b) => a.Pow(b)), ("Maximum", "Maximum", Tensor.Maximum),
            ("Equal", "Equal", Tensor.Equal),
        ];
        foreach (var (name, operation, f) in pairs)
        {
            foreach (var kind in new[] { "", ", by a row", ", repeated to nothing", ", by one", ", not to be repeated" })
            {
                Values[name + kind] = x => f(x[0], x[1]);
            }

            Errors[$"{name}, not to be repeated"] = $"{operation}: shapes [2, 3] and [0, 3] do not broadcast";
        }
    }

    /// <summary>Members that do not take or do not return a tensor, with their result for an empty one.</summary>
    private static readonly Dictionary<string, (Func<object> Found, object Expected)> Others = new()
    {
        ["From values"] = (() => Tensor.From(Array.Empty<float>()).Shape.ToString(), "[0]"),
        ["From values in a shape"] = (() => Tensor.From([], [0, 3]).Shape.ToString(), "[0, 3]"),
        ["From a matrix"] = (() => Tensor.From(Tensor.Zeros([0, 3]).ToMatrix()).Shape.ToString(), "[0, 3]"),
        ["From rows"] = (() => Tensor.From(new float[0, 3]).Shape.ToString(), "[0, 3]"),
        ["Zeros"] = (() => Tensor.Zeros([0, 3]).ToArray(), Array.Empty<float>()),
        ["Ones"] = (() => Tensor.Ones([0, 3]).ToArray(), Array.Empty<float>()),
        ["Full"] = (() => Tensor.Full([0, 3], 5).ToArray(), Array.Empty<float>()),
        ["Scalar"] = (() => Tensor.Scalar(2).Shape.ToString(), "[]"),
        ["Normal"] = (() => Tensor.Normal([3, 0]).ToArray(), Array.Empty<float>()),
        ["Uniform"] = (() => Tensor.Uniform([3, 0]).ToArray(), Array.Empty<float>()),
        ["OneHot"] = (() => Tensor.OneHot([], 3).Shape.ToString(), "[0, 3]"),
        ["OneHot of no classes"] = (() => Tensor.OneHot([], 0).Shape.ToString(), "[0, 0]"),
        ["OneHot of a label without classes"] = (() => Tensor.OneHot([0], 0), "OneHot: label 0 of sample 0: expected none, there are no classes."),
        ["Linspace"] = (() => Tensor.Linspace(0, 1, 0), "Tensor.Linspace: count 0: expected 1 or more."),
        ["ToArray"] = (() => Tensor.Zeros([0, 3]).ToArray(), Array.Empty<float>()),
        ["ToSingle"] = (() => Tensor.Zeros([0, 3]).ToSingle(), "ToSingle: expected one element, got shape [0, 3]."),
        ["ToString"] = (() => $"{Tensor.Zeros([0, 3])}", "Tensor [0, 3], empty"),
        ["ToPlainText"] = (() => Tensor.Zeros([0, 3]).ToPlainText(), "Tensor [0, 3], empty"),
        ["ToPlainText, no columns"] = (() => Tensor.Zeros([3, 0]).ToPlainText(), "Tensor [3, 0], empty"),
        ["ToHtml"] = (() => Tensor.Zeros([3, 0]).ToHtml().Contains("Tensor [3, 0], empty", StringComparison.Ordinal), true),
        ["ToMatrix"] = (() => Tensor.Zeros([0, 3]).ToMatrix() is var matrix ? (matrix.RowCount, matrix.ColumnCount) : default, (0, 3)),
        ["AsMatrix"] = (() => Tensor.Zeros([3, 0]).AsMatrix() is var matrix ? (matrix.RowCount, matrix.ColumnCount) : default, (0, 3)),
        ["ArgMax"] = (() => Tensor.Zeros([0, 3]).ArgMax(), Array.Empty<int>()),
        ["ArgMax of no columns"] = (() => Tensor.Zeros([3, 0]).ArgMax(), "ArgMax: expected at least one column, got [3, 0]."),
        ["ArgMax of nothing"] = (() => Tensor.Zeros([0, 0]).ArgMax(), "ArgMax: expected at least one column, got [0, 0]."),
        ["get_Item"] = (() => Tensor.Zeros([0, 3])[0, 0], "Tensor index: 0 is outside axis 0 of shape [0, 3]."),
        ["Assign"] = (() => Assigned([0, 3], [0, 3]).ToString(), "[0, 3]"),
        ["Assign another shape"] = (() => Assigned([0, 3], [3, 0]), "Assign: expected [0, 3], got [3, 0]."),
        ["Backward"] = (() => Sum().Gradient!.Shape.ToString(), "[0, 3]"),
        ["Backward of nothing"] = (() => Backward(), "Backward: expected a scalar loss, got [0, 3]"),
        ["Gradients"] = (() => Slope().Shape.ToString(), "[0, 3]"),
        ["Pullback"] = (() => Start.Square().Pullback(Tensor.Zeros([0, 3]))[0]!.Shape.ToString(), "[0, 3]"),
        ["Record"] = (() => Recorded().Shape.ToString(), "[0, 3]"),
        ["ClearGradient"] = (() => Cleared().Gradient is null, true),
    };

    private static Tensor Start => Tensor.Zeros([0, 3]).RequireGradient();

    public static TheoryData<string, string> Rows()
    {
        var rows = new TheoryData<string, string>();
        foreach (var device in Devices.All)
        {
            foreach (var name in Values.Keys)
            {
                rows.Add(name, device.ToString());
            }
        }

        return rows;
    }

    public static TheoryData<string> OtherRows() => [.. Others.Keys];

    [Theory]
    [MemberData(nameof(Rows))]
    public void An_operation_on_empty_tensors_equals_PyTorch_or_throws_a_clear_error(string name, string device)
    {
        using var chosen = Devices.Named(device).Use();
        var golden = Golden[name];
        Tensor[] inputs = [.. golden.Inputs.Select(shape => Tensor.Ones(shape).RequireGradient())];
        if (Errors.TryGetValue(name, out var message))
        {
            var error = Assert.ThrowsAny<ArgumentException>(() => Values[name](inputs));
            Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
            return;
        }

        var value = Values[name](inputs);
        Assert.NotNull(golden.Value);
        golden.Value.IsEqual(value);
        Assert.Equal(golden.Gradients.Length > 0, value.RequiresGradient);
        if (golden.Gradients.Length == 0)
        {
            return;
        }

        value.Backward(Tensor.Ones(value.Shape));
        Assert.All(golden.Gradients.Zip(inputs), pair => pair.First.IsEqual(pair.Second.Gradient!));
    }

    // A pass that creates a graph runs other code.
    [Theory]
    [MemberData(nameof(Rows))]
    public void Its_gradient_can_be_differentiated(string name, string device)
    {
        using var chosen = Devices.Named(device).Use();
        Tensor[] inputs = [.. Golden[name].Inputs.Select(shape => Tensor.Ones(shape).RequireGradient())];
        if (Errors.ContainsKey(name) || Golden[name].Gradients.Length == 0)
        {
            return;
        }

        var value = Values[name](inputs);
        var slopes = Tensor.Gradients(value, inputs, Tensor.Ones(value.Shape), createGraph: true);
        Assert.All(slopes.Zip(Golden[name].Gradients), pair => pair.Second.IsEqual(pair.First));
        foreach (var slope in slopes.Where(slope => slope.RequiresGradient))
        {
            Assert.All(Tensor.Gradients(slope.Sum(), inputs, keepTape: true).Zip(inputs), pair => Assert.Equal(pair.Second.Shape, pair.First.Shape));
        }
    }

    [Theory]
    [MemberData(nameof(OtherRows))]
    public void Members_that_neither_take_nor_return_a_tensor(string name)
    {
        var (found, expected) = Others[name];
        try
        {
            Assert.Equal(expected, found());
        }
        catch (Exception error) when (expected is string message && error is ArgumentException)
        {
            Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void No_member_is_missing()
    {
        var members = typeof(Tensor)
            .GetMembers(BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly).OfType<MethodInfo>()
            .Where(method => !method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal) || method.Name == "get_Item")
            .Select(method => method.Name).Distinct();
        var tested = Values.Keys.Concat(Others.Keys).Select(name => name.Split(' ', ',')[0]).ToHashSet();
        Assert.Empty(members.Except(tested));
        Assert.Equal(Golden.Keys.Order(), Values.Keys.Order());
    }

    private static Shape Assigned(Shape shape, Shape values)
    {
        var x = Tensor.Zeros(shape);
        x.Assign(Tensor.Ones(values));
        return x.Shape;
    }

    private static Tensor Sum()
    {
        var x = Start;
        x.Square().Sum().Backward();
        return x;
    }

    private static string Backward()
    {
        Start.Square().Backward();
        return "no error";
    }

    private static Tensor Slope()
    {
        var x = Start;
        return Tensor.Gradients(x.Square().Sum(), [x])[0];
    }

    private static Tensor Recorded()
    {
        var x = Start;
        Tensor.Record("Mine", x.Detach() * 2, [x], dy => [dy * 2]).Sum().Backward();
        return x.Gradient!;
    }

    private static Tensor Cleared()
    {
        var x = Sum();
        x.ClearGradient();
        return x;
    }
}

public sealed record EmptyGolden(string Name, int[][] Inputs, Filled? Value, Filled[] Gradients);

/// <summary>A tensor filled with one number.</summary>
public sealed record Filled(int[] Shape, string Number)
{
    public void IsEqual(Tensor tensor)
    {
        Assert.Equal<Shape>(Shape, tensor.Shape);
        Assert.All(tensor.ToArray(), value => Assert.Equal(float.Parse(Number, CultureInfo.InvariantCulture), value));
    }
}
