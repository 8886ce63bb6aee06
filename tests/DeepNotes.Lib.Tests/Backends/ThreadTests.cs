using DeepNotes.Backends.Cpu;

namespace DeepNotes.Tests.Backends;

public sealed class ThreadTests
{
    [Fact]
    public void Training_gives_the_same_bits_on_any_number_of_threads()
    {
        var before = CpuThreads.Count;
        try
        {
            var one = Losses(1);
            Assert.Equal(one, Losses(2));
            Assert.Equal(one, Losses(5));
        }
        finally
        {
            CpuThreads.Count = before;
        }
    }

    [Fact]
    public void At_least_one_thread_computes() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => CpuThreads.Count = 0);

    // Large enough that products, maps, column sums and the long sum of the loss are all cut into pieces.
    private static float[] Losses(int threads)
    {
        CpuThreads.Count = threads;
        var data = new Dataset(Tensor.Normal([600, 300], seed: 1), [.. Enumerable.Range(0, 600).Select(i => i % 7)]);
        Sequential net = [new Linear(300, 500, seed: 2), new Tanh(), new Linear(500, 7, seed: 3)];
        var history = new Trainer(net, new Adam(), Loss.CrossEntropy).Fit(data, epochs: 2, batchSize: 300);
        var long1 = Tensor.Normal([200_003], seed: 4);
        return [.. history.StepLosses, long1.Sum().ToSingle(), long1.Exp().Mean().ToSingle()];
    }
}
