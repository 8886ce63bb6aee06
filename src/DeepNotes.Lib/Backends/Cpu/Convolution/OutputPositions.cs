namespace DeepNotes.Backends.Cpu;

/// <summary>
/// Where the outputs of a correlation go: output (i, j) is at <c>Start + i·RowStep + j·ColumnStep</c> of a channel's
/// plane, and at <c>i·RunWidth + j</c> of the run that computed it.
/// </summary>
/// <param name="Size">Rows and columns of outputs.</param>
/// <param name="RunWidth">Columns of the run, garbage included.</param>
/// <param name="Start">Where output (0, 0) goes.</param>
/// <param name="RowStep">From one row to the next.</param>
/// <param name="ColumnStep">From one column to the next.</param>
internal readonly record struct OutputPositions(Size2D Size, int RunWidth, int Start, int RowStep, int ColumnStep)
{
    /// <summary>The length of the run, to the last output that counts.</summary>
    public int RunLength => (Size.Height - 1) * RunWidth + Size.Width;

    /// <summary>Copies what counts of a piece of the run into y.</summary>
    /// <param name="tile">The piece for some channels, a row for each.</param>
    /// <param name="width">How far apart these rows are.</param>
    /// <param name="firstInRun">Where in the run the piece begins.</param>
    /// <param name="length">How long it is.</param>
    /// <param name="y">As many channels' planes.</param>
    public void Store(ReadOnlySpan<float> tile, int width, int firstInRun, int length, Span<float> y)
    {
        var plane = y.Length / (tile.Length / width);
        var (i, j) = Math.DivRem(firstInRun, RunWidth);
        for (var at = 0; at < length && i < Size.Height; at += RunWidth - j, (i, j) = (i + 1, 0))
        {
            var count = Math.Min(length - at, Size.Width - j);
            var to = Start + i * RowStep + j * ColumnStep;
            for (var (from, target) = (at, to); from < tile.Length && count > 0; (from, target) = (from + width, target + plane))
            {
                StoreRow(tile.Slice(from, count), y[target..]);
            }
        }
    }

    private void StoreRow(ReadOnlySpan<float> row, Span<float> target)
    {
        if (ColumnStep == 1)
        {
            Lanes.Copy(row, target[..row.Length]);
            return;
        }

        for (var j = 0; j < row.Length; j++)
        {
            target[j * ColumnStep] = row[j];
        }
    }
}
