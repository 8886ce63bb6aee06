namespace DeepNotes.Backends.Cpu;

/// <summary>
/// dwᵀ [tap, filter] = Σ planes[tap + place]·dyᵀ[place, filter]: rows of A are the runs that the taps see, read where they
/// are; dy is turned once, so that filters lie side by side.
/// </summary>
internal sealed class FiltersInLanes<TWidth, TVector>(Filters filters, PhaseLayout layout)
    : WeightGradient(filters, layout, TWidth.Rows, WidthOf(filters))
    where TWidth : IVectorWidth<float, TVector>
    where TVector : struct
{
    private readonly int _width = WidthOf(filters);

    protected override Planes Arrange(float[] dy, int first, int count, int group)
    {
        var turned = new Planes(count, (Places.RunLength, _width));
        Work.InPieces(count, 1, (Gradient: this, dy, turned, first, group), static (in work, image, _) =>
            work.Gradient.Turn(work.dy, work.Gradient.FirstPlane(work.first + image, work.group), work.turned.Plane(image)));
        return turned;
    }

    protected override void AddStrip(Planes planes, Planes dy, int count, int firstTap)
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
                    var b = new RowsOfB<float>(ref dy.Values[(image * length + place) * _width + filter], _width);
                    var c = new TileOfC<float>(ref Sums[firstTap * _width + filter], _width, TWidth.Rows, TWidth.Lanes);
                    Tile<float, TWidth, TVector, EvenRows>.Multiply(
                        a, b, c, Math.Min(MostSteps, length - place), Math.Min(columns, _width - filter), isFirst: false);
                }
            }
        }
    }

    protected override void CopyTo(Span<float> row, int filter)
    {
        for (var tap = 0; tap < row.Length; tap++)
        {
            row[tap] = Sums[tap * _width + filter];
        }
    }

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
}
