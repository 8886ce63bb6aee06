using DeepNotes.Backends;

namespace DeepNotes.Tests.Support;

/// <summary>The devices on which every operation is tested.</summary>
public static class Devices
{
    public static IReadOnlyList<Device> All { get; } = [Device.Cpu, Device.Plain];

    public static Device Named(string name) => All.Single(device => device.ToString() == name);
}
