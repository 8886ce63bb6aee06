using DeepNotes.Backends;

namespace DeepNotes.Tests.Support;

/// <summary>
/// The devices of the library's suite, here: a GPU, which may be PoCL's, that compiles kernels for the processor. Without one the
/// plain backend stands in, so that the suite runs anyway, and <c>GpuPresenceTests</c> is skipped to say so.
/// </summary>
public static class Devices
{
    /// <summary>Null where there is none.</summary>
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
