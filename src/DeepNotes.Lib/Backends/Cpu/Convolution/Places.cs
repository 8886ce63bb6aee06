namespace DeepNotes.Backends.Cpu;

/// <summary>
/// Where the outputs of a correlation go: output (i, j) stands at <c>Start + i·RowStep + j·ColumnStep</c> of a channel's
/// plane, and at <c>i·RunWidth + j</c> of the run that computed it.
/// </summary>
/// <param name="Size">Rows and columns of outputs.</param>
/// <param name="RunWidth">Columns of the run, garbage included.</param>
/// <param name="Start">Where output (0, 0) goes.</param>
/// <param name="RowStep">From one row to the next.</param>
/// <param name="ColumnStep">From one column to the next.</param>
internal readonly record struct Places(Size2D Size, int RunWidth, int Start, int RowStep, int ColumnStep)
{
    /// <summary>The length of the run, to the last output that counts.</summary>
    public int RunLength => (Size.Height - 1) * RunWidth + Size.Width;

    /// <summary>Copies what counts of a piece of the run into a channel's plane.</summary>
    public void Put(ReadOnlySpan<float> piece, int firstInRun, Span<float> plane)
    {
        var (i, j) = Math.DivRem(firstInRun, RunWidth);
        while (piece.Length > 0 && i < Size.Height)
        {
            var count = Math.Min(piece.Length, RunWidth - j);
            var counted = Math.Min(count, Size.Width - j);
            if (counted > 0)
            {
                PutRow(piece[..counted], plane[(Start + i * RowStep + j * ColumnStep)..]);
            }

            piece = piece[count..];
            (i, j) = (i + 1, 0);
        }
    }

    private void PutRow(ReadOnlySpan<float> row, Span<float> target)
    {
        if (ColumnStep == 1)
        {
            row.CopyTo(target);
            return;
        }

        for (var j = 0; j < row.Length; j++)
        {
            target[j * ColumnStep] = row[j];
        }
    }
}
