namespace DeepNotes.Backends.Plain;

/// <summary>
/// Every primitive as the loop over its definition, scalar and on one thread; each file holds one idea, values and gradients
/// side by side. It is what the tests compare the other backends with. So that it is more exact than they are, long sums are in
/// double, and where a formula as it is defined would lose digits there is a better one, with the reason beside it. It isn't sealed: a test of tests derives one with a fault.
/// </summary>
internal partial class PlainBackend : IBackend
{
    public string Name => "plain";

    public DeviceBuffer Allocate(int length) => new PlainBuffer(length);

    public void Upload(ReadOnlySpan<float> values, DeviceBuffer y) => values.CopyTo(PlainBuffer.Of(y));

    public void Download(DeviceBuffer x, Span<float> values) => PlainBuffer.Of(x).CopyTo(values);

    public void Fill(DeviceBuffer y, float value) => Array.Fill(PlainBuffer.Of(y), value);

    /// <summary>y[to(i₀, i₁, …)] = x[from(i₀, i₁, …)].</summary>
    public void Copy(DeviceBuffer x, View from, DeviceBuffer y, View to)
    {
        var (xs, ys) = (PlainBuffer.Of(x), PlainBuffer.Of(y));
        for (var i = 0; i < Count(to.Lengths); i++)
        {
            ys[to.Offset + Position(i, to.Lengths, to.Strides)] = xs[from.Offset + Position(i, from.Lengths, from.Strides)];
        }
    }

    private static int Count(ReadOnlySpan<int> lengths)
    {
        var product = 1;
        foreach (var length in lengths)
        {
            product *= length;
        }

        return product;
    }

    // Σ iₖ·stridesₖ for the indices i₀, i₁, … of element i in row-major order: its digits, with the lengths as bases.
    private static int Position(int i, ReadOnlySpan<int> lengths, ReadOnlySpan<int> strides)
    {
        var position = 0;
        for (var axis = lengths.Length - 1; axis >= 0; axis--)
        {
            position += i % lengths[axis] * strides[axis];
            i /= lengths[axis];
        }

        return position;
    }
}

/// <summary>
/// A managed array, of another type than the processor's buffers: code that bypasses <see cref="IBackend"/> to reach a CPU tensor's memory fails here.
/// </summary>
internal sealed class PlainBuffer : DeviceBuffer
{
    public PlainBuffer(int length)
        : base(length)
    {
        // Elements that are never written show up as NaN.
        Values = new float[length];
        Array.Fill(Values, float.NaN);
    }

    public float[] Values { get; }

    public static float[] Of(DeviceBuffer buffer) => ((PlainBuffer)buffer).Values;
}
