using System.Buffers;
using System.Runtime.Intrinsics;

namespace DeepNotes.Backends.Cpu;

/// <summary>
/// dw [filter, tap] = Σ over images and places of dy[filter, place]·planes[tap + place]: a product whose sum runs over the
/// places. The lanes of a vector are filters (<see cref="FiltersInLanes{TWidth, TVector}"/>), or places where filters are
/// few and images large (<see cref="PlacesInLanes{TWidth, TVector}"/>).
/// </summary>
internal abstract class WeightGradient(Filters filters, PhaseLayout layout, int sums) : IDisposable
{
    /// <summary>A sum over more steps would lose digits: every so many go to memory.</summary>
    protected const int MostSteps = 2048;

    /// <summary>What the gradient is of.</summary>
    protected Filters Filters => filters;

    /// <summary>How images become planes.</summary>
    protected PhaseLayout Layout => layout;

    /// <summary>Where the outputs of an image stand in the runs of the taps.</summary>
    protected Places Places => new(filters.Window.Output, layout.Size.Width, 0, filters.Window.Output.Width, 1);

    /// <summary>The sums so far.</summary>
    protected float[] Sums { get; } = ArrayPool<float>.Shared.Rent(sums);

    /// <summary>The gradient with the widest vectors that there are.</summary>
    public static WeightGradient Of(Filters filters, PhaseLayout layout) =>
        Vector512.IsHardwareAccelerated ? Of<Width512<float>, Vector512<float>>(filters, layout)
        : Vector256.IsHardwareAccelerated ? Of<Width256<float>, Vector256<float>>(filters, layout)
        : Of<Width128<float>, Vector128<float>>(filters, layout);

    public void Clear() => Sums.AsSpan(0, sums).Clear();

    /// <summary>Adds what some images give.</summary>
    public abstract void Add(Planes planes, float[] dy, int first, int count, int group);

    /// <summary>The sums as w is stored, [filter, tap].</summary>
    public abstract void CopyTo(Memory<float> dw);

    public void Dispose() => ArrayPool<float>.Shared.Return(Sums);

    /// <summary>Where dy of an image and a group begins.</summary>
    protected int FirstPlane(int image, int group) => image * filters.Count + group * filters.PerGroup;

    /// <summary>Where the rows of A that belong to a strip of taps begin; beyond the last tap, the last again.</summary>
    protected void Offsets(int firstTap, Span<int> offsets)
    {
        for (var i = 0; i < offsets.Length; i++)
        {
            offsets[i] = layout.Taps[Math.Min(firstTap + i, layout.Taps.Length - 1)];
        }
    }

    private static WeightGradient Of<TWidth, TVector>(Filters filters, PhaseLayout layout)
        where TWidth : IVectorWidth<float, TVector>
        where TVector : struct =>
        PlacesInLanes<TWidth, TVector>.Suits(filters, layout)
            ? new PlacesInLanes<TWidth, TVector>(filters, layout)
            : new FiltersInLanes<TWidth, TVector>(filters, layout);
}
