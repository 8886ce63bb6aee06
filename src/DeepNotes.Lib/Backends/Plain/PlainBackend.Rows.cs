namespace DeepNotes.Backends.Plain;

internal partial class PlainBackend
{
    /// <summary>y[i, j] = x[indices[i], j].</summary>
    public void Gather(DeviceBuffer x, int[] indices, int width, DeviceBuffer y)
    {
        var (xs, ys) = (new Array2D(x, width), new Array2D(y, width));
        for (var i = 0; i < indices.Length; i++)
        {
            for (var j = 0; j < width; j++)
            {
                ys[i, j] = xs[indices[i], j];
            }
        }
    }

    /// <summary>y[indices[i], j] += x[i, j]: the gradient of <see cref="Gather"/>, where a row taken twice gets both.</summary>
    public void ScatterAdd(DeviceBuffer x, int[] indices, int width, DeviceBuffer y)
    {
        var (xs, ys) = (new Array2D(x, width), new Array2D(y, width));
        for (var i = 0; i < indices.Length; i++)
        {
            for (var j = 0; j < width; j++)
            {
                ys[indices[i], j] += xs[i, j];
            }
        }
    }
}
