using System.Runtime.CompilerServices;

namespace DeepNotes.Backends.Cpu;

/// <summary>
/// dwᵀ [tap, filter] = Σ planes[tap + position]·dyᵀ[position, filter]: rows of A are the runs that the taps see, read where they
/// are; dy is transposed once, so that filters lie side by side. Where they fill no more than one vector, a row takes three taps
/// at once, if taps come in threes of neighbours: with one, each sum would wait for the last.
/// </summary>
internal sealed class FiltersInLanes<TWidth, TVector>(Filters filters, PhaseLayout layout)
    : WeightGradient(filters, layout, TWidth.Rows * TapsInRow(filters, layout), WidthOf(filters))
    where TWidth : IVectorWidth<float, TVector>
    where TVector : struct
{
    private readonly int _width = WidthOf(filters);
    private readonly int _tapsInRow = TapsInRow(filters, layout);
    private readonly int _columns = ColumnsOfTile(filters);

    protected override Planes Arrange(float[] dy, int first, int count, int group)
    {
        var transposed = new Planes(count, (Filters.Window.Output.Area, _width));
        Work.InPieces(count, 1, (Gradient: this, dy, transposed, first, group), static (in work, image, _) =>
            work.Gradient.Transpose(work.dy, work.Gradient.FirstPlane(work.first + image, work.group), work.transposed.Plane(image)));
        return transposed;
    }

    protected override void AddStrip(Planes planes, Planes dy, int count, int firstTap, float[] sums)
    {
        var output = Filters.Window.Output;
        var (gap, linesAtOnce) = (Layout.Size.Width - output.Width, Math.Max(1, MostSteps / output.Width));
        Span<int> offsets = stackalloc int[TWidth.Rows];
        Offsets(firstTap, _tapsInRow, offsets);
        for (var image = 0; image < count; image++)
        {
            for (var line = 0; line < output.Height; line += linesAtOnce)
            {
                var start = image * Layout.PlanesEach * Layout.Size.Area + line * Layout.Size.Width;
                var a = new RowsOfA<float>(ref planes.Values[start], offsets, 1, Math.Min(linesAtOnce, output.Height - line), gap);
                ref var dyOfLine = ref dy.Values[(image * output.Area + line * output.Width) * _width];
                for (var filter = 0; filter < _width; filter += _columns)
                {
                    var b = new RowsOfB<float>(ref Unsafe.Add(ref dyOfLine, filter), _width);
                    ref var sum = ref sums[firstTap * _width + filter];
                    if (_tapsInRow > 1)
                    {
                        var c = new TileOfC<float>(ref sum, _tapsInRow * _width, TWidth.Rows, _width);
                        MicroKernel<float, TWidth, TVector>.Multiply<RowsOfNeighbours<float, TWidth, TVector>>(
                            a, b, c, output.Width, MicroKernel<float, TWidth, TVector>.Columns, isFirst: false);
                    }
                    else
                    {
                        var c = new TileOfC<float>(ref sum, _width, TWidth.Rows, TWidth.Lanes);
                        MicroKernel<float, TWidth, TVector>.Multiply<EvenRows<float, TWidth, TVector>>(a, b, c, output.Width, Math.Min(_columns, _width - filter), isFirst: false);
                    }
                }
            }
        }
    }

    protected override void CopyTo(ReadOnlySpan<float> sums, Span<float> row, int filter)
    {
        for (var tap = 0; tap < row.Length; tap++)
        {
            row[tap] = sums[tap * _width + filter];
        }
    }

    // Three neighbours where filters fill one vector alone, else one.
    private static int TapsInRow(Filters filters, PhaseLayout layout)
    {
        var (taps, three) = (layout.Taps, MicroKernel<float, TWidth, TVector>.Vectors);
        var areNeighbours = taps.Length % three == 0
            && Enumerable.Range(0, taps.Length).All(i => taps[i] == taps[i - i % three] + i % three);
        return areNeighbours && WidthOf(filters) == TWidth.Lanes ? three : 1;
    }

    // Four vectors are two and two: three and one would take longer.
    private static int ColumnsOfTile(Filters filters)
    {
        var vectors = WidthOf(filters) / TWidth.Lanes;
        return Work.CeilDiv(vectors, Work.CeilDiv(vectors, MicroKernel<float, TWidth, TVector>.Vectors)) * TWidth.Lanes;
    }

    // Filters in whole vectors.
    private static int WidthOf(Filters filters) => Work.CeilDiv(filters.PerGroup, TWidth.Lanes) * TWidth.Lanes;

    // dy [filter, position] as [position, filter].
    private void Transpose(float[] dy, int firstPlane, Span<float> transposed)
    {
        var area = Filters.Window.Output.Area;
        Packing.Columns<float>(dy.AsSpan(firstPlane * area), area, area, Filters.PerGroup, _width, transposed);
    }
}
