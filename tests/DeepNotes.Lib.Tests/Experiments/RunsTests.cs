using DeepNotes.Backends.Cpu;

namespace DeepNotes.Tests.Experiments;

/// <summary>
/// Parallel runs have the results of sequential runs. The tests run in parallel too, so that each one that restarts the seeds
/// has a separate sequence.
/// </summary>
public sealed class RunsTests
{
    private static float[] Weights() => new Linear(3, 2).Weight.Value.ToArray();

    private static float[] AfterTraining(ulong seed)
    {
        Sequential net = [new Linear(20, 64), new Tanh(), new Dropout(0.5f), new Linear(64, 2)];
        var (x, optimizer) = (Tensor.Normal([300, 20], seed: seed), new Adam(0.01f));
        int[] classes = [.. Enumerable.Range(0, 300).Select(i => i % 2)];
        for (var step = 0; step < 5; step++)
        {
            optimizer.Minimize(Loss.CrossEntropy(net.Forward(x), classes), net.Parameters);
        }

        return net.Parameters[0].Value.ToArray();
    }

    [Fact]
    public void Results_come_in_the_order_of_the_items()
    {
        var squares = Enumerable.Range(0, 100).OnAllCores(i =>
        {
            Thread.SpinWait(i % 7 * 1000);
            return i * i;
        });
        Assert.Equal(Enumerable.Range(0, 100).Select(i => i * i), squares);
        Assert.Empty(Array.Empty<int>().OnAllCores(i => i));
    }

    [Fact]
    public void As_many_run_in_parallel_as_there_are_cores()
    {
        var cores = CpuThreads.Count;
        using var meeting = new Barrier(cores);
        Assert.All(Enumerable.Range(0, cores).OnAllCores(_ => meeting.SignalAndWait(TimeSpan.FromMinutes(1))), Assert.True);
    }

    [Fact]
    public void Networks_do_not_depend_on_parallel_runs()
    {
        using var own = Seeds.BeginRun(0);
        ulong[] seeds = [.. Enumerable.Range(1, 12).Select(seed => (ulong)seed)];
        Seeds.Start(5);
        var once = seeds.OnAllCores(AfterTraining);
        Seeds.Start(5);
        Assert.Equal(once, seeds.OnAllCores(AfterTraining));
        Seeds.Start(5);
        Assert.Equal(once.Take(1), seeds.Take(1).OnAllCores(AfterTraining));
        Assert.Equal(12, once.Select(weights => weights[0]).Distinct().Count());
    }

    [Fact]
    public void A_run_that_restarts_its_seeds_does_not_affect_others_or_the_program()
    {
        using var own = Seeds.BeginRun(0);
        Seeds.Start(8);
        _ = Seeds.Next();
        var second = Weights();
        Seeds.Start(8);
        var inRuns = Enumerable.Range(0, 1).OnAllCores(_ =>
        {
            Seeds.Start(99);
            return Weights();
        });
        Assert.Equal(second, Weights());
        Assert.NotEqual(second, inRuns[0]);
    }

    [Fact]
    public void Runs_inside_of_a_run_have_the_same_results()
    {
        using var own = Seeds.BeginRun(0);
        Seeds.Start(1);
        var nested = Enumerable.Range(0, 3).OnAllCores(_ => Enumerable.Range(0, 3).OnAllCores(_ => Weights()[0]));
        Seeds.Start(1);
        Assert.Equal(nested, Enumerable.Range(0, 3).OnAllCores(_ => Enumerable.Range(0, 3).OnAllCores(_ => Weights()[0])));
        Assert.Equal(9, nested.SelectMany(row => row).Distinct().Count());
    }

    [Fact]
    public void An_exception_of_a_run_is_rethrown_unchanged() =>
        Assert.Equal("third", Assert.Throws<TrainingException>(() => Enumerable.Range(0, 8).OnAllCores(i => i == 3 ? throw new TrainingException("third") : i)).Message);

    [Fact]
    public void Afterwards_this_thread_computes_with_all_cores_again()
    {
        _ = Enumerable.Range(0, 4).OnAllCores(i => i);
        Assert.False(Team.IsInside);
    }
}
