using DeepNotes.Tests.Backends;
using DeepNotes.Tests.Support;

namespace DeepNotes.Tests.Gpu;

/// <summary>The GPU against the reference backend, on sizes that cross its tiles and groups.</summary>
public sealed class GpuEqualsReferenceTests
{
    public static TheoryData<string, int[], int[]> Rows() => BackendTests.Rows();

    [Theory]
    [MemberData(nameof(Rows))]
    public void Gpu_equals_reference(string name, int[] first, int[] second)
    {
        int[][] shapes = second.Length == 0 ? [first] : [first, second];
        var (value, gradients) = BackendTests.Run(name, shapes, Devices.All[0]);
        var (expectedValue, expectedGradients) = BackendTests.Run(name, shapes, Devices.Reference);

        AssertClose.Equal(expectedValue, value, 1e-5, $"{name}, value");
        foreach (var (expected, actual) in expectedGradients.Zip(gradients))
        {
            AssertClose.Equal(expected, actual, 1e-4, $"{name}, gradient");
        }
    }
}
