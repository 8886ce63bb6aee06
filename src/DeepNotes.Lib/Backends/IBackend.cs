using DeepNotes.Functions;

namespace DeepNotes.Backends;

/// <summary>
/// What a device must be able to do: shapes of computation, not named layers. Everything above this seam is written
/// with these primitives alone, so that a new device is one class, and the naive reference backend of the tests is
/// an oracle for all of them. Shapes are checked above; a backend may trust its arguments.
/// </summary>
public interface IBackend
{
    /// <summary>The name in messages: "cpu".</summary>
    string Name { get; }

    /// <summary>New memory, with anything in it: whoever asks writes all of it.</summary>
    DeviceBuffer Allocate(int length);

    /// <summary>y = values, from the host.</summary>
    void Upload(ReadOnlySpan<float> values, DeviceBuffer y);

    /// <summary>values = x, to the host.</summary>
    void Download(DeviceBuffer x, Span<float> values);

    /// <summary>y = value everywhere.</summary>
    void Fill(DeviceBuffer y, float value);

    /// <summary>y[to(i)] = x[from(i)]: permute, repeat, slice, pad, concatenate.</summary>
    void Copy(DeviceBuffer x, View from, DeviceBuffer y, View to);

    /// <summary>y = f(x), element by element.</summary>
    void Map<TOp>(TOp f, DeviceBuffer x, DeviceBuffer y)
        where TOp : struct, IUnaryOp;

    /// <summary>dx = dy · f′(x), with y = f(x) at hand because many derivatives are shorter in y.</summary>
    void MapGradient<TOp>(TOp f, DeviceBuffer x, DeviceBuffer y, DeviceBuffer dy, DeviceBuffer dx)
        where TOp : struct, IUnaryOp;

    /// <summary>y[i] = f(a[i·aStrides], b[i·bStrides]) over <paramref name="lengths"/>: strides of 0 broadcast.</summary>
    void Zip<TOp>(TOp f, DeviceBuffer a, int[] aStrides, DeviceBuffer b, int[] bStrides, DeviceBuffer y, int[] lengths)
        where TOp : struct, IBinaryOp;

    /// <summary>y[o, i] = f over c of x[o, c, i], for x as [outer, count, inner].</summary>
    void Reduce<TOp>(TOp f, DeviceBuffer x, DeviceBuffer y, int outer, int count, int inner)
        where TOp : struct, IReduceOp;

    /// <summary>C[m, n] = op(A)·op(B), with op(A) [m, k] and op(B) [k, n]; a transposed operand is stored the other way.</summary>
    void MatrixProduct(DeviceBuffer a, bool transposeA, DeviceBuffer b, bool transposeB, DeviceBuffer c, int m, int k, int n);

    /// <summary>y[i, :] = x[indices[i], :], rows of <paramref name="width"/> floats.</summary>
    void Gather(DeviceBuffer x, int[] indices, int width, DeviceBuffer y);

    /// <summary>y[indices[i], :] += x[i, :], in the order of i; the gradient of <see cref="Gather"/>.</summary>
    void ScatterAdd(DeviceBuffer x, int[] indices, int width, DeviceBuffer y);
}
