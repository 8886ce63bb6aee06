using System.Buffers;

namespace DeepNotes.Backends.Cpu;

internal sealed partial class CpuBackend
{
    // Planes of a few images at a time: they stay in the near caches until they have been used.
    private const int PlanesAtOnce = 1 << 18;

    // Multiply-adds worth handing to another thread.
    private const long CorrelationGrain = 1 << 20;

    public void Convolve(DeviceBuffer x, DeviceBuffer w, Filters filters, DeviceBuffer y)
    {
        var (window, layout) = (filters.Window, ConvolutionPlan.Of(filters).Forward);
        var places = new Places(window.Output, layout.Size.Width, 0, window.Output.Width, 1);
        var units = window.Images * filters.Groups;
        InRounds(units, layout.PlanesEach * layout.Size.Area, (first, count) =>
        {
            using var planes = layout.Fill(CpuBuffer.Of(x), first, count);
            CorrelateUnits(planes, layout.PlanesEach, layout.Taps, places, count, filters.PerGroup, unit =>
                (CpuBuffer.Of(w).AsMemory((first + unit) % filters.Groups * filters.PerGroup * filters.WeightsEach),
                CpuBuffer.Of(y).AsMemory((first + unit) * filters.PerGroup * window.Output.Area, filters.PerGroup * window.Output.Area)));
        });
    }

    // dx is a correlation too, of dy with the turned kernel. With a stride, rows and columns of x fall into phases, each
    // of which sees its own part of the taps.
    public void ConvolveGradientInput(DeviceBuffer dy, DeviceBuffer w, Filters filters, DeviceBuffer dx)
    {
        var window = filters.Window;
        if (window.Stride != 1)
        {
            CpuBuffer.Of(dx).AsSpan().Clear();
        }

        foreach (var turned in ConvolutionPlan.Of(filters).Turned)
        {
            var weights = ArrayPool<float>.Shared.Rent(turned.WeightCount);
            turned.TurnWeights(CpuBuffer.Of(w), weights);
            ConvolveGradientInput(CpuBuffer.Of(dy), weights, filters, turned, CpuBuffer.Of(dx));
            ArrayPool<float>.Shared.Return(weights);
        }
    }

    public void ConvolveGradientWeight(DeviceBuffer x, DeviceBuffer dy, Filters filters, DeviceBuffer dw)
    {
        var (window, layout) = (filters.Window, ConvolutionPlan.Of(filters).Forward);
        using var product = WeightGradient.Of(filters, layout);
        for (var group = 0; group < filters.Groups; group++)
        {
            product.Clear();
            InRounds(window.Images, layout.PlanesEach * layout.Size.Area, (first, count) =>
            {
                using var planes = layout.Fill(CpuBuffer.Of(x), first * filters.Groups + group, count, filters.Groups);
                product.Add(planes, CpuBuffer.Of(dy), first, count, group);
            });
            product.CopyTo(CpuBuffer.Of(dw).AsMemory(group * filters.PerGroup * filters.WeightsEach, filters.PerGroup * filters.WeightsEach));
        }
    }

    private static void ConvolveGradientInput(float[] dy, float[] weights, Filters filters, TurnedPhase turned, float[] dx)
    {
        var window = filters.Window;
        var units = window.Images * filters.Groups;
        InRounds(units, filters.PerGroup * turned.Size.Area, (first, count) =>
        {
            using var planes = turned.Fill(dy, first, count);
            CorrelateUnits(planes, filters.PerGroup, turned.Taps, turned.Places, count, filters.ChannelsEach, unit =>
                (weights.AsMemory((first + unit) % filters.Groups * filters.ChannelsEach * turned.Taps.Length),
                dx.AsMemory((first + unit) * filters.ChannelsEach * window.Input.Area, filters.ChannelsEach * window.Input.Area)));
        });
    }

    private static void InRounds(int units, int planesEach, Action<int, int> round)
    {
        var atOnce = Math.Clamp(PlanesAtOnce / Math.Max(1, planesEach), 1, units);
        for (var first = 0; first < units; first += atOnce)
        {
            round(first, Math.Min(atOnce, units - first));
        }
    }

    private static void CorrelateUnits(
        Planes planes, int planesEach, int[] taps, Places places, int units, int rows, Func<int, (Memory<float> Weights, Memory<float> Outputs)> unit)
    {
        // Whole images where there are many, some panels of them where there are few.
        var correlation = Correlation.Widest;
        var panels = correlation.Panels(places);
        var panelsEach = (int)Math.Clamp(CorrelationGrain / ((long)taps.Length * rows * correlation.PanelPlaces), 1, panels);
        var pieces = Work.Pieces(panels, panelsEach);
        Work.InPieces(units * pieces, 1, (item, _) =>
        {
            var (u, piece) = Math.DivRem(item, pieces);
            var (weights, outputs) = unit(u);
            correlation.Run(
                weights.Span, rows, planes.Values.AsSpan(u * planesEach * planes.Size.Area), taps, places,
                piece * panelsEach, Math.Min(panels, (piece + 1) * panelsEach), outputs.Span);
        });
    }
}
