namespace DeepNotes.Tests.Support;

/// <summary>Every tensor operation, one row each, named as in Golden/operations.py.</summary>
public static class Operations
{
    private static readonly int[] SomeLabels = [1, 0, 6, 3, 3];
    private static readonly int[] SomeRows = [2, 0, 2, 6];

    public static IReadOnlyDictionary<string, Func<IReadOnlyList<Tensor>, Tensor>> All { get; } =
        new Dictionary<string, Func<IReadOnlyList<Tensor>, Tensor>>
        {
            ["Add"] = x => x[0] + x[1],
            ["Add row"] = x => x[0] + x[1],
            ["Add column"] = x => x[0] + x[1],
            ["Add both broadcast"] = x => x[0] + x[1],
            ["Subtract"] = x => x[0] - x[1],
            ["Subtract scalar tensor"] = x => x[0] - x[1],
            ["Multiply"] = x => x[0] * x[1],
            ["Multiply broadcast"] = x => x[0] * x[1],
            ["Divide"] = x => x[0] / x[1],
            ["Divide broadcast"] = x => x[0] / x[1],
            ["Affine"] = x => 3 - 2 * x[0],
            ["Reciprocal"] = x => 2 / x[0],
            ["Exp"] = x => x[0].Exp(),
            ["Log"] = x => x[0].Log(),
            ["Sqrt"] = x => x[0].Sqrt(),
            ["Square"] = x => x[0].Square(),
            ["ReLU"] = x => x[0].ReLU(),
            ["Sigmoid"] = x => x[0].Sigmoid(),
            ["Tanh"] = x => x[0].Tanh(),
            ["Tanh far"] = x => x[0].Tanh(),
            ["Maximum"] = x => Tensor.Maximum(x[0], x[1]),
            ["Sum"] = x => x[0].Sum(),
            ["Sum axis 0"] = x => x[0].Sum(0),
            ["Sum axis 1 of 3"] = x => x[0].Sum(1),
            ["Sum last axis kept"] = x => x[0].Sum(-1, keepAxis: true),
            ["Mean"] = x => x[0].Mean(),
            ["Mean axis 1"] = x => x[0].Mean(1),
            ["Max"] = x => x[0].Max(),
            ["Max axis 0"] = x => x[0].Max(0),
            ["Max ties"] = x => x[0].Max(1),
            ["MatMul"] = x => x[0].MatMul(x[1]),
            ["MatMul one by one"] = x => x[0].MatMul(x[1]),
            ["MatMul odd"] = x => x[0].MatMul(x[1]),
            ["MatMul transposed left"] = x => x[0].MatMul(x[1], transposeA: true),
            ["MatMul transposed right"] = x => x[0].MatMul(x[1], transposeB: true),
            ["MatMul transposed both"] = x => x[0].MatMul(x[1], true, true),
            ["Reshape"] = x => x[0].Reshape(4, -1),
            ["Permute"] = x => x[0].Permute(2, 0, 1),
            ["Transpose"] = x => x[0].Transpose(),
            ["Expand"] = x => x[0].Expand([2, 3, 4, 5]),
            ["Slice"] = x => x[0].Slice(1, 2, 3),
            ["Rows"] = x => x[0].Rows(SomeRows),
            ["Pick"] = x => x[0].Pick(SomeLabels),
            ["Softmax"] = x => x[0].Softmax(),
            ["Softmax axis 0"] = x => x[0].Softmax(0),
            ["LogSoftmax"] = x => x[0].LogSoftmax(),
            ["LogSoftmax one sample"] = x => x[0].LogSoftmax(),
            ["CrossEntropy"] = x => Loss.CrossEntropy(x[0], SomeLabels),
            ["CrossEntropy one sample"] = x => Loss.CrossEntropy(x[0], SomeLabels[..1]),
            ["MeanSquaredError"] = x => Loss.MeanSquaredError(x[0], x[1]),
            ["Linear"] = x => x[0].MatMul(x[1], transposeB: true) + x[2],
        };
}
