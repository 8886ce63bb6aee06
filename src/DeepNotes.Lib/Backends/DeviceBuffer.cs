namespace DeepNotes.Backends;

/// <summary>Memory of a backend: <see cref="Length"/> floats that only the backend itself can reach.</summary>
public abstract class DeviceBuffer(int length)
{
    // A logical clock: it orders recorded operations and changes in place.
    private static long _events;

    /// <summary>Number of floats.</summary>
    public int Length { get; } = length;

    /// <summary>The number of times this memory has been reused: a tensor that holds another number is no longer valid.</summary>
    internal int Lease { get; private set; }

    /// <summary>Its index among the buffers rented in a step.</summary>
    internal int Slot { get; private set; }

    /// <summary>The logical time at which its current tensor was created.</summary>
    internal long CreatedAt { get; private set; } = Volatile.Read(ref _events);

    /// <summary>The logical time of its last change in place.</summary>
    internal long ChangedAt { get; private set; }

    /// <summary>Advances the logical clock.</summary>
    internal static long NextEvent() => Interlocked.Increment(ref _events);

    /// <summary>Records a change in place, for all tensors that share this memory.</summary>
    internal void MarkChanged() => ChangedAt = NextEvent();

    internal void BeginLease(int slot) => (Slot, CreatedAt) = (slot, Volatile.Read(ref _events));

    internal void EndLease() => Lease++;
}
