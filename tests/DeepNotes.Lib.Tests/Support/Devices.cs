using DeepNotes.Backends;

namespace DeepNotes.Tests.Support;

/// <summary>The devices that every operation is tested on.</summary>
public static class Devices
{
    public static Device Reference { get; } = new(new ReferenceBackend());

    public static IReadOnlyList<Device> All { get; } = [Device.Cpu, Reference];

    public static Device Named(string name) => All.Single(device => device.ToString() == name);
}
