using DeepNotes.Backends;

namespace DeepNotes.Tests.Support;

/// <summary>
/// The devices of the linked tests of the library: a GPU or an OpenCL device of PoCL, which compiles kernels for the CPU. Without one,
/// the tests run on the plain backend, and <c>GpuPresenceTests</c> is reported as skipped.
/// </summary>
public static class Devices
{
    /// <summary>The GPU, or null if there is none.</summary>
    public static Device? Gpu { get; } = Find();

    public static IReadOnlyList<Device> All { get; } = [Gpu ?? Device.Plain];

    public static Device Named(string name) => All.Single(device => device.ToString() == name);

    private static Device? Find()
    {
        try
        {
            return Device.Gpu();
        }
        catch (GpuException)
        {
            return null;
        }
    }
}
