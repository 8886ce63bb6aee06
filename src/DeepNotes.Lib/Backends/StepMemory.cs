namespace DeepNotes.Backends;

/// <summary>
/// A buffer pool for training steps: each step of a network allocates tensors of the same sizes, and buffers reused from the step
/// before are still in the cache. Every tensor made inside <see cref="Step"/> is invalid after it, and using one later throws.
/// Read what is needed later inside the step (<see cref="Tensor.ToSingle"/>), or copy it with <see cref="Tensor.Keep"/>.
/// </summary>
/// <example><code>
/// var memory = new StepMemory();
/// foreach (var batch in loader)
/// {
///     using (memory.Step())
///     {
///         optimizer.Minimize(Loss.CrossEntropy(net.Forward(batch.Inputs), batch.Labels), net.Parameters);
///     }
/// }
/// </code></example>
public sealed class StepMemory
{
    private static readonly AsyncLocal<StepMemory?> Chosen = new();

    private readonly Dictionary<(Device Device, int Length), Stack<DeviceBuffer>> _free = [];
    private readonly List<(Device Device, DeviceBuffer? Buffer)> _used = [];
    private bool _hasGrown;
    private bool _grewBefore;

    /// <summary>Begins a step, which ends when the result is disposed.</summary>
    /// <exception cref="InvalidOperationException">A step with this memory has not ended.</exception>
    public IDisposable Step()
    {
        if (_used.Count > 0)
        {
            throw new InvalidOperationException("StepMemory.Step: the step before has not ended; dispose it, or give the inner one a memory of its own.");
        }

        var before = Chosen.Value;
        Chosen.Value = this;
        return new Scope(() =>
        {
            Chosen.Value = before;
            Recycle();
        });
    }

    /// <summary>Allocates outside the pool until the result is disposed: for parameters, optimizer state and all else that outlives a step.</summary>
    internal static Suspension Suspend()
    {
        var before = Chosen.Value;
        Chosen.Value = null;
        return new Suspension(before);
    }

    internal static DeviceBuffer Allocate(Device device, int length) =>
        Chosen.Value is { } memory && length > 0 ? memory.Rent(device, length) : device.Backend.Allocate(length);

    /// <summary>The number of buffers rented in the current step; 0 outside a step.</summary>
    internal static int RentedCount => Chosen.Value?._used.Count ?? 0;

    /// <summary>Returns a buffer before its step ends, unless it is among the first <paramref name="rentedBefore"/> of the step.</summary>
    internal static void Return(DeviceBuffer buffer, int rentedBefore)
    {
        if (Chosen.Value is { } memory && buffer.Slot >= rentedBefore && buffer.Slot < memory._used.Count
            && memory._used[buffer.Slot] is (var device, { } own) && ReferenceEquals(own, buffer))
        {
            memory._used[buffer.Slot] = (device, null);
            memory.Free(device, buffer);
        }
    }

    private DeviceBuffer Rent(Device device, int length)
    {
        if (!_free.TryGetValue((device, length), out var free) || !free.TryPop(out var buffer))
        {
            buffer = device.Backend.Allocate(length);
            _hasGrown = true;
        }

        buffer.BeginLease(_used.Count);
        _used.Add((device, buffer));
        return buffer;
    }

    private void Recycle()
    {
        foreach (var (device, buffer) in _used)
        {
            if (buffer is not null)
            {
                Free(device, buffer);
            }
        }

        _used.Clear();
        CollectBetweenSteps();
    }

    // Between two steps no object of a step is reachable, so a collection promotes none of them. A collection during a step would
    // promote the tape to generation 1 and make collections of that one necessary. Long-lived objects, such as parameters and
    // delegates made in the first steps, are promoted to generation 2 after the first step that needs no new buffer.
    private void CollectBetweenSteps()
    {
        if (_grewBefore && !_hasGrown)
        {
            // From generation 0 to 1, then from 1 to 2.
            GC.Collect(1);
            GC.Collect(1);
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Optimized);
        }

        (_grewBefore, _hasGrown) = (_hasGrown, false);
        GC.Collect(0, GCCollectionMode.Optimized);
    }

    private void Free(Device device, DeviceBuffer buffer)
    {
        buffer.EndLease();
        if (!_free.TryGetValue((device, buffer.Length), out var free))
        {
            _free[(device, buffer.Length)] = free = new Stack<DeviceBuffer>();
        }

        free.Push(buffer);
    }

    internal readonly struct Suspension(StepMemory? before) : IDisposable
    {
        public void Dispose() => Chosen.Value = before;
    }
}
