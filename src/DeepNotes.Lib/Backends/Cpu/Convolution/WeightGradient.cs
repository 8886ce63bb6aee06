using System.Buffers;
using System.Runtime.Intrinsics;

namespace DeepNotes.Backends.Cpu;

/// <summary>
/// dwᵀ [taps, filters] = Σ over images and places of planes[tap + place]·dy[place, filter]: a product whose rows are the
/// runs that the taps see, read where they are, with dy turned once so that filters lie side by side.
/// </summary>
internal abstract class WeightGradient(Filters filters, PhaseLayout layout) : IDisposable
{
    /// <summary>The rows of the widest tile: weights come in whole strips of it.</summary>
    protected const int Strip = 8;

    private const int MostLanes = 16;

    private readonly float[] _sum = ArrayPool<float>.Shared.Rent(
        Work.Pieces(filters.WeightsEach, Strip) * Strip * Work.Pieces(filters.PerGroup, MostLanes) * MostLanes);

    /// <summary>How images become planes.</summary>
    protected PhaseLayout Layout { get; } = layout;

    /// <summary>Filters in whole vectors.</summary>
    protected int Width { get; } = Work.Pieces(filters.PerGroup, MostLanes) * MostLanes;

    /// <summary>Where the outputs of an image stand in the runs.</summary>
    protected Places Places => new(filters.Window.Output, Layout.Size.Width, 0, filters.Window.Output.Width, 1);

    /// <summary>The gradient with the widest vectors that there are.</summary>
    public static WeightGradient Of(Filters filters, PhaseLayout layout) =>
        Vector512.IsHardwareAccelerated ? new WeightGradient<Width512<float>, Vector512<float>>(filters, layout)
        : Vector256.IsHardwareAccelerated ? new WeightGradient<Width256<float>, Vector256<float>>(filters, layout)
        : new WeightGradient<Width128<float>, Vector128<float>>(filters, layout);

    public void Clear() => _sum.AsSpan().Clear();

    public void Dispose() => ArrayPool<float>.Shared.Return(_sum);

    /// <summary>Adds what some images give.</summary>
    public void Add(Planes planes, float[] dy, int first, int count, int group)
    {
        var length = Places.RunLength;
        using var turned = new Planes(count, (length, Width));
        Work.InPieces(count, 1, (image, _) => Turn(dy, (first + image) * filters.Count + group * filters.PerGroup, turned.Values.AsSpan(image * length * Width)));
        var strips = Work.Pieces(filters.WeightsEach, Strip);
        Work.ByCost(strips, (long)Strip * Width * length * count, (start, end) =>
        {
            for (var strip = start; strip < end; strip++)
            {
                AddStrip(planes, turned, count, strip * Strip, _sum);
            }
        });
    }

    /// <summary>The sum as w is stored, [filter, tap].</summary>
    public void CopyTo(Span<float> dw)
    {
        for (var tap = 0; tap < filters.WeightsEach; tap++)
        {
            for (var filter = 0; filter < filters.PerGroup; filter++)
            {
                dw[filter * filters.WeightsEach + tap] = _sum[tap * Width + filter];
            }
        }
    }

    // dy [filter, row, column] as [place in the run, filter], with zeros where the run has garbage.
    private void Turn(float[] dy, int firstPlane, Span<float> turned)
    {
        var (output, runWidth) = (filters.Window.Output, Layout.Size.Width);
        for (var i = 0; i < output.Height; i++)
        {
            var row = dy.AsSpan(firstPlane * output.Area + i * output.Width);
            var to = turned[(i * runWidth * Width)..];
            Packing.Columns<float>(row, output.Area, output.Width, filters.PerGroup, Width, to[..(output.Width * Width)]);
            if (i < output.Height - 1)
            {
                to[(output.Width * Width)..(runWidth * Width)].Clear();
            }
        }
    }

    /// <summary>Adds to the sums of a strip of taps.</summary>
    protected abstract void AddStrip(Planes planes, Planes turned, int count, int firstTap, float[] sum);
}

/// <summary>The gradient for one width of vectors.</summary>
internal sealed class WeightGradient<TWidth, TVector>(Filters filters, PhaseLayout layout) : WeightGradient(filters, layout)
    where TWidth : IVectorWidth<float, TVector>
    where TVector : struct
{
    // A sum over more places would lose digits: every so many go to memory.
    private const int MostPlaces = 2048;

    protected override void AddStrip(Planes planes, Planes turned, int count, int firstTap, float[] sum)
    {
        var (columns, length) = (Tile<float, TWidth, TVector, EvenRows>.Columns, Places.RunLength);
        Span<int> offsets = stackalloc int[TWidth.Rows];
        for (var tap = firstTap; tap < firstTap + Strip && tap < Layout.Taps.Length; tap += TWidth.Rows)
        {
            for (var i = 0; i < TWidth.Rows; i++)
            {
                offsets[i] = Layout.Taps[Math.Min(tap + i, Layout.Taps.Length - 1)];
            }

            for (var image = 0; image < count; image++)
            {
                for (var place = 0; place < length; place += MostPlaces)
                {
                    var a = new RowsOfA<float>(ref planes.Values[image * Layout.PlanesEach * Layout.Size.Area + place], offsets, 1);
                    for (var filter = 0; filter < Width; filter += columns)
                    {
                        Tile<float, TWidth, TVector, EvenRows>.Multiply(
                            a, new RowsOfB<float>(ref turned.Values[(image * length + place) * Width + filter], Width),
                            new TileOfC<float>(ref sum[tap * Width + filter], Width, TWidth.Rows, TWidth.Lanes),
                            Math.Min(MostPlaces, length - place), Math.Min(columns, Width - filter), isFirst: false);
                    }
                }
            }
        }
    }
}
