using System.Diagnostics;
using System.Globalization;
using DeepNotes.Backends;
using DeepNotes.Backends.Cpu;

namespace DeepNotes.Benchmarks;

/// <summary>
/// The speed-up of each of the <see cref="ProductSteps"/> for 512×512 matrices. The steps are timed in turn, and the medians are of
/// ratios within a turn, so that other load on the machine affects all of them; it hardly affects the ratio of the shortest times.
/// </summary>
internal static class ProductTable
{
    private const int Size = 512;
    private const int Turns = 31;
    private const double LeastMilliseconds = 20;

    public static void Print()
    {
        var (a, b) = (Tensor.Normal([Size, Size], seed: 1), Tensor.Normal([Size, Size], seed: 2));
        var (aThere, bThere) = (a.To(Device.Plain), b.To(Device.Plain));
        var (left, right, product) = (a.ToArray(), b.ToArray(), new float[Size * Size]);
        var threads = CpuThreads.Count;
        (string Name, int Threads, Action Run)[] steps =
        [
            ("three loops, i, j, p", 1, () => ProductSteps.Loops(left, right, product, Size)),
            ("`Device.Plain`: the same in double, through strides", 1, () => aThere.MatMul(bThere)),
            ("loops in the order i, p, j", 1, () => ProductSteps.AlongRows(left, right, product, Size)),
            ("in blocks", 1, () => ProductSteps.Blocked(left, right, product, Size)),
            ("packed, with a tile in registers", 1, () => ProductSteps.Packed(left, right, product, Size)),
            ("SIMD, one thread: `Device.Cpu`", 1, () => a.MatMul(b)),
            ($"{threads} threads: `Device.Cpu`", threads, () => a.MatMul(b)),
        ];
        var expected = aThere.MatMul(bThere).ToArray();
        CheckSame(ProductSteps.Loops);
        CheckSame(ProductSteps.AlongRows);
        CheckSame(ProductSteps.Blocked);
        CheckSame(ProductSteps.Packed);

        int[] calls = [.. steps.Select(step => Math.Max(1, (int)(LeastMilliseconds / Milliseconds(step.Threads, step.Run, 3))))];
        var times = new double[Turns][];
        for (var turn = 0; turn < Turns; turn++)
        {
            times[turn] = [.. steps.Select((step, i) => Milliseconds(step.Threads, step.Run, calls[i]))];
        }

        Console.WriteLine("| step | shortest time | median (quartiles) |\n|---|---:|---:|");
        for (var i = 0; i < steps.Length; i++)
        {
            var shortest = times.Min(turn => turn[0]) / times.Min(turn => turn[i]);
            double[] ratios = [.. times.Select(turn => turn[0] / turn[i]).Order()];
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"| {steps[i].Name} | {shortest:G3} | {ratios[Turns / 2]:G3} ({ratios[Turns / 4]:G3} to {ratios[^(Turns / 4 + 1)]:G3}) |"));
        }

        void CheckSame(Action<float[], float[], float[], int> step)
        {
            step(left, right, product, Size);
            var difference = product.Zip(expected, (actual, sum) => MathF.Abs(actual - sum)).Max();
            if (!(difference < 1e-3f))
            {
                throw new InvalidOperationException($"{step.Method.Name}: expected the product, got one that is {difference} off.");
            }
        }
    }

    // The time of one call.
    private static double Milliseconds(int threads, Action run, int calls)
    {
        CpuThreads.Count = threads;
        run();
        var start = Stopwatch.GetTimestamp();
        for (var call = 0; call < calls; call++)
        {
            run();
        }

        return Stopwatch.GetElapsedTime(start).TotalMilliseconds / calls;
    }
}
