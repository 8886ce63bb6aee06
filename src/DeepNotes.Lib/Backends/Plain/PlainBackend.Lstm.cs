using DeepNotes.Functions;

namespace DeepNotes.Backends.Plain;

internal partial class PlainBackend
{
    /// <summary>
    /// With s = gates + fromHidden + bias at step t: i = σ(s₀), f = σ(s₁), g = tanh(s₂), o = σ(s₃), then
    /// c[t + 1] = f·c[t] + i·g and h[t + 1] = o·tanh(c[t + 1]). The four gates stay where their sums were.
    /// </summary>
    public void LstmStep(CellStep step, DeviceBuffer fromHidden, DeviceBuffer bias, DeviceBuffer gates, DeviceBuffer cells, DeviceBuffer states)
    {
        var t = step.Index;
        var (c, h) = (new Array3D(cells, step.Samples, step.Hidden), new Array3D(states, step.Samples, step.Hidden));
        var all = new Array4D(gates, step.Samples, 4, step.Hidden);
        var (sums, biases) = (new Array3D(fromHidden, 4, step.Hidden), new Array2D(bias, step.Hidden));
        for (var n = 0; n < step.Samples; n++)
        {
            for (var j = 0; j < step.Hidden; j++)
            {
                float Sum(int gate) => all[t, n, gate, j] + sums[n, gate, j] + biases[gate, j];
                var i = Sigmoid(Sum(0));
                var f = Sigmoid(Sum(1));
                var g = MathF.Tanh(Sum(2));
                var o = Sigmoid(Sum(3));
                (all[t, n, 0, j], all[t, n, 1, j], all[t, n, 2, j], all[t, n, 3, j]) = (i, f, g, o);
                c[t + 1, n, j] = f * c[t, n, j] + i * g;
                h[t + 1, n, j] = o * MathF.Tanh(c[t + 1, n, j]);
            }
        }
    }

    /// <summary>
    /// With dh = dHidden + dStates[t + 1], backwards through <see cref="LstmStep"/>: dc[t + 1] += dh·o·(1 - tanh²(c[t + 1])); di = dc·g,
    /// df = dc·c[t], dg = dc·i, do = dh·tanh(c[t + 1]), each times the slope of its gate, σ′ = σ(1 - σ) or tanh′ = 1 - tanh²;
    /// and dc[t] = dc[t + 1]·f in the place of dc[t + 1].
    /// </summary>
    public void LstmStepGradient(
        CellStep step, DeviceBuffer gates, DeviceBuffer cells, DeviceBuffer dHidden, DeviceBuffer dStates, DeviceBuffer dCell, DeviceBuffer dGates)
    {
        var t = step.Index;
        var (c, dhs) = (new Array3D(cells, step.Samples, step.Hidden), new Array3D(dStates, step.Samples, step.Hidden));
        var (all, dAll) = (new Array4D(gates, step.Samples, 4, step.Hidden), new Array4D(dGates, step.Samples, 4, step.Hidden));
        var (dh, dc) = (new Array2D(dHidden, step.Hidden), new Array2D(dCell, step.Hidden));
        for (var n = 0; n < step.Samples; n++)
        {
            for (var j = 0; j < step.Hidden; j++)
            {
                var (i, f, g, o) = (all[t, n, 0, j], all[t, n, 1, j], all[t, n, 2, j], all[t, n, 3, j]);
                var y = MathF.Tanh(c[t + 1, n, j]);
                var dState = dh[n, j] + dhs[t + 1, n, j];
                var dNext = dc[n, j] + dState * o * (1 - y * y);
                dAll[t, n, 0, j] = dNext * g * i * (1 - i);
                dAll[t, n, 1, j] = dNext * c[t, n, j] * f * (1 - f);
                dAll[t, n, 2, j] = dNext * i * (1 - g * g);
                dAll[t, n, 3, j] = dState * y * o * (1 - o);
                dc[n, j] = dNext * f;
            }
        }
    }

    private static float Sigmoid(float x) => default(Functions.Sigmoid).F(x);
}
