using DeepNotes.Backends;

namespace DeepNotes.Tests.Backends;

public sealed class StepMemoryTests
{
    [Fact]
    public void A_tensor_that_lost_its_memory_says_so_and_a_kept_one_stays()
    {
        var memory = new StepMemory();
        Tensor lost, view, kept;
        using (memory.Step())
        {
            lost = Tensor.From(1, 2, 3) * 2;
            view = lost.Reshape(3, 1);
            kept = lost.Keep();
        }

        foreach (var tensor in new[] { lost, view })
        {
            var error = Assert.Throws<InvalidOperationException>(() => tensor.ToArray());
            Assert.Contains("was used after the training step that made it", error.Message, StringComparison.Ordinal);
        }

        Assert.Equal([2f, 4, 6], kept.ToArray());
    }

    [Fact]
    public void Training_in_steps_is_the_same_to_the_bit_and_makes_no_new_tensors()
    {
        Assert.Equal(Train(null, out _), Train(new StepMemory(), out var allocated));

        // The network's activations and gradients are over a megabyte each step.
        Assert.InRange(allocated, 0, 64 * 1024);
    }

    [Fact]
    public void What_outlives_a_step_is_made_outside_of_it()
    {
        var (memory, net, optimizer) = (new StepMemory(), new Sequential { new Linear(3, 4, seed: 1), new BatchNorm1d(4) }, new AMSGrad(0.1f));
        for (var i = 0; i < 3; i++)
        {
            using (memory.Step())
            {
                optimizer.Minimize(net.Forward(Tensor.Normal([5, 3], seed: 2)).Square().Sum(), net.Parameters);
            }
        }

        Assert.All(net.Parameters, parameter => Assert.All(parameter.Value.ToArray(), value => Assert.True(float.IsFinite(value))));
        Assert.All(net.NamedStatistics, named => Assert.Equal(4, named.Statistic.Value.ToArray().Length));
        Assert.NotEmpty(optimizer.Save(net.Parameters).Tensors.Values.Select(tensor => tensor.ToArray()));
    }

    [Fact]
    public void Steps_of_one_memory_do_not_nest()
    {
        var memory = new StepMemory();
        using var outer = memory.Step();
        Tensor.Zeros([2]);
        Assert.Throws<InvalidOperationException>(memory.Step);
    }

    private static float[] Train(StepMemory? memory, out long allocatedInLastStep)
    {
        Sequential net = [new Conv2d(2, 8, 3, padding: 1, seed: 1), new BatchNorm2d(8), new ReLU(), new MaxPool2d(2), new Flatten(), new Linear(8 * 64, 5, seed: 2)];
        var (optimizer, x, labels) = (new SGD(0.01f, 0.9f), Tensor.Normal([32, 2, 16, 16], seed: 3), Enumerable.Range(0, 32).Select(i => i % 5).ToArray());
        allocatedInLastStep = 0;
        for (var step = 0; step < 30; step++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            using (memory?.Step())
            {
                optimizer.Minimize(Loss.CrossEntropy(net.Forward(x), labels), net.Parameters);
            }

            allocatedInLastStep = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        return [.. net.Parameters.SelectMany(parameter => parameter.Value.ToArray())];
    }
}
