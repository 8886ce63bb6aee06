using DeepNotes.Functions;

namespace DeepNotes.Backends;

/// <summary>
/// Computes shapes alone and holds no memory, like PyTorch's meta device: it gives the shapes of all tensors and the number of
/// multiply-accumulates of a network of any size. Every value reads as 0.
/// </summary>
internal sealed class ShapeBackend : IBackend
{
    public string Name => "shapes only";

    /// <summary>The multiply-accumulates of all matrix products so far.</summary>
    public long MultiplyAccumulates { get; private set; }

    public DeviceBuffer Allocate(int length) => new Nothing(length);

    public void Upload(ReadOnlySpan<float> values, DeviceBuffer y)
    {
    }

    public void Download(DeviceBuffer x, Span<float> values) => values.Clear();

    public void Fill(DeviceBuffer y, float value)
    {
    }

    public void Copy(DeviceBuffer x, View from, DeviceBuffer y, View to)
    {
    }

    public void Map<TOp>(TOp f, DeviceBuffer x, DeviceBuffer y)
        where TOp : struct, IUnaryOp
    {
    }

    public void MapGradient<TOp>(TOp f, DeviceBuffer x, DeviceBuffer y, DeviceBuffer dy, DeviceBuffer dx)
        where TOp : struct, IUnaryOp
    {
    }

    public void Zip<TOp>(
        TOp f, DeviceBuffer a, ReadOnlySpan<int> aStrides, DeviceBuffer b, ReadOnlySpan<int> bStrides, DeviceBuffer y, ReadOnlySpan<int> lengths)
        where TOp : struct, IBinaryOp
    {
    }

    public void Reduce<TOp>(TOp f, DeviceBuffer x, DeviceBuffer y, int outer, int count, int inner)
        where TOp : struct, IReduceOp
    {
    }

    public void MatrixProduct(MatrixView a, MatrixView b, DeviceBuffer c, int count, int m, int k, int n, DeviceBuffer? bias = null) =>
        MultiplyAccumulates += (long)count * m * k * n;

    public void Unfold(DeviceBuffer x, Window window, DeviceBuffer y)
    {
    }

    public void Fold(DeviceBuffer y, Window window, DeviceBuffer x)
    {
    }

    public void Convolve(DeviceBuffer x, DeviceBuffer w, Filters filters, DeviceBuffer y) =>
        MultiplyAccumulates += (long)y.Length * filters.WeightsEach;

    public void ConvolveGradientInput(DeviceBuffer dy, DeviceBuffer w, Filters filters, DeviceBuffer dx) =>
        MultiplyAccumulates += (long)dy.Length * filters.WeightsEach;

    public void ConvolveGradientWeight(DeviceBuffer x, DeviceBuffer dy, Filters filters, DeviceBuffer dw) =>
        MultiplyAccumulates += (long)dy.Length * filters.WeightsEach;

    public void MaxPool(DeviceBuffer x, Window window, DeviceBuffer y)
    {
    }

    public void MaxPoolGradient(DeviceBuffer x, DeviceBuffer y, DeviceBuffer dy, Window window, DeviceBuffer dx)
    {
    }

    public void Normalize(Channels channels, DeviceBuffer x, DeviceBuffer scale, DeviceBuffer shift, float epsilon, bool rectifies, DeviceBuffer mean, DeviceBuffer variance, DeviceBuffer y)
    {
    }

    public void NormalizeGradient(Channels channels, DeviceBuffer x, DeviceBuffer scale, DeviceBuffer shift, float epsilon, bool rectifies, DeviceBuffer mean, DeviceBuffer variance, DeviceBuffer dy, DeviceBuffer dx, DeviceBuffer dScale, DeviceBuffer dShift)
    {
    }

    public void LogSoftmax(DeviceBuffer x, DeviceBuffer y, int rows, int count)
    {
    }

    public void LogSoftmaxGradient(DeviceBuffer y, DeviceBuffer dy, DeviceBuffer dx, int rows, int count)
    {
    }

    public void CrossEntropy(DeviceBuffer x, int[] labels, DeviceBuffer? weights, DeviceBuffer d, DeviceBuffer y, int count)
    {
    }

    public void CrossEntropyGradient(DeviceBuffer d, DeviceBuffer? weights, DeviceBuffer dy, float factor, DeviceBuffer dx, int count)
    {
    }

    public void LstmStep(CellStep step, DeviceBuffer fromHidden, DeviceBuffer bias, DeviceBuffer gates, DeviceBuffer cells, DeviceBuffer states)
    {
    }

    public void LstmStepGradient(CellStep step, DeviceBuffer gates, DeviceBuffer cells, DeviceBuffer dHidden, DeviceBuffer dStates, DeviceBuffer dCell, DeviceBuffer dGates)
    {
    }

    public void Update<TOp>(TOp f, DeviceBuffer w, DeviceBuffer g, DeviceBuffer a, DeviceBuffer b)
        where TOp : struct, IUpdateOp
    {
    }

    public void Gather(DeviceBuffer x, int[] indices, int width, DeviceBuffer y)
    {
    }

    public void ScatterAdd(DeviceBuffer x, int[] indices, int width, DeviceBuffer y)
    {
    }

    private sealed class Nothing(int length) : DeviceBuffer(length);
}
