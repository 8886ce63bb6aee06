using DeepNotes.Functions;

namespace DeepNotes.Backends.Gpu;

internal sealed partial class GpuBackend
{
    public void Convolve(DeviceBuffer x, DeviceBuffer w, Filters filters, DeviceBuffer y)
    {
        var window = filters.Window;
        var (each, sum, positions) = (filters.PerGroup, filters.WeightsEach, window.Images * window.Output.Area);
        lock (_gate)
        {
            Multiply(
                new MatrixOperand(View(w), 0, each * sum, each, sum, isSumFirst: false),
                new PatchOperand(View(x), filters),
                new ImagesResult(View(y), filters.Count, each, window.Output.Area),
                new Extents(each, positions, sum, filters.Groups, 1));
        }
    }

    public void ConvolveGradientInput(DeviceBuffer dy, DeviceBuffer w, Filters filters, DeviceBuffer dx)
    {
        var window = filters.Window;
        lock (_gate)
        {
            Multiply(
                new WeightOperand(View(w), filters),
                new SeenByOperand(View(dy), filters),
                new ImagesResult(View(dx), window.Channels, filters.ChannelsEach, window.Input.Area),
                new Extents(filters.ChannelsEach, window.Images * window.Input.Area, filters.PerGroup * window.Kernel.Area, filters.Groups, 1));
        }
    }

    public void ConvolveGradientWeight(DeviceBuffer x, DeviceBuffer dy, Filters filters, DeviceBuffer dw)
    {
        var window = filters.Window;
        var (each, taps) = (filters.PerGroup, filters.WeightsEach);
        lock (_gate)
        {
            // The sum is over all positions of all images, and the result is small: the sum is divided, and its parts are added in order.
            var extents = Split(each, taps, window.Images * window.Output.Area, filters.Groups);
            using var parts = extents.Splits == 1 ? null : _memory.Take(extents.Splits * dw.Length);
            var sums = View(parts ?? dw);
            Multiply(
                new OutputOperand(View(dy), filters),
                new TapOperand(View(x), filters),
                new MatrixResult(sums, each, taps, sums, hasBias: false),
                extents);
            if (parts is not null)
            {
                ReduceColumns(default(Add), parts, dw, 1, extents.Splits, dw.Length);
            }
        }
    }

    public void Unfold(DeviceBuffer x, Window window, DeviceBuffer y)
    {
        lock (_gate)
        {
            _launch.Run(WindowKernels.Unfold, _launch.Over(y.Length), View(x), window, View(y));
        }
    }

    public void Fold(DeviceBuffer y, Window window, DeviceBuffer x)
    {
        lock (_gate)
        {
            _launch.Run(WindowKernels.Fold, _launch.Over(x.Length), View(y), window, View(x));
        }
    }

    public void MaxPool(DeviceBuffer x, Window window, DeviceBuffer y)
    {
        lock (_gate)
        {
            _launch.Run(WindowKernels.MaxPool, _launch.Over(y.Length), View(x), window, View(y));
        }
    }

    public void MaxPoolGradient(DeviceBuffer x, DeviceBuffer y, DeviceBuffer dy, Window window, DeviceBuffer dx)
    {
        lock (_gate)
        {
            _launch.Run(WindowKernels.MaxPoolGradient, _launch.Over(dx.Length), View(x), View(y), View(dy), window, View(dx));
        }
    }
}
