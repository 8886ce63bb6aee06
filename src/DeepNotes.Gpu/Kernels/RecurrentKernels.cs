using DeepNotes.Functions;
using ILGPU;

namespace DeepNotes.Backends.Gpu;

/// <summary>A step of an LSTM, one thread for a value of the state.</summary>
internal static class RecurrentKernels
{
    public static void Step(CellStep step, ArrayView<float> fromHidden, ArrayView<float> bias, ArrayView<float> gates, ArrayView<float> cells, ArrayView<float> states)
    {
        for (var at = Grid.GlobalIndex.X; at < step.StateLength; at += ElementwiseKernels.Stride)
        {
            var j = at % step.Hidden;
            var from = at / step.Hidden * 4 * step.Hidden + j;
            var to = step.Gates(at / step.Hidden) + j;
            var i = default(Functions.Sigmoid).F(gates[to] + fromHidden[from] + bias[j]);
            var f = default(Functions.Sigmoid).F(gates[to + step.Hidden] + fromHidden[from + step.Hidden] + bias[j + step.Hidden]);
            var g = default(Functions.Tanh).F(gates[to + 2 * step.Hidden] + fromHidden[from + 2 * step.Hidden] + bias[j + 2 * step.Hidden]);
            var o = default(Functions.Sigmoid).F(gates[to + 3 * step.Hidden] + fromHidden[from + 3 * step.Hidden] + bias[j + 3 * step.Hidden]);
            var cell = f * cells[step.PreviousState + at] + i * g;
            gates[to] = i;
            gates[to + step.Hidden] = f;
            gates[to + 2 * step.Hidden] = g;
            gates[to + 3 * step.Hidden] = o;
            cells[step.NextState + at] = cell;
            states[step.NextState + at] = o * default(Functions.Tanh).F(cell);
        }
    }

    public static void StepGradient(
        CellStep step, ArrayView<float> gates, ArrayView<float> cells, ArrayView<float> dHidden, ArrayView<float> dStates, ArrayView<float> dCell, ArrayView<float> dGates)
    {
        for (var at = Grid.GlobalIndex.X; at < step.StateLength; at += ElementwiseKernels.Stride)
        {
            var position = step.Gates(at / step.Hidden) + at % step.Hidden;
            var i = gates[position];
            var f = gates[position + step.Hidden];
            var g = gates[position + 2 * step.Hidden];
            var o = gates[position + 3 * step.Hidden];
            var y = default(Functions.Tanh).F(cells[step.NextState + at]);
            var dh = dHidden[at] + dStates[step.NextState + at];
            var dc = dCell[at] + dh * o * (1f - y * y);
            dGates[position] = dc * g * i * (1f - i);
            dGates[position + step.Hidden] = dc * cells[step.PreviousState + at] * f * (1f - f);
            dGates[position + 2 * step.Hidden] = dc * i * (1f - g * g);
            dGates[position + 3 * step.Hidden] = dh * y * o * (1f - o);
            dCell[at] = dc * f;
        }
    }
}
