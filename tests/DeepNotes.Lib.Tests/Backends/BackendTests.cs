using DeepNotes.Backends;
using DeepNotes.Tests.Support;

namespace DeepNotes.Tests.Backends;

/// <summary>The CPU backend against the plain backend, on sizes that are no multiple of its work items, panels and vectors.</summary>
public sealed class BackendTests
{
    public static TheoryData<string, int[], int[]> Rows() => new()
    {
        { "Tanh", [40_003], [] },
        { "Sigmoid", [3, 5_501], [] },
        { "Exp", [16_385], [] },
        { "Add", [65_537], [65_537] },
        { "Add row", [257, 129], [129] },
        { "Add column", [257, 129], [257, 1] },
        { "Multiply broadcast", [5, 67, 31], [67, 1] },
        { "Divide broadcast", [1, 300], [200, 1] },
        { "Sum", [100_003], [] },
        { "Sum axis 0", [1_009, 307], [] },
        { "Sum axis 1 of 3", [7, 113, 61], [] },
        { "Sum last axis kept", [3, 2, 40_000], [] },
        { "Max axis 0", [1_009, 307], [] },
        { "MatMul", [129, 257], [257, 95] },
        { "MatMul transposed left", [257, 129], [257, 95] },
        { "MatMul transposed right", [129, 257], [95, 257] },
        { "MatMul transposed both", [257, 129], [95, 257] },
        { "MatMul", [1_031, 517], [517, 203] },
        { "MatMul transposed right", [301, 1_031], [99, 1_031] },
        { "MatMul batch", [5, 33, 65], [5, 65, 49] },
        { "Convolve", [5, 17, 33, 29], [35, 17, 3, 3] },
        { "Convolve one by one", [3, 33, 19, 21], [17, 33, 1, 1] },
        { "Convolve strided", [3, 7, 41, 37], [13, 7, 5, 3] },
        { "Convolve dilated", [2, 19, 35, 33], [9, 19, 3, 3] },
        { "Convolve same", [2, 5, 36, 31], [11, 5, 4, 2] },
        { "Convolve grouped", [3, 22, 19, 35], [26, 11, 3, 3] },
        { "MaxPool overlapping", [3, 5, 67, 71], [] },
        { "Normalize", [17, 33, 301], [] },
        { "Normalize and rectify", [17, 33, 301], [] },
        { "AddReLU", [65_537], [65_537] },
        { "Split", [7, 33, 129], [] },
        { "Permute", [23, 31, 47], [] },
        { "Transpose", [211, 307], [] },
        { "Softmax", [129, 1_001], [] },
        { "LogSoftmax", [129, 1_001], [] },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Cpu_equals_plain(string name, int[] first, int[] second) => EqualsPlain(name, first, second, Device.Cpu);

    [Fact]
    public void Tensors_of_two_devices_do_not_mix()
    {
        var (a, b) = (Tensor.Ones([2]), Tensor.Ones([2]).To(Device.Plain));
        var error = Assert.Throws<InvalidOperationException>(() => a + b);
        Assert.Contains("cpu and plain", error.Message, StringComparison.Ordinal);
    }

    internal static void EqualsPlain(string name, int[] first, int[] second, Device device)
    {
        int[][] shapes = second.Length == 0 ? [first] : [first, second];
        var (value, gradients) = Run(name, shapes, device);
        var (expectedValue, expectedGradients) = Run(name, shapes, Device.Plain);

        AssertClose.Equal(expectedValue, value, 1e-5, $"{name}, value");
        foreach (var (expected, actual) in expectedGradients.Zip(gradients))
        {
            AssertClose.Equal(expected, actual, 1e-4, $"{name}, gradient");
        }
    }

    internal static (double[] Value, List<double[]> Gradients) Run(string name, int[][] shapes, Device device)
    {
        using var chosen = device.Use();
        Tensor[] inputs = [.. shapes.Select((shape, i) => Tensor.Uniform(shape, 0.5f, 2, (ulong)i).RequireGradient())];
        var value = Operations.All[name](inputs);
        value.Backward(Tensor.Uniform(value.Shape, -1, 1, 9));
        return (Doubles(value), [.. inputs.Select(input => Doubles(input.Gradient!))]);
    }

    private static double[] Doubles(Tensor tensor) => [.. tensor.ToArray()];
}
