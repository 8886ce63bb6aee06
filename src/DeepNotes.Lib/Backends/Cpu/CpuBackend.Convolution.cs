using System.Buffers;

namespace DeepNotes.Backends.Cpu;

internal sealed partial class CpuBackend
{
    public void Convolve(DeviceBuffer x, DeviceBuffer w, Filters filters, DeviceBuffer y)
    {
        var (window, layout) = (filters.Window, ConvolutionPlan.Of(filters).Forward);
        foreach (var (first, count) in new CacheBlocks(window.Images * filters.Groups, layout.PlanesEach * layout.Size.Area))
        {
            using var planes = layout.Fill(CpuBuffer.Of(x), first, count);
            var units = new CorrelatedUnits(
                planes, layout.PlanesEach, layout.Taps, layout.Positions, CpuBuffer.Of(w), filters.Groups, filters.PerGroup, CpuBuffer.Of(y), window.Output.Area);
            units.Compute(first, count);
        }
    }

    // dx is a correlation too, of dy with the turned kernel. With a stride, rows and columns of x fall into phases, each
    // of which sees its own part of the taps.
    public void ConvolveGradientInput(DeviceBuffer dy, DeviceBuffer w, Filters filters, DeviceBuffer dx)
    {
        var (window, phases) = (filters.Window, ConvolutionPlan.Of(filters).InputGradient);
        if (phases.Length < window.Stride.Area)
        {
            // The positions that no tap reads.
            CpuBuffer.Of(dx).AsSpan().Clear();
        }

        foreach (var phase in phases)
        {
            var weights = ArrayPool<float>.Shared.Rent(phase.WeightCount);
            phase.TransposeWeights(CpuBuffer.Of(w), weights);
            foreach (var (first, count) in new CacheBlocks(window.Images * filters.Groups, filters.PerGroup * phase.Size.Area))
            {
                using var planes = phase.Fill(CpuBuffer.Of(dy), first, count);
                var units = new CorrelatedUnits(
                    planes, filters.PerGroup, phase.Taps, phase.Positions, weights, filters.Groups, filters.ChannelsEach, CpuBuffer.Of(dx), window.Input.Area);
                units.Compute(first, count);
            }

            ArrayPool<float>.Shared.Return(weights);
        }
    }

    public void ConvolveGradientWeight(DeviceBuffer x, DeviceBuffer dy, Filters filters, DeviceBuffer dw)
    {
        var plan = ConvolutionPlan.Of(filters);
        var (xs, dys, dws) = (CpuBuffer.Of(x), CpuBuffer.Of(dy), CpuBuffer.Of(dw));
        ConvolveGradientWeight(xs, dys, filters, dws, plan.Forward, plan.Weights);
        if (plan.Weights.MultipliesGaps && !AreFinite(dws))
        {
            // 0·∞ is NaN: an infinity would show in the gradient of weights that never saw it.
            ConvolveGradientWeight(xs, dys, filters, dws, plan.Forward, WeightGradient.WithoutGaps(filters, plan.Forward));
        }
    }

    private static void ConvolveGradientWeight(float[] x, float[] dy, Filters filters, float[] dw, PhaseLayout layout, WeightGradient gradient)
    {
        var sums = ArrayPool<float>.Shared.Rent(gradient.SumCount);
        for (var group = 0; group < filters.Groups; group++)
        {
            sums.AsSpan(0, gradient.SumCount).Clear();
            foreach (var (first, count) in new CacheBlocks(filters.Window.Images, layout.PlanesEach * layout.Size.Area))
            {
                using var planes = layout.Fill(x, first * filters.Groups + group, count, filters.Groups);
                gradient.Add(planes, dy, first, count, group, sums);
            }

            gradient.CopyTo(sums, dw.AsMemory(group * filters.PerGroup * filters.WeightsEach, filters.PerGroup * filters.WeightsEach));
        }

        ArrayPool<float>.Shared.Return(sums);
    }

    private static bool AreFinite(ReadOnlySpan<float> values) => values.IndexOfAnyExceptInRange(float.MinValue, float.MaxValue) < 0;
}
