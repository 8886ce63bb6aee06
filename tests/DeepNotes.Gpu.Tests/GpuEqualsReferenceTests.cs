using DeepNotes.Tests.Backends;
using DeepNotes.Tests.Support;

namespace DeepNotes.Tests.Gpu;

/// <summary>The GPU against the reference backend, on sizes that cross its tiles and groups.</summary>
public sealed class GpuEqualsReferenceTests
{
    public static TheoryData<string, int[], int[]> Rows() => BackendTests.Rows();

    [Theory]
    [MemberData(nameof(Rows))]
    public void Gpu_equals_reference(string name, int[] first, int[] second) =>
        BackendTests.EqualsReference(name, first, second, Devices.All[0]);
}
