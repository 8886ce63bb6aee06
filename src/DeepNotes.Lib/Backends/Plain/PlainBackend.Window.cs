namespace DeepNotes.Backends.Plain;

internal partial class PlainBackend
{
    /// <summary>y[n, c, p, q, i, j] = x[n, c, row, column] that tap (p, q) of the window reads at (i, j); 0 in the padding.</summary>
    public void Unfold(DeviceBuffer x, Window window, DeviceBuffer y)
    {
        var images = new Array4D(x, window.Channels, window.Input);
        var seen = new Array6D(y, window.Channels, window.Kernel.Height, window.Kernel.Width, window.Output.Height, window.Output.Width);
        for (var n = 0; n < window.Images; n++)
        {
            for (var c = 0; c < window.Channels; c++)
            {
                for (var p = 0; p < window.Kernel.Height; p++)
                {
                    for (var q = 0; q < window.Kernel.Width; q++)
                    {
                        for (var i = 0; i < window.Output.Height; i++)
                        {
                            for (var j = 0; j < window.Output.Width; j++)
                            {
                                seen[n, c, p, q, i, j] = Reads(window, i, j, p, q, out var row, out var column) ? images[n, c, row, column] : 0;
                            }
                        }
                    }
                }
            }
        }
    }

    /// <summary>x[n, c, row, column] = Σ y[n, c, p, q, i, j] over all taps and positions that read it: the gradient of <see cref="Unfold"/>.</summary>
    public void Fold(DeviceBuffer y, Window window, DeviceBuffer x)
    {
        var images = new Array4D(x, window.Channels, window.Input);
        var seen = new Array6D(y, window.Channels, window.Kernel.Height, window.Kernel.Width, window.Output.Height, window.Output.Width);
        Fill(x, 0);
        for (var n = 0; n < window.Images; n++)
        {
            for (var c = 0; c < window.Channels; c++)
            {
                for (var p = 0; p < window.Kernel.Height; p++)
                {
                    for (var q = 0; q < window.Kernel.Width; q++)
                    {
                        for (var i = 0; i < window.Output.Height; i++)
                        {
                            for (var j = 0; j < window.Output.Width; j++)
                            {
                                if (Reads(window, i, j, p, q, out var row, out var column))
                                {
                                    images[n, c, row, column] += seen[n, c, p, q, i, j];
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    // What tap (p, q) reads at (i, j): row i·stride + p·dilation - padding, and the column alike. False in the padding.
    private static bool Reads(in Window window, int i, int j, int p, int q, out int row, out int column)
    {
        row = i * window.Stride.Height + p * window.Dilation.Height - window.Before.Height;
        column = j * window.Stride.Width + q * window.Dilation.Width - window.Before.Width;
        return row >= 0 && row < window.Input.Height && column >= 0 && column < window.Input.Width;
    }
}
