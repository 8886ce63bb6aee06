using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DeepNotes.Cli.Benchmarks;

/// <summary>
/// Measures the processor's peak: fused multiply-adds on registers only, on every compute thread, with the widest
/// enabled vectors (DOTNET_EnableAVX512=0 disables AVX-512).
/// </summary>
internal static class FmaPeak
{
    private const int Bursts = 5;
    private const int Rounds = 1_000_000;

    // Independent chains: at least latency × throughput of FMA on any processor, and few enough for 16 registers.
    private const int Chains = 12;

    /// <summary>GFLOP/s, the maximum of several bursts of a few milliseconds.</summary>
    public static double Measure(int threads) =>
        Vector512.IsHardwareAccelerated ? Measure<Wide512, Vector512<float>>(threads, Vector512<float>.Count)
        : Vector256.IsHardwareAccelerated ? Measure<Wide256, Vector256<float>>(threads, Vector256<float>.Count)
        : Measure<Wide128, Vector128<float>>(threads, Vector128<float>.Count);

    private static double Measure<TOp, TVector>(int threads, int lanes)
        where TOp : IMultiplyAdd<TVector> =>
        Enumerable.Range(0, Bursts).Max(_ => 2e-9 * Rounds * Chains * lanes * threads / Seconds(threads, Burst<TOp, TVector>));

    private static double Seconds(int threads, Func<float> burst)
    {
        var workers = Enumerable.Range(1, threads - 1).Select(_ => new Thread(() => burst())).ToList();
        var start = Stopwatch.GetTimestamp();
        workers.ForEach(worker => worker.Start());
        burst();
        workers.ForEach(worker => worker.Join());
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Burst<TOp, TVector>()
        where TOp : IMultiplyAdd<TVector>
    {
        var (m, c) = (TOp.Fill(0.5f), TOp.Fill(1));
        var (a0, a1, a2, a3, a4, a5) = (c, c, c, c, c, c);
        var (a6, a7, a8, a9, a10, a11) = (c, c, c, c, c, c);
        for (var round = 0; round < Rounds; round++)
        {
            a0 = TOp.Apply(a0, m, c);
            a1 = TOp.Apply(a1, m, c);
            a2 = TOp.Apply(a2, m, c);
            a3 = TOp.Apply(a3, m, c);
            a4 = TOp.Apply(a4, m, c);
            a5 = TOp.Apply(a5, m, c);
            a6 = TOp.Apply(a6, m, c);
            a7 = TOp.Apply(a7, m, c);
            a8 = TOp.Apply(a8, m, c);
            a9 = TOp.Apply(a9, m, c);
            a10 = TOp.Apply(a10, m, c);
            a11 = TOp.Apply(a11, m, c);
        }

        // The results must be used, or the JIT removes the loop.
        a0 = TOp.Apply(TOp.Apply(a0, a1, a2), TOp.Apply(a3, a4, a5), TOp.Apply(TOp.Apply(a6, a7, a8), TOp.Apply(a9, a10, a11), c));
        return TOp.First(a0);
    }

    private interface IMultiplyAdd<TVector>
    {
        static abstract TVector Fill(float value);

        static abstract TVector Apply(TVector a, TVector b, TVector c);

        static abstract float First(TVector a);
    }

    private readonly struct Wide512 : IMultiplyAdd<Vector512<float>>
    {
        public static Vector512<float> Fill(float value) => Vector512.Create(value);

        public static Vector512<float> Apply(Vector512<float> a, Vector512<float> b, Vector512<float> c) => Vector512.MultiplyAddEstimate(a, b, c);

        public static float First(Vector512<float> a) => a.ToScalar();
    }

    private readonly struct Wide256 : IMultiplyAdd<Vector256<float>>
    {
        public static Vector256<float> Fill(float value) => Vector256.Create(value);

        public static Vector256<float> Apply(Vector256<float> a, Vector256<float> b, Vector256<float> c) => Vector256.MultiplyAddEstimate(a, b, c);

        public static float First(Vector256<float> a) => a.ToScalar();
    }

    private readonly struct Wide128 : IMultiplyAdd<Vector128<float>>
    {
        public static Vector128<float> Fill(float value) => Vector128.Create(value);

        public static Vector128<float> Apply(Vector128<float> a, Vector128<float> b, Vector128<float> c) => Vector128.MultiplyAddEstimate(a, b, c);

        public static float First(Vector128<float> a) => a.ToScalar();
    }
}
