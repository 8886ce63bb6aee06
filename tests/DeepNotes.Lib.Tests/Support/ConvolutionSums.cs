namespace DeepNotes.Tests.Support;

/// <summary>A convolution and its gradients for an upstream gradient dy, by direct summation in double precision.</summary>
public sealed class ConvolutionSums
{
    private readonly float[] _x;
    private readonly float[] _w;
    private readonly float[] _dy;
    private readonly int _kernelArea;

    public ConvolutionSums(Tensor x, Tensor w, Tensor dy, int stride, int padding, int groups)
    {
        (_x, _w, _dy) = (x.ToArray(), w.ToArray(), dy.ToArray());
        (Value, InputGradient, WeightGradient) = (new double[_dy.Length], new double[_x.Length], new double[_w.Length]);
        var (channelsEach, filtersEach) = (w.Shape[1], w.Shape[0] / groups);
        _kernelArea = w.Shape[2] * w.Shape[3];
        for (var output = 0; output < dy.Shape[0] * dy.Shape[1]; output++)
        {
            var (image, filter) = Math.DivRem(output, dy.Shape[1]);
            for (var channel = 0; channel < channelsEach; channel++)
            {
                var plane = image * x.Shape[1] + filter / filtersEach * channelsEach + channel;
                AddPlane((output, dy.Shape), (plane, x.Shape), filter * channelsEach + channel, w.Shape[3], stride, padding);
            }
        }
    }

    public double[] Value { get; }

    public double[] InputGradient { get; }

    public double[] WeightGradient { get; }

    private void AddPlane((int Plane, Shape Shape) y, (int Plane, Shape Shape) x, int kernel, int kernelWidth, int stride, int padding)
    {
        for (var place = 0; place < y.Shape[2] * y.Shape[3]; place++)
        {
            var (row, column) = Math.DivRem(place, y.Shape[3]);
            for (var tap = 0; tap < _kernelArea; tap++)
            {
                var (i, j) = (row * stride + tap / kernelWidth - padding, column * stride + tap % kernelWidth - padding);
                if (i >= 0 && i < x.Shape[2] && j >= 0 && j < x.Shape[3])
                {
                    Add(y.Plane * y.Shape[2] * y.Shape[3] + place, (x.Plane * x.Shape[2] + i) * x.Shape[3] + j, kernel * _kernelArea + tap);
                }
            }
        }
    }

    private void Add(int y, int x, int w)
    {
        Value[y] += (double)_x[x] * _w[w];
        InputGradient[x] += (double)_dy[y] * _w[w];
        WeightGradient[w] += (double)_dy[y] * _x[x];
    }
}
