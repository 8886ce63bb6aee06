namespace DeepNotes.Backends.Plain;

internal partial class PlainBackend
{
    /// <summary>
    /// y[n, f, i, j] = Σ over c, p, q of x[n, c, i·stride + p·dilation - padding, j·stride + q·dilation - padding]·w[f, c, p, q].
    /// The filters of a group see its channels only: x's channel is first + c.
    /// </summary>
    public void Convolve(DeviceBuffer x, DeviceBuffer w, Filters filters, DeviceBuffer y)
    {
        var window = filters.Window;
        var (xs, ws, ys) = (Images(x, filters), Weights(w, filters), Maps(y, filters));
        for (var n = 0; n < window.Images; n++)
        {
            for (var f = 0; f < filters.Count; f++)
            {
                var first = FirstChannel(filters, f);
                for (var i = 0; i < window.Output.Height; i++)
                {
                    for (var j = 0; j < window.Output.Width; j++)
                    {
                        var sum = 0.0;
                        for (var c = 0; c < filters.ChannelsEach; c++)
                        {
                            for (var p = 0; p < window.Kernel.Height; p++)
                            {
                                for (var q = 0; q < window.Kernel.Width; q++)
                                {
                                    if (Reads(window, i, j, p, q, out var row, out var column))
                                    {
                                        sum += (double)xs[n, first + c, row, column] * ws[f, c, p, q];
                                    }
                                }
                            }
                        }

                        ys[n, f, i, j] = (float)sum;
                    }
                }
            }
        }
    }

    /// <summary>dx[n, c, row, column] = Σ dy[n, f, i, j]·w[f, c, p, q] over all f, i, j, p, q that read it: each dy goes back the way its x came.</summary>
    public void ConvolveGradientInput(DeviceBuffer dy, DeviceBuffer w, Filters filters, DeviceBuffer dx)
    {
        var window = filters.Window;
        var (dys, ws, dxs) = (Maps(dy, filters), Weights(w, filters), Images(dx, filters));
        Fill(dx, 0);
        for (var n = 0; n < window.Images; n++)
        {
            for (var f = 0; f < filters.Count; f++)
            {
                var first = FirstChannel(filters, f);
                for (var i = 0; i < window.Output.Height; i++)
                {
                    for (var j = 0; j < window.Output.Width; j++)
                    {
                        for (var c = 0; c < filters.ChannelsEach; c++)
                        {
                            for (var p = 0; p < window.Kernel.Height; p++)
                            {
                                for (var q = 0; q < window.Kernel.Width; q++)
                                {
                                    if (Reads(window, i, j, p, q, out var row, out var column))
                                    {
                                        dxs[n, first + c, row, column] += dys[n, f, i, j] * ws[f, c, p, q];
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /// <summary>dw[f, c, p, q] = Σ over n, i, j of dy[n, f, i, j] times the x that the weight met there.</summary>
    public void ConvolveGradientWeight(DeviceBuffer x, DeviceBuffer dy, Filters filters, DeviceBuffer dw)
    {
        var window = filters.Window;
        var (xs, dys, dws) = (Images(x, filters), Maps(dy, filters), Weights(dw, filters));
        for (var f = 0; f < filters.Count; f++)
        {
            var first = FirstChannel(filters, f);
            for (var c = 0; c < filters.ChannelsEach; c++)
            {
                for (var p = 0; p < window.Kernel.Height; p++)
                {
                    for (var q = 0; q < window.Kernel.Width; q++)
                    {
                        var sum = 0.0;
                        for (var n = 0; n < window.Images; n++)
                        {
                            for (var i = 0; i < window.Output.Height; i++)
                            {
                                for (var j = 0; j < window.Output.Width; j++)
                                {
                                    if (Reads(window, i, j, p, q, out var row, out var column))
                                    {
                                        sum += (double)dys[n, f, i, j] * xs[n, first + c, row, column];
                                    }
                                }
                            }
                        }

                        dws[f, c, p, q] = (float)sum;
                    }
                }
            }
        }
    }

    // x [N, C, H, W].
    private static Array4D Images(DeviceBuffer x, in Filters filters) => new(x, filters.Window.Channels, filters.Window.Input);

    // w [F, C/groups, KH, KW].
    private static Array4D Weights(DeviceBuffer w, in Filters filters) => new(w, filters.ChannelsEach, filters.Window.Kernel);

    // y [N, F, H, W].
    private static Array4D Maps(DeviceBuffer y, in Filters filters) => new(y, filters.Count, filters.Window.Output);

    // Of the group that filter f belongs to.
    private static int FirstChannel(in Filters filters, int f) => f / filters.PerGroup * filters.ChannelsEach;
}
