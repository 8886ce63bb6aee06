namespace DeepNotes.Backends.Cpu;

/// <summary>
/// dwᵀ [tap, filter] = Σ planes[tap + place]·dyᵀ[place, filter]: rows of A are the runs that the taps see, read where they
/// are; dy is turned once, so that filters lie side by side.
/// </summary>
internal sealed class FiltersInLanes<TWidth, TVector>(Filters filters, PhaseLayout layout)
    : WeightGradient(filters, layout, Work.Pieces(filters.WeightsEach, TWidth.Rows) * TWidth.Rows * WidthOf(filters))
    where TWidth : IVectorWidth<float, TVector>
    where TVector : struct
{
    private readonly int _width = WidthOf(filters);

    public override void Add(Planes planes, float[] dy, int first, int count, int group)
    {
        var length = Places.RunLength;
        using var turned = new Planes(count, (length, _width));
        Work.InPieces(count, 1, (image, _) => Turn(dy, FirstPlane(first + image, group), turned.Values.AsSpan(image * length * _width)));
        Work.ByCost(Work.Pieces(Filters.WeightsEach, TWidth.Rows), (long)TWidth.Rows * _width * length * count, (start, end) =>
        {
            for (var strip = start; strip < end; strip++)
            {
                AddStrip(planes, turned, count, strip * TWidth.Rows);
            }
        });
    }

    public override void CopyTo(Memory<float> dw) => Work.ByCost(Filters.PerGroup, Filters.WeightsEach, (start, end) =>
    {
        for (var filter = start; filter < end; filter++)
        {
            var row = dw.Span.Slice(filter * Filters.WeightsEach, Filters.WeightsEach);
            for (var tap = 0; tap < row.Length; tap++)
            {
                row[tap] = Sums[tap * _width + filter];
            }
        }
    });

    // Filters in whole vectors.
    private static int WidthOf(Filters filters) => Work.Pieces(filters.PerGroup, TWidth.Lanes) * TWidth.Lanes;

    // dy [filter, row, column] as [place in the run, filter], with zeros where the run has garbage.
    private void Turn(float[] dy, int firstPlane, Span<float> turned)
    {
        var (output, runWidth) = (Filters.Window.Output, Layout.Size.Width);
        for (var i = 0; i < output.Height; i++)
        {
            var row = dy.AsSpan(firstPlane * output.Area + i * output.Width);
            var to = turned[(i * runWidth * _width)..];
            Packing.Columns<float>(row, output.Area, output.Width, Filters.PerGroup, _width, to[..(output.Width * _width)]);
            if (i < output.Height - 1)
            {
                to[(output.Width * _width)..(runWidth * _width)].Clear();
            }
        }
    }

    private void AddStrip(Planes planes, Planes turned, int count, int firstTap)
    {
        var (columns, length) = (Tile<float, TWidth, TVector, EvenRows>.Columns, Places.RunLength);
        Span<int> offsets = stackalloc int[TWidth.Rows];
        Offsets(firstTap, offsets);
        for (var image = 0; image < count; image++)
        {
            for (var place = 0; place < length; place += MostSteps)
            {
                var a = new RowsOfA<float>(ref planes.Values[image * Layout.PlanesEach * Layout.Size.Area + place], offsets, 1);
                for (var filter = 0; filter < _width; filter += columns)
                {
                    var b = new RowsOfB<float>(ref turned.Values[(image * length + place) * _width + filter], _width);
                    var c = new TileOfC<float>(ref Sums[firstTap * _width + filter], _width, TWidth.Rows, TWidth.Lanes);
                    Tile<float, TWidth, TVector, EvenRows>.Multiply(
                        a, b, c, Math.Min(MostSteps, length - place), Math.Min(columns, _width - filter), isFirst: false);
                }
            }
        }
    }
}
