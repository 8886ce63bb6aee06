using DeepNotes.Backends;
using DeepNotes.Backends.Gpu;
using DeepNotes.Benchmarks.Gpu.Checks;
using ILGPU;
using ILGPU.Runtime;
using F = DeepNotes.Functions;

namespace DeepNotes.Benchmarks.Gpu.Timings;

/// <summary>The bandwidth of kernels limited by memory, and of plain copies.</summary>
internal sealed class Streams(GpuBackend gpu, Sizes sizes)
{
    public const string Copy = "copy";
    public const string DriverCopy = "copy by the driver";
    public const string Map = "map ReLU";
    public const string Fold = "sum of all";

    private const int Launches = 200;
    private const int Row = 1024;

    public IEnumerable<(string Name, Func<TimingRow> Measure)> Rows()
    {
        var n = sizes.Stream;
        var (x, y) = (new Operands(gpu).Uniform(n), new Operands(gpu).New(n));
        var (rows, columns, one, row) = (gpu.Allocate(n / Row), gpu.Allocate(Row), gpu.Allocate(1), new Operands(gpu).Uniform(Row));
        var whole = new View(0, [n], [1]);
        yield return Pass(Copy, 2, () => gpu.Copy(x, whole, y, whole));
        yield return Pass(DriverCopy, 2, () => GpuBuffer.Of(x).CopyTo(gpu.Accelerator.DefaultStream, GpuBuffer.Of(y)));
        yield return Pass("fill", 1, () => gpu.Fill(y, 1));
        yield return Pass(Map, 2, () => gpu.Map(default(F.ReLU), x, y));
        yield return Pass("map tanh", 2, () => gpu.Map(default(F.Tanh), x, y));
        yield return Pass("map GELU", 2, () => gpu.Map(default(F.GELU), x, y));
        yield return Pass("gradient of tanh", 3, () => gpu.MapGradient(default(F.Tanh), x, x, y, y));
        yield return Pass("sum of two", 3, () => gpu.Zip(default(F.Add), x, [1], y, [1], y, [n]));
        yield return Pass($"sum with a row of {Row}", 2, () => gpu.Zip(default(F.Add), x, [Row, 1], row, [0, 1], y, [n / Row, Row]));
        yield return Pass("momentum", 5, () => gpu.Update(new F.MomentumUpdate(0.01f, 0.9f, isNesterov: false), x, x, y, y));
        yield return Pass(Fold, 1, () => gpu.Reduce(default(F.Add), x, one, 1, n, 1));
        yield return Pass($"sums of rows of {Row}", 1, () => gpu.Reduce(default(F.Add), x, rows, n / Row, Row, 1));
        yield return Pass($"sums of columns of {n / Row:N0}", 1, () => gpu.Reduce(default(F.Add), x, columns, 1, n / Row, Row));
    }

    /// <summary>Measures a small kernel in microseconds: one of many in the queue, and one with synchronization.</summary>
    public (double Queued, double RoundTrip) Launch()
    {
        var (x, y) = (new Operands(gpu).Uniform(1), gpu.Allocate(1));
        void Empty() => gpu.Map(default(F.ReLU), x, y);
        var many = DeviceTiming.Milliseconds(gpu, sizes, () =>
        {
            for (var i = 0; i < Launches; i++)
            {
                Empty();
            }
        });
        return (1e3 * many / Launches, 1e3 * DeviceTiming.Milliseconds(gpu, sizes, Empty));
    }

    // passes: how many times each of the n elements is read or written.
    private (string, Func<TimingRow>) Pass(string name, int passes, Action queue) =>
        (name, () => new TimingRow(name, DeviceTiming.Milliseconds(gpu, sizes, queue), Flops: 0, Bytes: (double)passes * sizeof(float) * sizes.Stream));
}
