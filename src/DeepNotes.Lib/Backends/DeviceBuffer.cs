namespace DeepNotes.Backends;

/// <summary>Memory of a backend: <see cref="Length"/> floats that only the backend itself can reach.</summary>
public abstract class DeviceBuffer(int length)
{
    /// <summary>Number of floats.</summary>
    public int Length { get; } = length;

    /// <summary>Counts who has used this memory: a tensor whose number is another one has lost it.</summary>
    internal int Lease { get; private set; }

    /// <summary>Its place among the buffers of a step.</summary>
    internal int Slot { get; set; }

    internal void EndLease() => Lease++;
}
