using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace DeepNotes.Backends.Cpu;

/// <summary>
/// One side of a product: a matrix in memory whose lines are the rows of A or the columns of B, and whose steps run along k.
/// </summary>
/// <param name="values">Its memory.</param>
/// <param name="stride">The distance between two rows in memory.</param>
/// <param name="runsAlongK">Whether the next value in memory is the next step of k; otherwise it is the next line.</param>
internal readonly struct MatrixOperand<T>(ReadOnlyMemory<T> values, int stride, bool runsAlongK)
    where T : struct
{
    public bool RunsAlongK => runsAlongK;

    public int Stride => stride;

    /// <summary>packed[p, lane] = the value at step firstStep + p of line firstLine + lane; zeros beyond the last line.</summary>
    public void Pack(int firstLine, int lines, int firstStep, int steps, int width, Span<T> packed)
    {
        var from = values.Span[Position(firstLine, firstStep)..];
        if (runsAlongK)
        {
            Packing.Columns(from, stride, steps, lines, width, packed);
        }
        else
        {
            Packing.Rows(from, stride, steps, lines, width, packed);
        }
    }

    /// <summary>The lines without a copy, for the micro-kernel, in strips of <paramref name="rows"/> lines.</summary>
    public StripsOfA<T> Strips(int lines, int rows, int firstStep, Span<int> offsets) =>
        new(ref At(0, firstStep), lines, runsAlongK ? stride : 1, runsAlongK ? 1 : stride, offsets[..rows], offsets[rows..]);

    /// <summary>A reference to a value.</summary>
    public ref T At(int line, int step) => ref Unsafe.Add(ref MemoryMarshal.GetReference(values.Span), Position(line, step));

    private int Position(int line, int step) => runsAlongK ? line * stride + step : step * stride + line;
}
