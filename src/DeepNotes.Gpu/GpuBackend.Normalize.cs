namespace DeepNotes.Backends.Gpu;

internal sealed partial class GpuBackend
{
    public void Normalize(
        Channels channels, DeviceBuffer x, DeviceBuffer scale, DeviceBuffer shift, float epsilon, bool rectifies,
        DeviceBuffer mean, DeviceBuffer variance, DeviceBuffer y)
    {
        lock (_gate)
        {
            SumOfChannels(new ValueTerm(View(x)), channels, 1f / channels.Values, mean);
            SumOfChannels(new SquareTerm(View(x), View(mean)), channels, 1f / channels.Values, variance);
            var input = new NormalizedInput(View(x), View(mean), View(variance), View(scale), View(shift), View(x), epsilon, rectifies);
            _launch.Run(NormalizationKernels.Apply, _launch.Over(y.Length), input, channels, View(y));
        }
    }

    public void NormalizeGradient(
        Channels channels, DeviceBuffer x, DeviceBuffer scale, DeviceBuffer shift, float epsilon, bool rectifies, DeviceBuffer mean, DeviceBuffer variance,
        DeviceBuffer dy, DeviceBuffer dx, DeviceBuffer dScale, DeviceBuffer dShift)
    {
        lock (_gate)
        {
            var input = new NormalizedInput(View(x), View(mean), View(variance), View(scale), View(shift), View(dy), epsilon, rectifies);
            SumOfChannels(new UpstreamTerm(input), channels, 1, dShift);
            SumOfChannels(new ProductTerm(input), channels, 1, dScale);
            _launch.Run(NormalizationKernels.Gradient, _launch.Over(dx.Length), input, channels, View(dScale), View(dShift), View(dx));
        }
    }

    private void SumOfChannels<TTerm>(TTerm term, Channels channels, float factor, DeviceBuffer y)
        where TTerm : struct, IChannelTerm
    {
        var pieces = Pieces(channels.Values, Piece, channels.Count);
        using var parts = _memory.Take(channels.Count * pieces);
        _launch.Run(NormalizationKernels.Sum<TTerm>, _launch.Each(channels.Count * pieces), term, channels, View(parts), pieces, CeilDiv(channels.Values, pieces));
        _launch.Run(NormalizationKernels.Finish, _launch.Over(channels.Count), View(parts), pieces, factor, View(y));
    }
}
