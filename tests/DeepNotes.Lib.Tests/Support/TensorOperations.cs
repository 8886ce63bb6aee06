using static DeepNotes.Tests.Support.Mistake;

namespace DeepNotes.Tests.Support;

/// <summary>Every tensor operation; the cases are named as in Golden/operations.py.</summary>
public static class TensorOperations
{
    private const string NoImages = "expected images [N, C, H, W] of at least one value, got ";
    private const string NoProduct = "MatMul: expected [M, K] and [K, N], stacks of them, or vectors [K], got ";

    private static readonly int[] SomeLabels = [1, 0, 6, 3, 3];
    private static readonly int[] SomeRows = [2, 0, 2, 6];

    public static IReadOnlyList<OperationRow> Rows { get; } =
    [
        new("Add",
            new Cases
            {
                ["Add"] = x => x[0] + x[1],
                ["Add row"] = x => x[0] + x[1],
                ["Add column"] = x => x[0] + x[1],
                ["Add both broadcast"] = x => x[0] + x[1],
            },
            WrongShape("Add: shapes [2, 3] and [2, 4] do not broadcast (axis -1: 3 against 4)", () => Tensor.Ones([2, 3]) + Tensor.Ones([2, 4])),
            Missing("Add: an operand is null.", () => Tensor.Ones([2, 3]).Gradient! + 1)),
        new("Subtract",
            new Cases
            {
                ["Subtract"] = x => x[0] - x[1],
                ["Subtract scalar tensor"] = x => x[0] - x[1],
                ["Affine"] = x => 3 - 2 * x[0],
            },
            WrongShape("Subtract: shapes [2, 3] and [2, 4] do not broadcast (axis -1: 3 against 4)", () => Tensor.Ones([2, 3]) - Tensor.Ones([2, 4])),
            Missing("Subtract: an operand is null.", () => Tensor.Ones([2, 3]) - Tensor.Ones([2, 3]).Gradient!)),
        new("Multiply",
            new Cases
            {
                ["Multiply"] = x => x[0] * x[1],
                ["Multiply broadcast"] = x => x[0] * x[1],
            },
            WrongShape("Multiply: shapes [2, 3] and [2, 4] do not broadcast (axis -1: 3 against 4)", () => Tensor.Ones([2, 3]) * Tensor.Ones([2, 4])),
            Missing("Multiply: an operand is null. Is it the Gradient of a tensor before Backward()", () => 0.1f * Tensor.Ones([2, 3]).Gradient!)),
        new("Divide",
            new Cases
            {
                ["Divide"] = x => x[0] / x[1],
                ["Divide broadcast"] = x => x[0] / x[1],
                ["Reciprocal"] = x => 2 / x[0],
            },
            WrongShape("Divide: shapes [2, 3] and [2, 4] do not broadcast (axis -1: 3 against 4)", () => Tensor.Ones([2, 3]) / Tensor.Ones([2, 4])),
            Missing("Divide: an operand is null.", () => 1 / Tensor.Ones([2, 3]).Gradient!)),
        OperationRow.Elementwise("Negate", x => -x[0], Missing("Negate: an operand is null.", () => -Tensor.Ones([2, 3]).Gradient!)),
        new("Maximum", x => Tensor.Maximum(x[0], x[1]),
            WrongShape("Maximum: shapes [2, 3] and [2, 4] do not broadcast (axis -1: 3 against 4)", () => Tensor.Maximum(Tensor.Ones([2, 3]), Tensor.Ones([2, 4])))),
        new("Equal", [], WrongShape("Equal: shapes [2, 3] and [2, 4] do not broadcast (axis -1: 3 against 4)", () => Tensor.Equal(Tensor.Ones([2, 3]), Tensor.Ones([2, 4])))),
        new("AddReLU", x => Tensor.AddReLU(x[0], x[1]),
            WrongShape("AddReLU: shapes [2, 3] and [2, 4] do not broadcast (axis -1: 3 against 4)", () => Tensor.AddReLU(Tensor.Ones([2, 3]), Tensor.Ones([2, 4])))),
        OperationRow.Elementwise("Exp", x => x[0].Exp()),
        OperationRow.Elementwise("Log", x => x[0].Log()),
        OperationRow.Elementwise("Sqrt", x => x[0].Sqrt()),
        OperationRow.Elementwise("Square", x => x[0].Square()),
        OperationRow.Elementwise("Abs", x => x[0].Abs()),
        OperationRow.Elementwise("ReLU",
            new Cases
            {
                ["ReLU"] = x => x[0].ReLU(),
                ["PReLU"] = x => x[0].ReLU() - x[1] * (-x[0]).ReLU(),
            }),
        OperationRow.Elementwise("Sigmoid", x => x[0].Sigmoid()),
        OperationRow.Elementwise("Tanh",
            new Cases
            {
                ["Tanh"] = x => x[0].Tanh(),
                ["Tanh far"] = x => x[0].Tanh(),
            }),
        OperationRow.Elementwise("Map",
            new Cases
            {
                ["LeakyReLU"] = x => new LeakyReLU().Forward(x[0]),
                ["ELU"] = x => new ELU(1.5f).Forward(x[0]),
                ["SELU"] = x => new SELU().Forward(x[0]),
                ["Softplus"] = x => new Softplus().Forward(x[0]),
                ["GELU"] = x => new GELU().Forward(x[0]),
                ["GELUTanh"] = x => new GELUTanh().Forward(x[0]),
                ["SiLU"] = x => new SiLU().Forward(x[0]),
                ["Mish"] = x => new Mish().Forward(x[0]),
                ["HardTanh"] = x => new HardTanh().Forward(x[0]),
                ["HardSigmoid"] = x => new HardSigmoid().Forward(x[0]),
                ["HardSwish"] = x => new HardSwish().Forward(x[0]),
            }),
        OperationRow.Elementwise("Pow",
            new Cases
            {
                ["Pow"] = x => x[0].Pow(2.5f),
                ["Pow cube"] = x => x[0].Pow(3),
                ["Pow square"] = x => x[0].Pow(2),
                ["Pow root"] = x => x[0].Pow(.5f),
                ["Pow inverse"] = x => x[0].Pow(-1),
                ["Pow inverse square"] = x => x[0].Pow(-2),
                ["Pow zero"] = x => x[0].Pow(0),
                ["Pow of zeros"] = x => x[0].Pow(3),
                ["Pow of zeros, one"] = x => x[0].Pow(1),
                ["Pow of tensors"] = x => x[0].Pow(x[1]),
                ["Pow of tensors broadcast"] = x => x[0].Pow(x[1]),
                ["Pow of tensors at zero"] = x => x[0].Pow(x[1]),
            },
            WrongShape("Pow: shapes [2, 3] and [2, 4] do not broadcast (axis -1: 3 against 4)", () => Tensor.Ones([2, 3]).Pow(Tensor.Ones([2, 4])))),
        OperationRow.Elementwise("Clamp",
            new Cases
            {
                ["Clamp"] = x => x[0].Clamp(-1, .5f),
                ["Clamp below"] = x => x[0].Clamp(low: -.25f),
                ["Clamp at its limits"] = x => x[0].Clamp(-1, 1),
            },
            WrongNumber("Clamp: expected low ≤ high, got 2 and 1", () => Tensor.Ones([2]).Clamp(2, 1)),
            WrongNumber("Clamp: expected low ≤ high, got NaN and 1", () => Tensor.Ones([2]).Clamp(float.NaN, 1)),
            WrongNumber("Clamp: expected low ≤ high, got 0 and NaN", () => Tensor.Ones([2]).Clamp(0, float.NaN))),
        new("Sum",
            new Cases
            {
                ["Sum"] = x => x[0].Sum(),
                ["Sum axis 0"] = x => x[0].Sum(0),
                ["Sum axis 1 of 3"] = x => x[0].Sum(1),
                ["Sum last axis kept"] = x => x[0].Sum(-1, keepAxis: true),
            },
            WrongShape("Sum: axis 2 of shape [2, 3]: expected -2 to 1", () => Tensor.Ones([2, 3]).Sum(2))),
        new("Mean",
            new Cases
            {
                ["Mean"] = x => x[0].Mean(),
                ["Mean axis 1"] = x => x[0].Mean(1),
            },
            WrongShape("Mean: axis -3 of shape [2, 3]: expected -2 to 1", () => Tensor.Ones([2, 3]).Mean(-3))),
        new("MeanOver",
            new Cases
            {
                ["Mean axes"] = x => x[0].MeanOver(0, 2),
            },
            WrongShape("MeanOver: axis 2 of shape [2, 3]: expected -2 to 1", () => Tensor.Ones([2, 3]).MeanOver(2))),
        new("Max",
            new Cases
            {
                ["Max"] = x => x[0].Max(),
                ["Max axis 0"] = x => x[0].Max(0),
                ["Max ties"] = x => x[0].Max(1),
            },
            WrongShape("Max: axis 2 of shape [2, 3]: expected -2 to 1", () => Tensor.Ones([2, 3]).Max(2)),
            WrongShape("Max: expected at least one value along axis 0 of shape [0, 3]", () => Tensor.Ones([0, 3]).Max(0))),
        new("Softmax",
            new Cases
            {
                ["Softmax"] = x => x[0].Softmax(),
                ["Softmax axis 0"] = x => x[0].Softmax(0),
                ["Softmax hot"] = x => x[0].Softmax(temperature: 4),
                ["Softmax cold"] = x => x[0].Softmax(0, temperature: .25f),
            },
            WrongShape("Softmax: axis 2 of shape [2, 3]: expected -2 to 1", () => Tensor.Ones([2, 3]).Softmax(2)),
            WrongNumber("Softmax: temperature 0: expected a finite number above 0", () => Tensor.Ones([2, 3]).Softmax(temperature: 0))),
        new("LogSoftmax",
            new Cases
            {
                ["LogSoftmax"] = x => x[0].LogSoftmax(),
                ["LogSoftmax one sample"] = x => x[0].LogSoftmax(),
                ["LogSoftmax hot"] = x => x[0].LogSoftmax(temperature: 2.5f),
            },
            WrongShape("LogSoftmax: axis 2 of shape [2, 3]: expected -2 to 1", () => Tensor.Ones([2, 3]).LogSoftmax(2)),
            WrongNumber("LogSoftmax: temperature NaN: expected a finite number above 0", () => Tensor.Ones([2, 3]).LogSoftmax(temperature: float.NaN))),
        new("Entropy",
            new Cases
            {
                ["Entropy"] = x => x[0].Softmax().Entropy(),
                ["Entropy axis 0"] = x => x[0].Softmax(0).Entropy(0),
            },
            WrongShape("Entropy: axis 2 of shape [2, 3]: expected -2 to 1", () => Tensor.Ones([2, 3]).Entropy(2))),
        new("MatMul",
            new Cases
            {
                ["MatMul"] = x => x[0].MatMul(x[1]),
                ["MatMul one by one"] = x => x[0].MatMul(x[1]),
                ["MatMul odd"] = x => x[0].MatMul(x[1]),
                ["MatMul transposed left"] = x => x[0].MatMul(x[1], transposeA: true),
                ["MatMul transposed right"] = x => x[0].MatMul(x[1], transposeB: true),
                ["MatMul transposed both"] = x => x[0].MatMul(x[1], true, true),
                ["MatMul batch"] = x => x[0].MatMul(x[1]),
                ["MatMul batch by one"] = x => x[0].MatMul(x[1], transposeB: true),
                ["MatMul one by batch"] = x => x[0].MatMul(x[1], true, true),
                ["MatMul stacks"] = x => x[0].MatMul(x[1]),
                ["MatMul stacks broadcast"] = x => x[0].MatMul(x[1]),
                ["MatMul stacks broadcast both ways"] = x => x[0].MatMul(x[1], transposeA: true, transposeB: true),
                ["MatMul stack by matrix"] = x => x[0].MatMul(x[1], transposeB: true),
                ["MatMul matrix by stack"] = x => x[0].MatMul(x[1], transposeA: true),
                ["MatMul stack of one"] = x => x[0].MatMul(x[1]),
                ["MatMul stack with bias"] = x => x[0].MatMul(x[1], x[2]),
                ["MatMul matrix by vector"] = x => x[0].MatMul(x[1]),
                ["MatMul transposed matrix by vector"] = x => x[0].MatMul(x[1], transposeA: true),
                ["MatMul vector by matrix"] = x => x[0].MatMul(x[1]),
                ["MatMul vector by vector"] = x => x[0].MatMul(x[1]),
                ["MatMul stack by vector"] = x => x[0].MatMul(x[1]),
                ["MatMul vector by stack"] = x => x[0].MatMul(x[1]),
                ["Linear"] = x => x[0].MatMul(x[1], transposeB: true) + x[2],
            },
            WrongShape(NoProduct + "[2, 3] and [4, 5]", () => Tensor.Ones([2, 3]).MatMul(Tensor.Ones([4, 5]))),
            WrongShape(NoProduct + "[2, 3] and [3, 5]ᵀ", () => Tensor.Ones([2, 3]).MatMul(Tensor.Ones([3, 5]), transposeB: true)),
            WrongShape(NoProduct + "[] and [1, 1]", () => Tensor.Scalar(2).MatMul(Tensor.Ones([1, 1]))),
            WrongShape(NoProduct + "[2, 3] and [4]", () => Tensor.Ones([2, 3]).MatMul(Tensor.Ones([4]))),
            WrongShape(NoProduct + "[3] and [4, 3]", () => Tensor.Ones([3]).MatMul(Tensor.Ones([4, 3]))),
            WrongShape(NoProduct + "[3] and [4]", () => Tensor.Ones([3]).MatMul(Tensor.Ones([4]))),
            WrongShape("MatMul: a vector has no transpose, got [3] and [3]ᵀ", () => Tensor.Ones([3]).MatMul(Tensor.Ones([3]), transposeB: true)),
            WrongShape("MatMul of [2, 5, 3, 4] and [3, 4, 2], in front of the matrices: shapes [2, 5] and [3] do not broadcast (axis -1: 5 against 3)", () => Tensor.Ones([2, 5, 3, 4]).MatMul(Tensor.Ones([3, 4, 2]))),
            WrongShape(NoProduct + "[2, 5, 3, 4]ᵀ and [2, 5, 4, 2]", () => Tensor.Ones([2, 5, 3, 4]).MatMul(Tensor.Ones([2, 5, 4, 2]), transposeA: true)),
            WrongShape("MatMul: expected a bias [4], as many as columns of the product, got [3]", () => Tensor.Ones([2, 3]).MatMul(Tensor.Ones([3, 4]), Tensor.Ones([3]))),
            Missing("MatMul: an operand is null.", () => Tensor.Ones([2, 3]).MatMul(null!))),
        new("Reshape", x => x[0].Reshape(4, -1),
            WrongShape("Reshape: [2, 3] has 6 elements, [4, 2] has 8", () => Tensor.Ones([2, 3]).Reshape(4, 2)),
            WrongShape("Reshape: [2, 3] has 6 elements, [4, -1] takes a multiple of 4", () => Tensor.Ones([2, 3]).Reshape(4, -1)),
            WrongShape("Reshape: [2, 3] has 6 elements, [-1, 4] takes a multiple of 4", () => Tensor.Ones([2, 3]).Reshape([-1, 4])),
            WrongShape("Reshape: expected lengths of 0 or more and one -1 at most, the axis that is worked out, got [-1, -1]", () => Tensor.Ones([2, 3]).Reshape(-1, -1)),
            WrongShape("Reshape: expected lengths of 0 or more and one -1 at most, the axis that is worked out, got [-2, -1]", () => Tensor.Ones([2, 3]).Reshape(-2, -1)),
            WrongShape("Reshape: [2, 3] has 6 elements, [0, -1] takes a multiple of 0", () => Tensor.Ones([2, 3]).Reshape(0, -1))),
        new("Permute", x => x[0].Permute(2, 0, 1), WrongShape("Permute: (0, 0)", () => Tensor.Ones([2, 3]).Permute(0, 0))),
        new("Transpose", x => x[0].Transpose(),
            WrongShape("Transpose: expected a matrix [M, N], got [2, 3, 4]; Permute puts other axes in order", () => Tensor.Ones([2, 3, 4]).Transpose())),
        new("Expand", x => x[0].Expand([2, 3, 4, 5]), WrongShape("Expand: shapes [2, 3] and [2, 4] do not broadcast (axis -1: 3 against 4)", () => Tensor.Ones([2, 3]).Expand([2, 4]))),
        new("Slice", x => x[0].Slice(1, 2, 3),
            WrongShape("Slice: elements 2 to 3 of axis 1", () => Tensor.Ones([2, 3]).Slice(1, 2, 2)),
            WrongShape("Slice: axis 0 of shape []: expected none, a scalar has no axes", () => Tensor.Scalar(1).Slice(0, 0, 1))),
        new("Split", x => x[0].Split(1, 3) is var parts ? parts[2] * parts[0] : x[0],
            WrongShape("Split: axis 1 of [2, 3] does not fall into 2 equal parts", () => Tensor.Ones([2, 3]).Split(1, 2)),
            WrongShape("Split: axis 1 of [2, 3] does not fall into 0 equal parts", () => Tensor.Ones([2, 3]).Split(1, 0))),
        new("Rows", x => x[0].Rows(SomeRows),
            WrongNumber("Rows: index 5 at position 1: expected 0 to 1.", () => Tensor.Ones([2, 3]).Rows([0, 5])),
            WrongNumber("Rows: index 0 at position 0: expected none, there is nothing to take.", () => Tensor.Zeros([0, 3]).Rows([0]))),
        new("Take", x => x[0].Take(1, [4, 0, 0, 2]),
            WrongNumber("Take: index -1 at position 0: expected 0 to 2.", () => Tensor.Ones([2, 3]).Take(1, [-1])),
            WrongShape("Take: axis 2 of shape [2, 3]: expected -2 to 1", () => Tensor.Ones([2, 3]).Take(2, [0]))),
        new("Pick", x => x[0].Pick(SomeLabels),
            WrongNumber("Pick: label 3 of sample 1: expected 0 to 2", () => Tensor.Ones([2, 3]).Pick([0, 3])),
            WrongShape("Pick: expected 2 labels, one for each row, got 1", () => Tensor.Ones([2, 3]).Pick([0]))),
        new("Pad",
            new Cases
            {
                ["Pad"] = x => x[0].Pad(1, 2, 3, 0),
                ["Pad replicate"] = x => x[0].Pad(1, 2, 3, 0, PaddingMode.Replicate),
            },
            WrongShape("Pad: expected images [N, C, H, W] and sizes of 0 or more, got [2, 3] and 1, 1, 1, 1", () => Tensor.Ones([2, 3]).Pad(1, 1, 1, 1)),
            WrongShape("Pad: expected images [N, C, H, W] and sizes of 0 or more, got [1, 1, 4, 4] and -1, 0, 0, 0", () => Tensor.Ones([1, 1, 4, 4]).Pad(-1, 0, 0, 0))),
        new("Concatenate", x => Tensor.Concatenate(1, x[0], x[1], x[2]),
            WrongShape("Concatenate: expected at least one tensor, got none", () => Tensor.Concatenate(0)),
            WrongShape("Concatenate: expected shapes that differ in axis 0 alone, got [2, 3], [2, 4]", () => Tensor.Concatenate(0, Tensor.Ones([2, 3]), Tensor.Ones([2, 4]))),
            WrongShape("Concatenate: axis 2 of shape [2, 3]: expected -2 to 1", () => Tensor.Concatenate(2, Tensor.Ones([2, 3]), Tensor.Ones([2, 3])))),
        new("Stack", x => Tensor.Stack(1, x[0], x[1]),
            WrongShape("Stack: expected tensors of one shape, got [2, 3], [3, 2]", () => Tensor.Stack(0, Tensor.Ones([2, 3]), Tensor.Ones([3, 2]))),
            WrongShape("Stack: axis 3 of shape [2, 2, 3]: expected -3 to 2", () => Tensor.Stack(3, Tensor.Ones([2, 3]), Tensor.Ones([2, 3]))),
            WrongShape("Stack: expected at least one tensor, got none", () => Tensor.Stack(0))),
        new("Unfold",
            new Cases
            {
                ["Unfold"] = x => x[0].Unfold(3),
                ["Unfold awkward"] = x => x[0].Unfold((3, 2), (3, 2), (1, 2), (2, 1)),
            },
            WrongShape("Unfold: " + NoImages + "[2, 3]", () => Tensor.Ones([2, 3]).Unfold(3)),
            WrongNumber("Unfold: kernel -1×-1: expected at least 1×1.", () => Tensor.Ones([1, 1, 4, 4]).Unfold(-1)),
            WrongShape("Unfold: a kernel 5×5 with dilation 1×1 is larger than an image 4×4 with padding 0×0", () => Tensor.Ones([1, 1, 4, 4]).Unfold(5))),
        new("Convolve",
            new Cases
            {
                ["Convolve"] = x => x[0].Convolve(x[1]),
                ["Convolve one by one"] = x => x[0].Convolve(x[1]),
                ["Convolve strided"] = x => x[0].Convolve(x[1], (2, 3), (2, 1)),
                ["Convolve dilated"] = x => x[0].Convolve(x[1], padding: 2, dilation: 2),
                ["Convolve same"] = x => x[0].Convolve(x[1], padding: Padding.Same),
                ["Convolve grouped"] = x => x[0].Convolve(x[1], padding: 1, groups: 2),
                ["Convolve depthwise"] = x => x[0].Convolve(x[1], 2, groups: 5),
            },
            WrongShape("Convolve: expected x [N, C, H, W] and w [F, C/1, KH, KW], got [2, 3] and [1, 1, 3, 3]", () => Tensor.Ones([2, 3]).Convolve(Tensor.Ones([1, 1, 3, 3]))),
            WrongShape("Convolve: expected x [N, C, H, W] and w [F, C/1, KH, KW], got [1, 1, 4, 4] and [1, 2, 3, 3]", () => Tensor.Ones([1, 1, 4, 4]).Convolve(Tensor.Ones([1, 2, 3, 3]))),
            WrongShape("Convolve: a kernel 5×3 with dilation 1×1 is larger than an image 4×4 with padding 0×0", () => Tensor.Ones([1, 1, 4, 4]).Convolve(Tensor.Ones([1, 1, 5, 3]))),
            WrongNumber("Convolve: stride 0×0: expected at least 1×1.", () => Tensor.Ones([1, 1, 4, 4]).Convolve(Tensor.Ones([1, 1, 3, 3]), 0)),
            WrongNumber("Convolve: padding -1×-1: expected 0 or more.", () => Tensor.Ones([1, 1, 4, 4]).Convolve(Tensor.Ones([1, 1, 3, 3]), 1, -1)),
            WrongNumber("Convolve: dilation 0×0: expected at least 1×1.", () => Tensor.Ones([1, 1, 4, 4]).Convolve(Tensor.Ones([1, 1, 3, 3]), 1, 0, 0)),
            WrongShape("Convolve: expected x [N, C, H, W] and w [F, C/2, KH, KW], got [1, 1, 4, 4] and [1, 1, 3, 3]", () => Tensor.Ones([1, 1, 4, 4]).Convolve(Tensor.Ones([1, 1, 3, 3]), groups: 2))),
        new("MaxPool",
            new Cases
            {
                ["MaxPool"] = x => x[0].MaxPool(2),
                ["MaxPool overlapping"] = x => x[0].MaxPool(3, 2, 1),
                ["MaxPool covers all"] = x => x[0].MaxPool(3, 2, coversAll: true),
                ["MaxPool dilated"] = x => x[0].MaxPool((3, 2), 1, dilation: (2, 3)),
                ["MaxPool ties"] = x => x[0].MaxPool(3, 1),
            },
            WrongShape("MaxPool: " + NoImages + "[2, 3]", () => Tensor.Ones([2, 3]).MaxPool(2)),
            WrongNumber("MaxPool: kernel 0×0: expected at least 1×1.", () => Tensor.Ones([1, 1, 4, 4]).MaxPool(0)),
            WrongNumber("MaxPool: stride 0×0: expected at least 1×1.", () => Tensor.Ones([1, 1, 4, 4]).MaxPool(2, 0)),
            WrongShape("MaxPool: a kernel 5×5 with dilation 1×1 is larger than an image 4×4 with padding 0×0", () => Tensor.Ones([1, 1, 4, 4]).MaxPool(5))),
        new("AveragePool", x => x[0].AveragePool((3, 2), (2, 1), (1, 0), countsPadding: false),
            WrongShape("AveragePool: " + NoImages + "[2, 3]", () => Tensor.Ones([2, 3]).AveragePool(2)),
            WrongNumber("AveragePool: kernel 0×0: expected at least 1×1.", () => Tensor.Ones([1, 1, 4, 4]).AveragePool(0)),
            WrongShape("AveragePool: a kernel 5×5 with dilation 1×1 is larger than an image 4×4 with padding 0×0", () => Tensor.Ones([1, 1, 4, 4]).AveragePool(5))),
        new("NormalizeChannels",
            new Cases
            {
                ["Normalize"] = x => x[0].NormalizeChannels(1e-3f).Value,
                ["Normalize and rectify"] = x => x[0].NormalizeChannels(1e-3f, rectifies: true).Value,
                ["Normalize last"] = x => x[0].Reshape(1, 5, 17).NormalizeChannels(1e-5f).Value.Reshape(5, 17),
            },
            WrongShape("NormalizeChannels: expected x [N, C, …] of at least one value and γ, β [C], got [3]", () => Tensor.Ones([3]).NormalizeChannels(1)),
            WrongShape("NormalizeChannels: expected x [N, C, …] of at least one value and γ, β [C], got [2, 3], [2], [3]", () => Tensor.Ones([2, 3]).NormalizeChannels(1, Tensor.Ones([2]), Tensor.Ones([3])))),
    ];
}
