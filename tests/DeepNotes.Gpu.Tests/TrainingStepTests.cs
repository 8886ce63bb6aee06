using DeepNotes.Backends;
using DeepNotes.Backends.Gpu;
using DeepNotes.Tests.Support;

namespace DeepNotes.Tests.Gpu;

/// <summary>Tests that count or limit the memory of the device, which they share: they run alone.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

/// <summary>Allocations, transfers and synchronizations of a training step.</summary>
[Collection(nameof(Alone))]
public sealed class TrainingStepTests
{
    [GpuFact]
    public void A_training_step_allocates_no_memory_after_warm_up()
    {
        using var chosen = Devices.Gpu!.Use();
        var blocks = ((GpuBackend)Devices.Gpu!.Backend).Memory;
        var (net, optimizer, memory) = (new Sequential { new Conv2d(1, 4, 3), new BatchNorm2d(4), new ReLU(), new Flatten(), new Linear(4 * 36, 10) }, new Adam(), new StepMemory());
        var x = Tensor.Normal([4, 1, 8, 8], seed: 1);
        void Step()
        {
            using var step = memory.Step();
            optimizer.Minimize(Loss.CrossEntropy(net.Forward(x), [1, 2, 3, 4]), net.Parameters);
        }

        for (var i = 0; i < 5; i++)
        {
            Step();
        }

        var before = blocks.BlocksMade;
        for (var i = 0; i < 5; i++)
        {
            Step();
        }

        Assert.Equal(before, blocks.BlocksMade);
    }

    [GpuFact]
    public void Without_step_memory_collected_buffers_are_reused()
    {
        var blocks = ((GpuBackend)Devices.Gpu!.Backend).Memory;
        var x = Tensor.Ones([1 << 20]).To(Devices.Gpu!);
        var before = blocks.BlocksMade;
        for (var i = 0; i < 1000; i++)
        {
            _ = x + x;
        }

        Assert.InRange(blocks.BlocksMade - before, 0, 500);
    }

    [GpuFact]
    public void A_step_synchronizes_for_its_loss_its_predictions_and_the_check_of_its_gradients_alone()
    {
        using var chosen = Devices.Gpu!.Use();
        var backend = (GpuBackend)Devices.Gpu!.Backend;
        var data = Toy.Spirals();
        var net = new Sequential { new Linear(2, 16), new Dropout(0.1f), new ReLU(), new Linear(16, 3) };
        var trainer = new Trainer(net, new Adam { ClipNorm = 1 }, Loss.CrossEntropy) { ShowsProgress = false };
        trainer.Fit(data, epochs: 1, batchSize: 32);

        var before = backend.Waits;
        var steps = trainer.Fit(data, epochs: 2, batchSize: 32).StepLosses.Count;

        Assert.Equal(3 * steps, backend.Waits - before);
    }

    [GpuFact]
    public void An_array_may_change_once_it_has_been_uploaded()
    {
        // More data than the staging buffer holds, in arrays that are overwritten immediately after the upload.
        var values = new float[1 << 18];
        var (sums, expected) = (new List<Tensor>(), new List<float>());
        for (var i = 0; i < 50; i++)
        {
            values.AsSpan().Fill(i);
            sums.Add(Tensor.From(values, [values.Length], Devices.Gpu!).Max());
            expected.Add(i);
        }

        Assert.Equal(expected, sums.Select(sum => sum.ToSingle()));

        var large = Enumerable.Range(0, 9_000_000).Select(i => (float)i).ToArray();
        var there = Tensor.From(large, [large.Length], Devices.Gpu!);
        large.AsSpan().Clear();
        Assert.Equal(8_999_999, there.Max().ToSingle());
    }
}
