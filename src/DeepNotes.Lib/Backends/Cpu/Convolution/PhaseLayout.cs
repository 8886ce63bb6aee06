namespace DeepNotes.Backends.Cpu;

/// <summary>
/// How images become <see cref="Planes"/> for a window: each channel has a plane for each phase of the stride that some
/// tap needs, and each tap begins at its place in one of them.
/// </summary>
internal sealed class PhaseLayout
{
    private readonly Window _window;
    private readonly int _channels;
    private readonly List<(int Row, int Column)> _phases;

    public PhaseLayout(Window window, int channels)
    {
        (_window, _channels) = (window, channels);
        Size = (
            window.Output.Height + (window.Kernel.Height - 1) * window.Dilation.Height / window.Stride.Height,
            window.Output.Width + (window.Kernel.Width - 1) * window.Dilation.Width / window.Stride.Width);
        _phases = [.. Kernel().Select(tap => (tap.Row % window.Stride.Height, tap.Column % window.Stride.Width)).Distinct()];
        Positions = new OutputPositions(window.Output, Size.Width, 0, window.Output.Width, 1);
        Taps = [.. Enumerable.Range(0, channels).SelectMany(channel => Kernel().Select(tap => Start(channel, tap)))];
    }

    /// <summary>Rows and columns of a plane.</summary>
    public Size2D Size { get; }

    /// <summary>Planes of one image, or of one group of its channels.</summary>
    public int PlanesEach => _channels * _phases.Count;

    /// <summary>The positions of an image's outputs in the runs of the taps.</summary>
    public OutputPositions Positions { get; }

    /// <summary>Where each tap (c, p, q) begins in the planes of its image.</summary>
    public int[] Taps { get; }

    /// <summary>The planes of some units, each a group of an image's channels, <paramref name="step"/> apart.</summary>
    public Planes Fill(float[] x, int first, int count, int step = 1)
    {
        var planes = new Planes(count * PlanesEach, Size);
        Work.ByCost(planes.Count, Size.Area, (this, planes, x, first, step), static (in work, start, end) =>
        {
            var (layout, planes, x, first, step) = work;
            for (var plane = start; plane < end; plane++)
            {
                layout.Fill(planes, plane, x, first, step);
            }
        });
        return planes;
    }

    private void Fill(Planes planes, int plane, float[] x, int first, int step)
    {
        var (unit, rest) = Math.DivRem(plane, PlanesEach);
        var (channel, phase) = Math.DivRem(rest, _phases.Count);
        var image = x.AsSpan(((first + unit * step) * _channels + channel) * _window.Input.Area, _window.Input.Area);
        var (row, column) = (_phases[phase].Row - _window.Before.Height, _phases[phase].Column - _window.Before.Width);
        planes.Fill(plane, image, _window.Input, row, column, _window.Stride);
    }

    private int Start(int channel, (int Row, int Column) tap)
    {
        var phase = _phases.IndexOf((tap.Row % _window.Stride.Height, tap.Column % _window.Stride.Width));
        return (channel * _phases.Count + phase) * Size.Area
            + tap.Row / _window.Stride.Height * Size.Width + tap.Column / _window.Stride.Width;
    }

    // How far each tap of the kernel is from its first one.
    private IEnumerable<(int Row, int Column)> Kernel() =>
        from p in Enumerable.Range(0, _window.Kernel.Height)
        from q in Enumerable.Range(0, _window.Kernel.Width)
        select (p * _window.Dilation.Height, q * _window.Dilation.Width);
}
