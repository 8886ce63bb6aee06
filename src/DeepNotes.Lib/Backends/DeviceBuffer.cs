namespace DeepNotes.Backends;

/// <summary>Memory of a backend: <see cref="Length"/> floats that only the backend itself can reach.</summary>
public abstract class DeviceBuffer(int length)
{
    /// <summary>Number of floats.</summary>
    public int Length { get; } = length;
}
