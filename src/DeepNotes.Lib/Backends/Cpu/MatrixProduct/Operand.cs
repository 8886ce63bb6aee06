namespace DeepNotes.Backends.Cpu;

/// <summary>
/// One side of a product: how to pack some of its lines (rows of A, columns of B) over some steps of k. A plain matrix
/// copies; the columns of a convolution are gathered from the image instead, and never stored.
/// </summary>
internal interface IOperand
{
    /// <summary>packed[p, lane] = the value at step firstStep + p of line firstLine + lane; zeros beyond the last line.</summary>
    void Pack(int firstLine, int lines, int firstStep, int steps, int width, Span<float> packed);
}

/// <summary>A matrix in memory, row-major or transposed.</summary>
/// <param name="values">Its memory.</param>
/// <param name="stride">Floats from one row in memory to the next.</param>
/// <param name="runsAlongK">Whether the next float in memory is the next step of k; otherwise it is the next line.</param>
internal readonly struct MatrixOperand(ReadOnlyMemory<float> values, int stride, bool runsAlongK) : IOperand
{
    public void Pack(int firstLine, int lines, int firstStep, int steps, int width, Span<float> packed)
    {
        if (runsAlongK)
        {
            Packing.Columns(values.Span[(firstLine * stride + firstStep)..], stride, steps, lines, width, packed);
        }
        else
        {
            Packing.Rows(values.Span[(firstStep * stride + firstLine)..], stride, steps, lines, width, packed);
        }
    }
}
