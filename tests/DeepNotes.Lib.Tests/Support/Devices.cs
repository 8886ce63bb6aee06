using DeepNotes.Backends;

namespace DeepNotes.Tests.Support;

/// <summary>The devices that every operation is tested on.</summary>
public static class Devices
{
    public static IReadOnlyList<Device> All { get; } = [Device.Cpu, Device.Plain];

    public static Device Named(string name) => All.Single(device => device.ToString() == name);
}
