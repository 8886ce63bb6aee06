using DeepNotes.Backends.Cpu;
using DeepNotes.Backends.Plain;

namespace DeepNotes.Backends;

/// <summary>Where tensors live: a name and the backend that computes there.</summary>
public sealed class Device(IBackend backend)
{
    private static readonly AsyncLocal<Device?> Chosen = new();

    /// <summary>The processor: SIMD on all cores.</summary>
    public static Device Cpu { get; } = new(new CpuBackend());

    /// <summary>
    /// The processor, with a scalar loop for each formula on one thread: to be read, and to compare others with. Long sums are in double, so that it
    /// is more exact than <see cref="Cpu"/>, and slow: the product of two 512×512 matrices takes about 90 times as long as there on one thread.
    /// </summary>
    public static Device Plain { get; } = new(new PlainBackend());

    /// <summary>
    /// Where new tensors are made in all cells of a notebook and on all threads, unless <see cref="Use"/> chose another there:
    /// <see cref="Cpu"/> until it is set.
    /// </summary>
    public static Device Default
    {
        get;
        set => field = value ?? throw new ArgumentNullException(nameof(value), "Device.Default: expected a device, got null.");
    } = Cpu;

    /// <summary>Where new tensors are made: where <see cref="Use"/> chose, else on the <see cref="Default"/>.</summary>
    public static Device Current => Chosen.Value ?? Default;

    /// <summary>What computes.</summary>
    public IBackend Backend { get; } = backend;

    /// <summary>Whether tensors there have no values: nothing that lives longer may be made on it.</summary>
    internal bool IsShapesOnly => Backend is ShapeBackend;

    /// <summary>
    /// Makes new tensors on this device until the result is disposed. It holds within the cell of a notebook that calls it; for those
    /// that follow set <see cref="Default"/>.
    /// </summary>
    public IDisposable Use()
    {
        var before = Chosen.Value;
        Chosen.Value = this;
        return new Scope(() => Chosen.Value = before);
    }

    /// <inheritdoc/>
    public override string ToString() => Backend.Name;
}
