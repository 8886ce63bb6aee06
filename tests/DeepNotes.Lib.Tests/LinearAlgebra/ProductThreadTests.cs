using System.Numerics;
using DeepNotes.Backends.Cpu;
using DeepNotes.Tests.Backends;
using MathNet.Numerics.Providers.LinearAlgebra;

namespace DeepNotes.Tests.LinearAlgebra;

[Collection(nameof(ThreadTests))]
public sealed class ProductThreadTests : IDisposable
{
    private readonly int _before = CpuThreads.Count;

    [Theory]
    [InlineData(301, 257, 263)]
    [InlineData(1, 1031, 2053)]
    [InlineData(2053, 1031, 1)]
    public void Bits_do_not_depend_on_the_number_of_threads(int m, int k, int n)
    {
        foreach (var (a, b) in ProductTests.Transposes)
        {
            var one = OnThreads<float>(1, a, b);
            Assert.Equal(one, OnThreads<float>(2, a, b));
            Assert.Equal(one, OnThreads<float>(5, a, b));
            Assert.Equal(OnThreads<double>(1, a, b), OnThreads<double>(3, a, b));
        }

        T[] OnThreads<T>(int threads, Transpose a, Transpose b)
            where T : unmanaged, INumberBase<T>
        {
            CpuThreads.Count = threads;
            var example = new ProductExample<T>(m, k, n);
            var c = example.NaNs();
            example.Update(example.Simd, a, b, 1, 0, c);
            return c;
        }
    }

    public void Dispose() => CpuThreads.Count = _before;
}
