using System.Numerics;
using DeepNotes.Functions;
using ILGPU;
using ILGPU.Runtime;

namespace DeepNotes.Backends.Gpu;

internal sealed partial class GpuBackend
{
    public void LogSoftmax(DeviceBuffer x, DeviceBuffer y, int rows, int count)
    {
        if (y.Length == 0)
        {
            return;
        }

        lock (_gate)
        {
            _launch.Run(SoftmaxKernels.Logarithm, ForRows(rows, count), View(x), View(y), count);
        }
    }

    public void LogSoftmaxGradient(DeviceBuffer y, DeviceBuffer dy, DeviceBuffer dx, int rows, int count)
    {
        if (dx.Length == 0)
        {
            return;
        }

        lock (_gate)
        {
            _launch.Run(SoftmaxKernels.LogarithmGradient, ForRows(rows, count), View(y), View(dy), View(dx), count);
        }
    }

    public void CrossEntropy(DeviceBuffer x, int[] labels, DeviceBuffer? weights, DeviceBuffer d, DeviceBuffer y, int count)
    {
        if (labels.Length == 0)
        {
            return;
        }

        lock (_gate)
        {
            using var given = Temporary(labels);
            _launch.Run(SoftmaxKernels.CrossEntropy, ForRows(labels.Length, count), View(x), given.View.Cast<int>(), View(d), View(y), count);
            if (weights is not null)
            {
                Zip(default(Multiply), y, 0, [1], weights, 0, [1], y, 0, [labels.Length]);
            }
        }
    }

    public void CrossEntropyGradient(DeviceBuffer d, DeviceBuffer? weights, DeviceBuffer dy, float factor, DeviceBuffer dx, int count)
    {
        lock (_gate)
        {
            // An empty view: all weights are 1.
            var given = weights is null ? View(d).SubView(0, 0) : View(weights);
            _launch.Run(SoftmaxKernels.CrossEntropyGradient, _launch.Over(dx.Length), View(d), given, View(dy), factor, View(dx), count);
        }
    }

    public void LstmStep(CellStep step, DeviceBuffer fromHidden, DeviceBuffer bias, DeviceBuffer gates, DeviceBuffer cells, DeviceBuffer states)
    {
        lock (_gate)
        {
            _launch.Run(RecurrentKernels.Step, _launch.Over(step.StateLength), step, View(fromHidden), View(bias), View(gates), View(cells), View(states));
        }
    }

    public void LstmStepGradient(CellStep step, DeviceBuffer gates, DeviceBuffer cells, DeviceBuffer dHidden, DeviceBuffer dStates, DeviceBuffer dCell, DeviceBuffer dGates)
    {
        lock (_gate)
        {
            _launch.Run(RecurrentKernels.StepGradient, _launch.Over(step.StateLength), step, View(gates), View(cells), View(dHidden), View(dStates), View(dCell), View(dGates));
        }
    }

    // No more threads for a row than it has values.
    private KernelConfig ForRows(int rows, int count) =>
        new(rows, Math.Min(_launch.GroupSize, (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(1, count))));
}
