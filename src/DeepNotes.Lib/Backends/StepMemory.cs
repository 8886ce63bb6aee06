namespace DeepNotes.Backends;

/// <summary>
/// The memory of a training step, used again by the next one: steps of one network make the same tensors again and again,
/// and memory that was just written is the fastest there is. Every tensor made inside of <see cref="Step"/> ends with it;
/// using one later throws. What has to stay is read inside (<see cref="Tensor.ToSingle"/>), or made by
/// <see cref="Tensor.Keep"/>.
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
    /// <exception cref="InvalidOperationException">This memory is inside of a step already.</exception>
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

    /// <summary>Makes tensors that stay until the result is disposed: parameters and all that is remembered between steps.</summary>
    internal static Suspension Suspend()
    {
        var before = Chosen.Value;
        Chosen.Value = null;
        return new Suspension(before);
    }

    internal static DeviceBuffer Allocate(Device device, int length) =>
        Chosen.Value is { } memory && length > 0 ? memory.Rent(device, length) : device.Backend.Allocate(length);

    /// <summary>How many buffers the current step has taken; 0 outside of a step.</summary>
    internal static int RentedCount => Chosen.Value?._used.Count ?? 0;

    /// <summary>Gives a buffer back before its step ends, if it was taken after so many others.</summary>
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

    // Between two steps nothing of a step is alive, so a collection that is due finds nothing to carry along. In the midst
    // of one it would carry the record into the next generation, and fill that one until it is collected as well. What
    // stays, from parameters to what the first steps compiled, grows old at once when a step has found all of its memory.
    private void CollectBetweenSteps()
    {
        if (_grewBefore && !_hasGrown)
        {
            // Once into the next generation, once out of it.
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
