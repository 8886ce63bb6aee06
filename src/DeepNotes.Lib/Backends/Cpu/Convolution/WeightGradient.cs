using System.Buffers;
using System.Runtime.Intrinsics;

namespace DeepNotes.Backends.Cpu;

/// <summary>
/// dwᵀ [taps, filters] = Σ over images and places of planes[tap + place]·dy[place, filter]: a product whose rows are the
/// runs that the taps see, read where they are, with dy turned once so that filters lie side by side.
/// </summary>
internal sealed class WeightGradient(Filters filters, PhaseLayout layout) : IDisposable
{
    // A sum over more places would lose digits: every so many go to memory.
    private const int MostPlaces = 2048;

    private readonly int _width = Work.Pieces(filters.PerGroup, 16) * 16;
    private readonly float[] _sum = ArrayPool<float>.Shared.Rent(Work.Pieces(filters.WeightsEach, 8) * 8 * Work.Pieces(filters.PerGroup, 16) * 16);

    private Places Places => new(filters.Window.Output, layout.Size.Width, 0, filters.Window.Output.Width, 1);

    public void Clear() => _sum.AsSpan().Clear();

    public void Dispose() => ArrayPool<float>.Shared.Return(_sum);

    /// <summary>Adds what some images give.</summary>
    public void Add(Planes planes, float[] dy, int first, int count, int group)
    {
        var length = Places.RunLength;
        using var turned = new Planes(count, (length, _width));
        Work.InPieces(count, 1, (image, _) => Turn(dy, (first + image) * filters.Count + group * filters.PerGroup, turned.Values.AsSpan(image * length * _width)));
        var strips = Work.Pieces(filters.WeightsEach, 8);
        Work.ByCost(strips, 8L * _width * length * count, (start, end) =>
        {
            for (var strip = start; strip < end; strip++)
            {
                AddStrip(planes, turned, count, strip * 8);
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
                dw[filter * filters.WeightsEach + tap] = _sum[tap * _width + filter];
            }
        }
    }

    // dy [filter, row, column] as [place in the run, filter], with zeros where the run has garbage.
    private void Turn(float[] dy, int firstPlane, Span<float> turned)
    {
        var (output, runWidth) = (filters.Window.Output, layout.Size.Width);
        turned[..(Places.RunLength * _width)].Clear();
        for (var i = 0; i < output.Height; i++)
        {
            var row = dy.AsSpan(firstPlane * output.Area + i * output.Width);
            Packing.Columns<float>(row, output.Area, output.Width, filters.PerGroup, _width, turned.Slice(i * runWidth * _width, output.Width * _width));
        }
    }

    private void AddStrip(Planes planes, Planes turned, int count, int firstTap)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            AddStrip<Width512<float>, Vector512<float>>(planes, turned, count, firstTap);
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            AddStrip<Width256<float>, Vector256<float>>(planes, turned, count, firstTap);
        }
        else
        {
            AddStrip<Width128<float>, Vector128<float>>(planes, turned, count, firstTap);
        }
    }

    private void AddStrip<TWidth, TVector>(Planes planes, Planes turned, int count, int firstTap)
        where TWidth : IVectorWidth<float, TVector>
        where TVector : struct
    {
        var (columns, length) = (Tile<float, TWidth, TVector, EvenRows>.Columns, Places.RunLength);
        Span<int> offsets = stackalloc int[TWidth.Rows];
        for (var half = firstTap; half < firstTap + 8 && half < filters.WeightsEach; half += TWidth.Rows)
        {
            for (var i = 0; i < TWidth.Rows; i++)
            {
                offsets[i] = layout.Taps[Math.Min(half + i, filters.WeightsEach - 1)];
            }

            for (var image = 0; image < count; image++)
            {
                for (var place = 0; place < length; place += MostPlaces)
                {
                    var a = new RowsOfA<float>(ref planes.Values[image * layout.PlanesEach * layout.Size.Area + place], offsets, 1);
                    for (var filter = 0; filter < _width; filter += columns)
                    {
                        Tile<float, TWidth, TVector, EvenRows>.Multiply(
                            a, new RowsOfB<float>(ref turned.Values[(image * length + place) * _width + filter], _width),
                            Tile<float, TWidth, TVector, EvenRows>.Of(ref _sum[half * _width + filter], _width, TWidth.Rows),
                            Math.Min(MostPlaces, length - place), Math.Min(columns, _width - filter), isFirst: false);
                    }
                }
            }
        }
    }
}
