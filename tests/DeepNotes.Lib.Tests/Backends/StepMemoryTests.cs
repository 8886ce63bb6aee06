using DeepNotes.Backends;

namespace DeepNotes.Tests.Backends;

public sealed class StepMemoryTests
{
    private static readonly Dictionary<string, Func<(Layer Net, Tensor Inputs)>> Makers = new()
    {
        ["convolutions"] = () => (
            new Sequential { new Conv2d(2, 8, 3, padding: 1, seed: 1), new BatchNorm2d(8), new ReLU(), new MaxPool2d(2), new Flatten(), new Linear(8 * 64, 5, seed: 2) },
            Tensor.Normal([32, 2, 16, 16], seed: 3)),
        ["LSTM"] = () => (new Sequential { new LSTM(28, 64, twoBiases: true, seed: 1), new LastStep(), new Linear(64, 5, seed: 2) }, Tensor.Normal([32, 28, 28], seed: 3)),
    };

    [Fact]
    public void A_recycled_tensor_throws_and_a_kept_one_stays_valid()
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

    public static TheoryData<string> Networks() => [.. Makers.Keys];

    [Theory]
    [MemberData(nameof(Networks))]
    public void Training_with_step_memory_gives_the_same_bits_and_allocates_no_new_tensors(string network)
    {
        Assert.Equal(Train(Makers[network], null, out _), Train(Makers[network], new StepMemory(), out var allocated));

        // The networks' activations and gradients take over 1 MB per step.
        Assert.InRange(allocated, 0, 64 * 1024);
    }

    [Fact]
    public void A_step_of_a_deep_network_allocates_few_small_objects()
    {
        Train(() => (new CifarResNet(20, projection: true), Tensor.Normal([2, 3, 16, 16], seed: 3)), new StepMemory(), out var allocated);
        Assert.InRange(allocated, 0, 64 * 1024);
    }

    [Fact]
    public void State_that_outlives_a_step_is_allocated_outside_of_it()
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

    // The first pass creates a graph, whose memory must not be reused before the second pass has finished.
    [Fact]
    public void A_gradient_penalty_gives_the_same_bits()
    {
        Assert.Equal(Train(null), Train(new StepMemory()));

        static float[] Train(StepMemory? memory)
        {
            Sequential net = [new Conv2d(1, 3, 3, padding: 1, seed: 1), new BatchNorm2d(3), new ReLU(), new MaxPool2d(2), new Flatten(), new Linear(27, 4, seed: 2)];
            var (optimizer, images) = (new Adam(0.01f), Tensor.Normal([5, 1, 6, 6], seed: 3));
            for (var step = 0; step < 4; step++)
            {
                using (memory?.Step())
                {
                    var x = images.Detach().RequireGradient();
                    var loss = Loss.CrossEntropy(net.Forward(x), [0, 1, 2, 3, 0]);
                    optimizer.Minimize(loss + Tensor.Gradients(loss, [x], createGraph: true)[0].Square().Sum(), net.Parameters);
                }
            }

            return [.. net.Parameters.SelectMany(parameter => parameter.Value.ToArray())];
        }
    }

    [Fact]
    public void Steps_of_one_memory_do_not_nest()
    {
        var memory = new StepMemory();
        using var outer = memory.Step();
        Tensor.Zeros([2]);
        Assert.Throws<InvalidOperationException>(memory.Step);
    }

    private static float[] Train(Func<(Layer Net, Tensor Inputs)> make, StepMemory? memory, out long allocated)
    {
        var (net, x) = make();
        var (optimizer, labels) = (new SGD(0.01f, 0.9f), Enumerable.Range(0, x.Shape[0]).Select(i => i % 5).ToArray());
        allocated = long.MaxValue;
        for (var step = 0; step < 30; step++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            using (memory?.Step())
            {
                optimizer.Minimize(Loss.CrossEntropy(net.Forward(x), labels), net.Parameters);
            }

            // The minimum over all steps: a garbage collection caused by other tests empties the pools, which refill in the next step.
            allocated = Math.Min(allocated, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return [.. net.Parameters.SelectMany(parameter => parameter.Value.ToArray())];
    }
}
