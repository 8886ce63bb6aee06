using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DeepNotes.Functions;

namespace DeepNotes.Backends.Cpu;

internal sealed partial class CpuBackend
{
    // Five exponentials for each value of the state, and what is around them.
    private const int CellCost = 64;

    public void LstmStep(CellStep step, DeviceBuffer fromHidden, DeviceBuffer bias, DeviceBuffer gates, DeviceBuffer cells, DeviceBuffer states)
    {
        var (sums, biases, all, c, h) = (CpuBuffer.Of(fromHidden), CpuBuffer.Of(bias), CpuBuffer.Of(gates), CpuBuffer.Of(cells), CpuBuffer.Of(states));
        Work.ByCost(step.Samples, (long)step.Hidden * CellCost, (step, sums, biases, all, c, h), static (in work, start, end) =>
        {
            var (step, sums, biases, all, c, h) = work;
            var size = step.Hidden;
            for (var n = start; n < end; n++)
            {
                var (before, after) = (step.Before + n * size, step.Before + step.State + n * size);
                LstmCell(
                    sums.AsSpan(4 * n * size, 4 * size), biases, all.AsSpan(step.Gates(n), 4 * size),
                    c.AsSpan(before, size), c.AsSpan(after, size), h.AsSpan(after, size));
            }
        });
    }

    public void LstmStepGradient(
        CellStep step, DeviceBuffer gates, DeviceBuffer cells, DeviceBuffer dHidden, DeviceBuffer dStates, DeviceBuffer dCell, DeviceBuffer dGates)
    {
        var (all, c, dh, dhs, dc, dAll) = (
            CpuBuffer.Of(gates), CpuBuffer.Of(cells), CpuBuffer.Of(dHidden), CpuBuffer.Of(dStates), CpuBuffer.Of(dCell), CpuBuffer.Of(dGates));
        Work.ByCost(step.Samples, (long)step.Hidden * CellCost, (step, all, c, dh, dhs, dc, dAll), static (in work, start, end) =>
        {
            var (step, all, c, dh, dhs, dc, dAll) = work;
            var size = step.Hidden;
            for (var n = start; n < end; n++)
            {
                var (before, after) = (step.Before + n * size, step.Before + step.State + n * size);
                LstmCellGradient(
                    all.AsSpan(step.Gates(n), 4 * size), c.AsSpan(before, size), c.AsSpan(after, size),
                    dh.AsSpan(n * size, size), dhs.AsSpan(after, size), dc.AsSpan(n * size, size), dAll.AsSpan(step.Gates(n), 4 * size));
            }
        });
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void LstmCell(
        ReadOnlySpan<float> sums, ReadOnlySpan<float> bias, Span<float> gates, ReadOnlySpan<float> before, Span<float> cell, Span<float> hidden)
    {
        var size = cell.Length;
        for (var j = 0; j < size; j += Lanes.Width)
        {
            var i = Gate(default(Functions.Sigmoid), 0, j, sums, bias, gates, size);
            var f = Gate(default(Functions.Sigmoid), 1, j, sums, bias, gates, size);
            var g = Gate(default(Functions.Tanh), 2, j, sums, bias, gates, size);
            var o = Gate(default(Functions.Sigmoid), 3, j, sums, bias, gates, size);
            var c = f * Lanes.Load(before, j) + i * g;
            Lanes.Store(c, cell, j);
            Lanes.Store(o * default(Functions.Tanh).F(c), hidden, j);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Gate<TOp>(
        TOp f, int block, int j, ReadOnlySpan<float> sums, ReadOnlySpan<float> bias, Span<float> gates, int size)
        where TOp : struct, IUnaryOp
    {
        var gate = gates.Slice(block * size, size);
        var y = f.F(Lanes.Load(gate, j) + Lanes.Load(sums.Slice(block * size, size), j) + Lanes.Load(bias.Slice(block * size, size), j));
        Lanes.Store(y, gate, j);
        return y;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void LstmCellGradient(
        ReadOnlySpan<float> gates, ReadOnlySpan<float> before, ReadOnlySpan<float> cell,
        ReadOnlySpan<float> dHidden, ReadOnlySpan<float> dState, Span<float> dCell, Span<float> dGates)
    {
        var (size, one) = (cell.Length, Vector512<float>.One);
        for (var j = 0; j < size; j += Lanes.Width)
        {
            var i = Lanes.Load(gates[..size], j);
            var f = Lanes.Load(gates.Slice(size, size), j);
            var g = Lanes.Load(gates.Slice(2 * size, size), j);
            var o = Lanes.Load(gates.Slice(3 * size, size), j);
            var y = default(Functions.Tanh).F(Lanes.Load(cell, j));
            var dh = Lanes.Load(dHidden, j) + Lanes.Load(dState, j);
            var dc = Lanes.Load(dCell, j) + dh * o * (one - y * y);
            Lanes.Store(dc * g * i * (one - i), dGates[..size], j);
            Lanes.Store(dc * Lanes.Load(before, j) * f * (one - f), dGates.Slice(size, size), j);
            Lanes.Store(dc * i * (one - g * g), dGates.Slice(2 * size, size), j);
            Lanes.Store(dh * y * o * (one - o), dGates.Slice(3 * size, size), j);
            Lanes.Store(dc * f, dCell, j);
        }
    }
}
