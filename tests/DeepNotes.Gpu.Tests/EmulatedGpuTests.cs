using DeepNotes.Backends;
using DeepNotes.Tests.Backends;
using DeepNotes.Tests.Support;

namespace DeepNotes.Tests.Gpu;

/// <summary>
/// ILGPU's emulator runs kernels as .NET code, with a thread for each thread of the device: it checks barriers and bounds, and needs
/// no driver. It is slow, hence the small shapes.
/// </summary>
public sealed class EmulatedGpuTests
{
    public static TheoryData<string, int[], int[]> Rows() => new()
    {
        { "Tanh", [33], [] },
        { "Add row", [5, 7], [7] },
        { "Multiply broadcast", [2, 3, 5], [3, 1] },
        { "Sum", [133], [] },
        { "Sum axis 0", [70, 3], [] },
        { "Sum axis 1 of 3", [2, 9, 5], [] },
        { "Max axis 0", [9, 4], [] },
        { "MatMul", [5, 7], [7, 6] },
        { "MatMul transposed left", [7, 5], [7, 6] },
        { "MatMul transposed right", [5, 7], [6, 7] },
        { "MatMul transposed both", [7, 5], [6, 7] },
        { "MatMul batch", [2, 5, 3], [2, 3, 4] },
        { "Convolve", [2, 2, 5, 4], [3, 2, 3, 3] },
        { "Convolve strided", [1, 2, 7, 6], [3, 2, 5, 3] },
        { "Convolve dilated", [1, 2, 7, 7], [2, 2, 3, 3] },
        { "Convolve grouped", [1, 4, 5, 4], [4, 2, 3, 3] },
        { "MaxPool overlapping", [1, 2, 7, 6], [] },
        { "Normalize", [4, 3, 5], [] },
        { "Normalize and rectify", [4, 3, 5], [] },
        { "AddReLU", [19], [19] },
        { "Split", [2, 6, 3], [] },
        { "Permute", [2, 3, 4], [] },
        { "Softmax", [3, 11], [] },
        { "LogSoftmax", [3, 11], [] },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Emulated_kernels_equal_the_reference(string name, int[] first, int[] second) =>
        BackendTests.EqualsPlain(name, first, second, Device.Gpu("cpu"));
}
