using DeepNotes.Tests.Backends;
using DeepNotes.Tests.Support;

namespace DeepNotes.Tests.Gpu;

/// <summary>The GPU against the plain backend, on sizes that are no multiple of its tiles and thread groups.</summary>
public sealed class GpuEqualsPlainTests
{
    public static TheoryData<string, int[], int[]> Rows() => BackendTests.Rows();

    [Theory]
    [MemberData(nameof(Rows))]
    public void Gpu_equals_plain(string name, int[] first, int[] second) =>
        BackendTests.EqualsPlain(name, first, second, Devices.All[0]);
}
