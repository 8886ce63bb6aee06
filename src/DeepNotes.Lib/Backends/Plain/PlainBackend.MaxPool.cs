namespace DeepNotes.Backends.Plain;

internal partial class PlainBackend
{
    /// <summary>y[n, c, i, j] = the largest x[n, c, row, column] that a tap of the window reads at (i, j).</summary>
    public void MaxPool(DeviceBuffer x, Window window, DeviceBuffer y)
    {
        var (xs, ys) = (new Array4D(x, window.Channels, window.Input), new Array4D(y, window.Channels, window.Output));
        for (var n = 0; n < window.Images; n++)
        {
            for (var c = 0; c < window.Channels; c++)
            {
                for (var i = 0; i < window.Output.Height; i++)
                {
                    for (var j = 0; j < window.Output.Width; j++)
                    {
                        var largest = float.NegativeInfinity;
                        for (var p = 0; p < window.Kernel.Height; p++)
                        {
                            for (var q = 0; q < window.Kernel.Width; q++)
                            {
                                if (Reads(window, i, j, p, q, out var row, out var column))
                                {
                                    largest = MathF.Max(largest, xs[n, c, row, column]);
                                }
                            }
                        }

                        ys[n, c, i, j] = largest;
                    }
                }
            }
        }
    }

    /// <summary>dx[n, c, row, column] = Σ dy[n, c, i, j] of the windows whose largest value it is, the first one among equals.</summary>
    public void MaxPoolGradient(DeviceBuffer x, DeviceBuffer y, DeviceBuffer dy, Window window, DeviceBuffer dx)
    {
        var (xs, ys) = (new Array4D(x, window.Channels, window.Input), new Array4D(y, window.Channels, window.Output));
        var (dxs, dys) = (new Array4D(dx, window.Channels, window.Input), new Array4D(dy, window.Channels, window.Output));
        Fill(dx, 0);
        for (var n = 0; n < window.Images; n++)
        {
            for (var c = 0; c < window.Channels; c++)
            {
                for (var i = 0; i < window.Output.Height; i++)
                {
                    for (var j = 0; j < window.Output.Width; j++)
                    {
                        var isFound = false;
                        for (var p = 0; p < window.Kernel.Height; p++)
                        {
                            for (var q = 0; q < window.Kernel.Width; q++)
                            {
                                // Equals and not ==: a NaN is the largest of its window, and equals itself.
                                if (!isFound && Reads(window, i, j, p, q, out var row, out var column) && xs[n, c, row, column].Equals(ys[n, c, i, j]))
                                {
                                    dxs[n, c, row, column] += dys[n, c, i, j];
                                    isFound = true;
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
