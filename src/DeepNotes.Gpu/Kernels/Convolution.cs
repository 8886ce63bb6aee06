using ILGPU;

namespace DeepNotes.Backends.Gpu;

// A convolution is a product with the patches that its window sees. They are never stored: the operand computes where an
// element of them is in the image ("implicit product").
//
//   forward        y[f, (n,p)]  = Σ over taps      w[f, tap]    · patch[(n,p), tap]
//   by the weight  dw[f, tap]   = Σ over (n,p)     dy[f, (n,p)] · patch[(n,p), tap]
//   by the input   dx[c, (n,q)] = Σ over (f, k)    w[f, c, k]   · dy[f, the position whose tap k sees q]
//
// A product is a group of channels.

/// <summary>Element (position, tap): the value at a tap of the window for a position of the output, over all images; 0 in the padding.</summary>
internal readonly struct PatchOperand(ArrayView<float> x, Filters filters) : IOperand
{
    private readonly ArrayView<float> _x = x;

    public bool RunsAlongSum => false;

    public float At(int product, int i, int k)
    {
        var window = filters.Window;
        var area = window.Output.Area;
        if (i >= window.Images * area || k >= filters.WeightsEach)
        {
            return 0f;
        }

        var image = i / area;
        var position = i % area;
        var channel = product * filters.ChannelsEach + k / window.Kernel.Area;
        var tap = k % window.Kernel.Area;
        var row = position / window.Output.Width * window.Stride.Height + tap / window.Kernel.Width * window.Dilation.Height - window.Before.Height;
        var column = position % window.Output.Width * window.Stride.Width + tap % window.Kernel.Width * window.Dilation.Width - window.Before.Width;
        var isInside = row >= 0 && row < window.Input.Height && column >= 0 && column < window.Input.Width;
        return isInside ? _x[((image * window.Channels + channel) * window.Input.Height + row) * window.Input.Width + column] : 0f;
    }
}

/// <summary>The same with the tap along the result and the position along the sum.</summary>
internal readonly struct TapOperand(ArrayView<float> x, Filters filters) : IOperand
{
    private readonly PatchOperand _patches = new(x, filters);

    public bool RunsAlongSum => true;

    public float At(int product, int i, int k) => _patches.At(product, k, i);
}

/// <summary>Element (filter, position): dy with its images along the sum.</summary>
internal readonly struct OutputOperand(ArrayView<float> dy, Filters filters) : IOperand
{
    private readonly ArrayView<float> _dy = dy;

    public bool RunsAlongSum => true;

    public float At(int product, int i, int k)
    {
        var area = filters.Window.Output.Area;
        return i < filters.PerGroup && k < filters.Window.Images * area
            ? _dy[(k / area * filters.Count + product * filters.PerGroup + i) * area + k % area]
            : 0f;
    }
}

/// <summary>Element (channel, (filter, tap)): the weights as the gradient by the input needs them.</summary>
internal readonly struct WeightOperand(ArrayView<float> w, Filters filters) : IOperand
{
    private readonly ArrayView<float> _w = w;

    public bool RunsAlongSum => true;

    public float At(int product, int i, int k)
    {
        var taps = filters.Window.Kernel.Area;
        return i < filters.ChannelsEach && k < filters.PerGroup * taps
            ? _w[((product * filters.PerGroup + k / taps) * filters.ChannelsEach + i) * taps + k % taps]
            : 0f;
    }
}

/// <summary>Element (position of the input, (filter, tap)): dy of the position whose tap sees it; 0 where there is none.</summary>
internal readonly struct SeenByOperand(ArrayView<float> dy, Filters filters) : IOperand
{
    private readonly ArrayView<float> _dy = dy;

    public bool RunsAlongSum => false;

    public float At(int product, int i, int k)
    {
        var window = filters.Window;
        var area = window.Input.Area;
        var taps = window.Kernel.Area;
        if (i >= window.Images * area || k >= filters.PerGroup * taps)
        {
            return 0f;
        }

        var position = i % area;
        var tap = k % taps;
        var row = position / window.Input.Width + window.Before.Height - tap / window.Kernel.Width * window.Dilation.Height;
        var column = position % window.Input.Width + window.Before.Width - tap % window.Kernel.Width * window.Dilation.Width;
        var isSeen = row >= 0 && row % window.Stride.Height == 0 && row / window.Stride.Height < window.Output.Height
            && column >= 0 && column % window.Stride.Width == 0 && column / window.Stride.Width < window.Output.Width;
        var filter = product * filters.PerGroup + k / taps;
        return isSeen
            ? _dy[((i / area * filters.Count + filter) * window.Output.Height + row / window.Stride.Height) * window.Output.Width + column / window.Stride.Width]
            : 0f;
    }
}

/// <summary>C[channel, (image, position)] into images [N, channels, area]; each product has this number of channels.</summary>
internal readonly struct ImagesResult(ArrayView<float> y, int channels, int each, int area) : IResult
{
    private readonly ArrayView<float> _y = y;

    public void Store(int product, int i, int j, float value) =>
        _y[(j / area * channels + product * each + i) * area + j % area] = value;
}
