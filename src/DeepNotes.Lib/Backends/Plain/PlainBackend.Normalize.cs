namespace DeepNotes.Backends.Plain;

internal partial class PlainBackend
{
    /// <summary>
    /// For each channel c of x [N, C, S], over all n and s: μ = mean(x), σ² = mean((x - μ)²), and
    /// y[n, c, s] = scale[c]·(x[n, c, s] - μ)/√(σ² + ε) + shift[c]; max(0, y) where it <paramref name="rectifies"/>.
    /// </summary>
    public void Normalize(
        Channels channels, DeviceBuffer x, DeviceBuffer scale, DeviceBuffer shift, float epsilon, bool rectifies,
        DeviceBuffer mean, DeviceBuffer variance, DeviceBuffer y)
    {
        var (xs, ys) = (new Array3D(x, channels.Count, channels.Positions), new Array3D(y, channels.Count, channels.Positions));
        var (scales, shifts) = (PlainBuffer.Of(scale), PlainBuffer.Of(shift));
        for (var c = 0; c < channels.Count; c++)
        {
            var sum = 0.0;
            for (var n = 0; n < channels.Images; n++)
            {
                for (var s = 0; s < channels.Positions; s++)
                {
                    sum += xs[n, c, s];
                }
            }

            var mu = sum / channels.Values;
            var squares = 0.0;
            for (var n = 0; n < channels.Images; n++)
            {
                for (var s = 0; s < channels.Positions; s++)
                {
                    squares += (xs[n, c, s] - mu) * (xs[n, c, s] - mu);
                }
            }

            var sigma2 = squares / channels.Values;
            for (var n = 0; n < channels.Images; n++)
            {
                for (var s = 0; s < channels.Positions; s++)
                {
                    var value = (float)(scales[c] * (xs[n, c, s] - mu) / Math.Sqrt(sigma2 + epsilon) + shifts[c]);
                    ys[n, c, s] = rectifies ? MathF.Max(0, value) : value;
                }
            }

            PlainBuffer.Of(mean)[c] = (float)mu;
            PlainBuffer.Of(variance)[c] = (float)sigma2;
        }
    }

    /// <summary>
    /// With x̂ = (x - μ)/√(σ² + ε), over all n and s of a channel: dShift = Σ dy, dScale = Σ dy·x̂, and
    /// dx = scale/√(σ² + ε)·(dy - mean(dy) - x̂·mean(dy·x̂)): μ and σ² depend on x too. What was rectified to 0 has no dy.
    /// </summary>
    public void NormalizeGradient(
        Channels channels, DeviceBuffer x, DeviceBuffer scale, DeviceBuffer shift, float epsilon, bool rectifies, DeviceBuffer mean, DeviceBuffer variance,
        DeviceBuffer dy, DeviceBuffer dx, DeviceBuffer dScale, DeviceBuffer dShift)
    {
        var (xs, dys, dxs) = (
            new Array3D(x, channels.Count, channels.Positions), new Array3D(dy, channels.Count, channels.Positions), new Array3D(dx, channels.Count, channels.Positions));
        for (var c = 0; c < channels.Count; c++)
        {
            double gamma = PlainBuffer.Of(scale)[c];
            double beta = PlainBuffer.Of(shift)[c];
            double mu = PlainBuffer.Of(mean)[c];
            var sigma = Math.Sqrt(PlainBuffer.Of(variance)[c] + epsilon);
            double Normalized(int n, int s) => (xs[n, c, s] - mu) / sigma;
            float Upstream(int n, int s) => rectifies && !(gamma * Normalized(n, s) + beta > 0) ? 0 : dys[n, c, s];

            var (sum, products) = (0.0, 0.0);
            for (var n = 0; n < channels.Images; n++)
            {
                for (var s = 0; s < channels.Positions; s++)
                {
                    sum += Upstream(n, s);
                    products += Upstream(n, s) * Normalized(n, s);
                }
            }

            for (var n = 0; n < channels.Images; n++)
            {
                for (var s = 0; s < channels.Positions; s++)
                {
                    dxs[n, c, s] = (float)(gamma / sigma * (Upstream(n, s) - sum / channels.Values - Normalized(n, s) * products / channels.Values));
                }
            }

            PlainBuffer.Of(dShift)[c] = (float)sum;
            PlainBuffer.Of(dScale)[c] = (float)products;
        }
    }
}
