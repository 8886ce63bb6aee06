namespace DeepNotes.Backends.Cpu;

/// <summary>
/// The gradient at those rows and columns of x that are in one phase of the stride: a correlation of dy with the taps that
/// read them, in transposed order.
/// </summary>
internal sealed class InputGradientPhase
{
    private readonly Filters _filters;
    private readonly List<(int Tap, int Row, int Column)> _taps = [];
    private readonly (int Row, int Column) _first;
    private readonly (int Row, int Column) _farthest;

    public InputGradientPhase(Filters filters, int row, int column)
    {
        _filters = filters;
        var window = filters.Window;
        for (var tap = 0; tap < window.Kernel.Area; tap++)
        {
            var (p, q) = (tap / window.Kernel.Width * window.Dilation.Height, tap % window.Kernel.Width * window.Dilation.Width);
            if (p % window.Stride.Height == row && q % window.Stride.Width == column)
            {
                _taps.Add((tap, p / window.Stride.Height, q / window.Stride.Width));
            }
        }

        var (rows, firstRow) = InPhase(window.Input.Height, window.Before.Height, row, window.Stride.Height);
        var (columns, firstColumn) = InPhase(window.Input.Width, window.Before.Width, column, window.Stride.Width);
        IsEmpty = _taps.Count == 0 || rows == 0 || columns == 0;
        if (IsEmpty)
        {
            (Taps, Positions) = ([], default);
            return;
        }

        _first = (firstRow, firstColumn);
        _farthest = (_taps.Max(tap => tap.Row), _taps.Max(tap => tap.Column));
        Size = (rows + _farthest.Row, columns + _farthest.Column);
        Taps = [.. Enumerable.Range(0, filters.PerGroup).SelectMany(filter => _taps.Select(tap =>
            filter * Size.Area + (_farthest.Row - tap.Row) * Size.Width + _farthest.Column - tap.Column))];
        var start = (firstRow * window.Stride.Height + row - window.Before.Height) * window.Input.Width
            + firstColumn * window.Stride.Width + column - window.Before.Width;
        Positions = new OutputPositions((rows, columns), Size.Width, start, window.Stride.Height * window.Input.Width, window.Stride.Width);
    }

    /// <summary>Whether no tap reads this phase, so that the gradient there is 0.</summary>
    public bool IsEmpty { get; }

    /// <summary>Rows and columns of a plane of dy.</summary>
    public Size2D Size { get; }

    /// <summary>The offset of each (f, tap) in the planes of dy.</summary>
    public int[] Taps { get; }

    /// <summary>The positions of the gradients in dx.</summary>
    public OutputPositions Positions { get; }

    /// <summary>The number of weights that are applied to this phase.</summary>
    public int WeightCount => _filters.Groups * _filters.ChannelsEach * Taps.Length;

    /// <summary>The weights in the order of <see cref="Taps"/>: a row [filter, tap] for each channel of each group.</summary>
    public void TransposeWeights(float[] w, float[] transposed)
    {
        Work.ByCost(_filters.Groups * _filters.ChannelsEach, Taps.Length, (this, w, transposed), static (in work, start, end) =>
        {
            var (phase, w, transposed) = work;
            for (var row = start; row < end; row++)
            {
                phase.TransposeWeights(row, w, transposed.AsSpan(row * phase.Taps.Length, phase.Taps.Length));
            }
        });
    }

    private void TransposeWeights(int row, float[] w, Span<float> transposed)
    {
        var (channels, area) = (_filters.ChannelsEach, _filters.Window.Kernel.Area);
        var (group, channel) = Math.DivRem(row, channels);
        var i = 0;
        for (var filter = 0; filter < _filters.PerGroup; filter++)
        {
            var kernel = ((group * _filters.PerGroup + filter) * channels + channel) * area;
            foreach (var (tap, _, _) in _taps)
            {
                transposed[i++] = w[kernel + tap];
            }
        }
    }

    /// <summary>The planes of dy for some units, each a group of an image's filters.</summary>
    public Planes Fill(float[] dy, int first, int count)
    {
        var planes = new Planes(count * _filters.PerGroup, Size);
        Work.ByCost(planes.Count, Size.Area, (this, planes, dy, first * _filters.PerGroup), static (in work, start, end) =>
        {
            var (phase, planes, dy, first) = work;
            var output = phase._filters.Window.Output;
            var (row, column) = (phase._first.Row - phase._farthest.Row, phase._first.Column - phase._farthest.Column);
            for (var plane = start; plane < end; plane++)
            {
                planes.Fill(plane, dy.AsSpan((first + plane) * output.Area, output.Area), output, row, column, 1);
            }
        });
        return planes;
    }

    // How many of the padded rows r ≡ phase (mod stride) are rows of the image, and the first of them.
    private static (int Count, int First) InPhase(int length, int before, int phase, int stride)
    {
        var first = Math.Max(0, (before - phase + stride - 1) / stride);
        var last = Math.DivRem(length - 1 + before - phase, stride, out var rest);
        last -= rest < 0 ? 1 : 0;
        return (Math.Max(0, last - first + 1), first);
    }
}
