namespace DeepNotes.Backends.Cpu;

/// <summary>
/// dw [tap, filter] = Σ planes[tap + position]·dy[filter, position] with positions in the lanes: taps by three filters at a time, a
/// vector of positions of each, and the lanes summed at the end. dy stays as it is, and three filters fill a tile, where
/// filters in the lanes would leave most of them empty.
/// </summary>
internal sealed class PositionsInLanes<TWidth, TVector>(Filters filters, PhaseLayout layout)
    : WeightGradient(filters, layout, TWidth.Rows, FiltersOf(filters) * TWidth.Lanes)
    where TWidth : IVectorWidth<float, TVector>
    where TVector : struct
{
    // Shorter runs would not pay for putting away the sums of a tile.
    private const int FewestSteps = 32;

    // The multiply-adds that are in flight at a time: with fewer independent sums, latency would limit filters in the lanes.
    private const int SumsUnderWay = 8;

    private readonly int _filters = FiltersOf(filters);

    // Below the last row are zeros that fill a vector.
    private readonly Size2D _size = (filters.Window.Output.Height + Work.CeilDiv(TWidth.Lanes, layout.Size.Width), layout.Size.Width);

    public override bool MultipliesGaps => true;

    private static int FiltersAtOnce => MicroKernel<float, TWidth, TVector>.Vectors;

    private int Steps => Work.CeilDiv(Layout.Positions.RunLength, TWidth.Lanes);

    /// <summary>Whether filters are so few that they would not fill a tile with sums, and runs are long.</summary>
    public static bool Suits(Filters filters, PhaseLayout layout) =>
        filters.PerGroup * TWidth.Rows < SumsUnderWay * TWidth.Lanes && filters.Window.Output.Height * layout.Size.Width >= FewestSteps * TWidth.Lanes;

    protected override Planes Arrange(float[] dy, int first, int count, int group)
    {
        var runs = new Planes(count * Filters.PerGroup, _size);
        Work.ByCost(runs.Count, _size.Area, (Gradient: this, dy, runs, first, group), static (in work, start, end) =>
        {
            var filters = work.Gradient.Filters;
            var output = filters.Window.Output;
            for (var plane = start; plane < end; plane++)
            {
                var (image, filter) = Math.DivRem(plane, filters.PerGroup);
                var from = (work.Gradient.FirstPlane(work.first + image, work.group) + filter) * output.Area;
                work.runs.Fill(plane, work.dy.AsSpan(from, output.Area), output, 0, 0, 1);
            }
        });
        return runs;
    }

    protected override void AddStrip(Planes planes, Planes dy, int count, int firstTap, float[] sums)
    {
        Span<int> offsets = stackalloc int[TWidth.Rows];
        Offsets(firstTap, 1, offsets);
        for (var image = 0; image < count; image++)
        {
            for (var step = 0; step < Steps; step += MostSteps)
            {
                var position = step * TWidth.Lanes;
                var a = new RowsOfA<float>(ref planes.Values[image * Layout.PlanesEach * Layout.Size.Area + position], offsets, TWidth.Lanes);
                for (var filter = 0; filter < Filters.PerGroup; filter += FiltersAtOnce)
                {
                    // Without a second or third filter the last one is repeated, and its sums are discarded.
                    var last = Filters.PerGroup - 1 - filter;
                    var b = new RowsOfB<float>(
                        ref dy.Values[(image * Filters.PerGroup + filter) * _size.Area + position], TWidth.Lanes,
                        Math.Min(1, last) * _size.Area, Math.Min(2, last) * _size.Area);
                    var c = new TileOfC<float>(
                        ref sums[(firstTap * _filters + filter) * TWidth.Lanes], _filters * TWidth.Lanes, TWidth.Rows, TWidth.Lanes);
                    MicroKernel<float, TWidth, TVector>.Multiply<LongRows<float, TWidth, TVector>>(
                        a, b, c, Math.Min(MostSteps, Steps - step), MicroKernel<float, TWidth, TVector>.Columns, isFirst: false);
                }
            }
        }
    }

    protected override void CopyTo(ReadOnlySpan<float> sums, Span<float> row, int filter)
    {
        for (var tap = 0; tap < row.Length; tap++)
        {
            row[tap] = Sum(sums.Slice((tap * _filters + filter) * TWidth.Lanes, TWidth.Lanes));
        }
    }

    private static int FiltersOf(Filters filters) => Work.CeilDiv(filters.PerGroup, FiltersAtOnce) * FiltersAtOnce;

    private static float Sum(ReadOnlySpan<float> lanes)
    {
        var sum = 0f;
        foreach (var lane in lanes)
        {
            sum += lane;
        }

        return sum;
    }
}
