namespace DeepNotes.Backends;

/// <summary>Memory of a backend: <see cref="Length"/> floats that only the backend itself can reach.</summary>
public abstract class DeviceBuffer(int length)
{
    // Numbers, in one order, the operations that were recorded and the changes that were made in place.
    private static long _events;

    /// <summary>Number of floats.</summary>
    public int Length { get; } = length;

    /// <summary>Counts who has used this memory: a tensor whose number is another one has lost it.</summary>
    internal int Lease { get; private set; }

    /// <summary>Its place among the buffers of a step.</summary>
    internal int Slot { get; private set; }

    /// <summary>The last event before the tensor that has it now was made.</summary>
    internal long Made { get; private set; } = Volatile.Read(ref _events);

    /// <summary>The event of its last change in place.</summary>
    internal long Changed { get; private set; }

    /// <summary>The number of a new event.</summary>
    internal static long NextEvent() => Interlocked.Increment(ref _events);

    /// <summary>Counts a change in place, for all tensors that share this memory.</summary>
    internal void MarkChanged() => Changed = NextEvent();

    internal void BeginLease(int slot) => (Slot, Made) = (slot, Volatile.Read(ref _events));

    internal void EndLease() => Lease++;
}
