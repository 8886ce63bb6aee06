using DeepNotes.Backends;
using DeepNotes.Functions;

namespace DeepNotes.Tests.Support;

/// <summary>
/// The oracle: every primitive as the plainest loop over its definition, scalar and on one thread. Its memory is its
/// own kind of buffer, so that anything above the seam that touched memory directly would fail here.
/// </summary>
public sealed class ReferenceBackend : IBackend
{
    public string Name => "reference";

    public DeviceBuffer Allocate(int length) => new Memory(length);

    public void Upload(ReadOnlySpan<float> values, DeviceBuffer y) => values.CopyTo(Of(y));

    public void Download(DeviceBuffer x, Span<float> values) => Of(x).CopyTo(values);

    public void Fill(DeviceBuffer y, float value) => Array.Fill(Of(y), value);

    public void Copy(DeviceBuffer x, View from, DeviceBuffer y, View to)
    {
        for (var i = 0; i < Count(to.Lengths); i++)
        {
            Of(y)[to.Offset + Offset(i, to.Lengths, to.Strides)] = Of(x)[from.Offset + Offset(i, from.Lengths, from.Strides)];
        }
    }

    public void Map<TOp>(TOp f, DeviceBuffer x, DeviceBuffer y)
        where TOp : struct, IUnaryOp
    {
        for (var i = 0; i < y.Length; i++)
        {
            Of(y)[i] = f.F(Of(x)[i]);
        }
    }

    public void MapGradient<TOp>(TOp f, DeviceBuffer x, DeviceBuffer y, DeviceBuffer dy, DeviceBuffer dx)
        where TOp : struct, IUnaryOp
    {
        for (var i = 0; i < dx.Length; i++)
        {
            Of(dx)[i] = Of(dy)[i] * f.Derivative(Of(x)[i], Of(y)[i]);
        }
    }

    public void Zip<TOp>(TOp f, DeviceBuffer a, int[] aStrides, DeviceBuffer b, int[] bStrides, DeviceBuffer y, int[] lengths)
        where TOp : struct, IBinaryOp
    {
        for (var i = 0; i < Count(lengths); i++)
        {
            Of(y)[i] = f.F(Of(a)[Offset(i, lengths, aStrides)], Of(b)[Offset(i, lengths, bStrides)]);
        }
    }

    public void Reduce<TOp>(TOp f, DeviceBuffer x, DeviceBuffer y, int outer, int count, int inner)
        where TOp : struct, IReduceOp
    {
        for (var i = 0; i < outer * inner; i++)
        {
            var (o, column) = Math.DivRem(i, inner);
            var folded = f.Identity;
            for (var c = 0; c < count; c++)
            {
                folded = f.F(folded, Of(x)[((o * count) + c) * inner + column]);
            }

            Of(y)[i] = folded;
        }
    }

    public void MatrixProduct(DeviceBuffer a, bool transposeA, DeviceBuffer b, bool transposeB, DeviceBuffer c, int m, int k, int n)
    {
        for (var i = 0; i < m; i++)
        {
            for (var j = 0; j < n; j++)
            {
                var sum = 0f;
                for (var p = 0; p < k; p++)
                {
                    sum += Of(a)[transposeA ? p * m + i : i * k + p] * Of(b)[transposeB ? j * k + p : p * n + j];
                }

                Of(c)[i * n + j] = sum;
            }
        }
    }

    public void Gather(DeviceBuffer x, int[] indices, int width, DeviceBuffer y)
    {
        for (var i = 0; i < indices.Length * width; i++)
        {
            Of(y)[i] = Of(x)[indices[i / width] * width + i % width];
        }
    }

    public void ScatterAdd(DeviceBuffer x, int[] indices, int width, DeviceBuffer y)
    {
        for (var i = 0; i < indices.Length * width; i++)
        {
            Of(y)[indices[i / width] * width + i % width] += Of(x)[i];
        }
    }

    private static float[] Of(DeviceBuffer buffer) => ((Memory)buffer).Values;

    private static int Count(int[] lengths) => lengths.Aggregate(1, (product, length) => product * length);

    // Element i of a row-major walk, with the strides of one operand.
    private static int Offset(int i, int[] lengths, int[] strides)
    {
        var offset = 0;
        for (var axis = lengths.Length - 1; axis >= 0; axis--)
        {
            (i, var index) = Math.DivRem(i, lengths[axis]);
            offset += index * strides[axis];
        }

        return offset;
    }

    private sealed class Memory(int length) : DeviceBuffer(length)
    {
        // What nobody wrote shows up as NaN.
        public float[] Values { get; } = [.. Enumerable.Repeat(float.NaN, length)];
    }
}
