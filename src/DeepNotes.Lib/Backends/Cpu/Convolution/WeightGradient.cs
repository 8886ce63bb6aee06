using System.Runtime.Intrinsics;

namespace DeepNotes.Backends.Cpu;

/// <summary>
/// dw [filter, tap] = Σ over images and positions of dy[filter, position]·planes[tap + position]: a product whose sum runs over the
/// positions. The lanes of a vector are filters (<see cref="FiltersInLanes{TWidth, TVector}"/>), or positions where filters are
/// few and images large (<see cref="PositionsInLanes{TWidth, TVector}"/>).
/// </summary>
/// <param name="filters">What the gradient is of.</param>
/// <param name="layout">How images become planes.</param>
/// <param name="strip">Taps of a strip, which are computed together.</param>
/// <param name="sumsOfTap">Sums of one tap, for all filters.</param>
internal abstract class WeightGradient(Filters filters, PhaseLayout layout, int strip, int sumsOfTap)
{
    /// <summary>A sum over more steps would lose digits: after this many it is added to the result in memory.</summary>
    protected const int MostSteps = 2048;

    private readonly int _strips = Work.CeilDiv(filters.WeightsEach, strip);

    /// <summary>The filters of the convolution.</summary>
    protected Filters Filters => filters;

    /// <summary>The layout of images as planes.</summary>
    protected PhaseLayout Layout => layout;

    /// <summary>Whether the values between two lines, which a tap does not read, are multiplied by zero.</summary>
    public virtual bool MultipliesGaps => false;

    /// <summary>The number of sums, those of a tap adjacent; initially zero.</summary>
    public int SumCount => _strips * strip * sumsOfTap;

    /// <summary>The gradient with the widest vectors of the processor.</summary>
    public static WeightGradient Of(Filters filters, PhaseLayout layout) =>
        Vector512.IsHardwareAccelerated ? Of<Width512<float>, Vector512<float>>(filters, layout)
        : Vector256.IsHardwareAccelerated ? Of<Width256<float>, Vector256<float>>(filters, layout)
        : Of<Width128<float>, Vector128<float>>(filters, layout);

    /// <summary>The gradient that multiplies only values that its taps read.</summary>
    public static WeightGradient WithoutGaps(Filters filters, PhaseLayout layout) =>
        Vector512.IsHardwareAccelerated ? new FiltersInLanes<Width512<float>, Vector512<float>>(filters, layout)
        : Vector256.IsHardwareAccelerated ? new FiltersInLanes<Width256<float>, Vector256<float>>(filters, layout)
        : new FiltersInLanes<Width128<float>, Vector128<float>>(filters, layout);

    /// <summary>Adds the gradients of some images.</summary>
    public void Add(Planes planes, float[] dy, int first, int count, int group, float[] sums)
    {
        using var arranged = Arrange(dy, first, count, group);
        var cost = (long)strip * sumsOfTap * layout.Positions.RunLength * count;
        Work.ByCost(_strips, cost, (Gradient: this, planes, arranged, count, strip, sums), static (in work, start, end) =>
        {
            for (var i = start; i < end; i++)
            {
                work.Gradient.AddStrip(work.planes, work.arranged, work.count, i * work.strip, work.sums);
            }
        });
    }

    /// <summary>The sums as w is stored, [filter, tap].</summary>
    public void CopyTo(float[] sums, Memory<float> dw) =>
        Work.ByCost(Filters.PerGroup, (long)Filters.WeightsEach * sumsOfTap / Filters.PerGroup, (Gradient: this, sums, dw), static (in work, start, end) =>
        {
            for (var filter = start; filter < end; filter++)
            {
                var taps = work.Gradient.Filters.WeightsEach;
                work.Gradient.CopyTo(work.sums, work.dw.Span.Slice(filter * taps, taps), filter);
            }
        });

    /// <summary>dy of some images in the layout of the strips.</summary>
    protected abstract Planes Arrange(float[] dy, int first, int count, int group);

    /// <summary>Adds what some images give to the sums of a strip of taps.</summary>
    protected abstract void AddStrip(Planes planes, Planes dy, int count, int firstTap, float[] sums);

    /// <summary>The sums of a filter, a value for each tap.</summary>
    protected abstract void CopyTo(ReadOnlySpan<float> sums, Span<float> row, int filter);

    /// <summary>Where dy of an image and a group begins.</summary>
    protected int FirstPlane(int image, int group) => image * filters.Count + group * filters.PerGroup;

    /// <summary>Where the rows of A that belong to a strip of taps begin, each for so many taps; beyond the last row, the last again.</summary>
    protected void Offsets(int firstTap, int tapsInRow, Span<int> offsets)
    {
        for (var i = 0; i < offsets.Length; i++)
        {
            offsets[i] = layout.Taps[Math.Min(firstTap + i * tapsInRow, layout.Taps.Length - tapsInRow)];
        }
    }

    private static WeightGradient Of<TWidth, TVector>(Filters filters, PhaseLayout layout)
        where TWidth : IVectorWidth<float, TVector>
        where TVector : struct =>
        PositionsInLanes<TWidth, TVector>.Suits(filters, layout)
            ? new PositionsInLanes<TWidth, TVector>(filters, layout)
            : new FiltersInLanes<TWidth, TVector>(filters, layout);
}
