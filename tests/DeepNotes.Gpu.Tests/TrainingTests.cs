using DeepNotes.Backends;
using DeepNotes.Benchmarks.Gpu.Training;
using DeepNotes.Tests.Support;

namespace DeepNotes.Tests.Gpu;

/// <summary>Models of the library trained on the CPU and on a GPU from the same weights and data.</summary>
public sealed class TrainingTests
{
    private const int Steps = 20;

    // Enough for every kernel, and for the optimizer's state to be read that an earlier step wrote.
    private const int StepsAgain = 5;

    public static TheoryData<string> Names => [.. TrainedModel.All.Select(model => model.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Losses_on_the_gpu_follow_those_on_the_cpu_and_are_reproducible_bit_by_bit(string name)
    {
        var (onCpu, onGpu, again) = (Train(name, Device.Cpu, Steps), Train(name, Devices.All[0], Steps), Train(name, Devices.All[0], StepsAgain));

        AssertClose.Equal([.. onCpu.Select(loss => (double)loss)], [.. onGpu.Select(loss => (double)loss)], 1e-3, name);
        Assert.Equal(onGpu[..StepsAgain], again);
        Assert.True(onCpu[^1] < onCpu[0], $"{name} learns nothing: {onCpu[0]} to {onCpu[^1]}");
    }

    [Fact]
    public void A_network_and_its_inputs_move_to_a_device_and_back()
    {
        var net = new Sequential { new Linear(6, 5), new BatchNorm1d(5), new ReLU(), new Linear(5, 3) };
        var x = Tensor.Normal([4, 6], seed: 1);
        var expected = net.Predict(x).ToArray();

        net.To(Devices.All[0]);
        var error = Assert.Throws<InvalidOperationException>(() => net.Predict(x));
        var there = net.Predict(x.To(Devices.All[0]));
        net.To(Device.Cpu);

        Assert.Contains("cpu and", error.Message, StringComparison.Ordinal);
        Assert.Same(Devices.All[0], there.Device);
        AssertClose.Equal([.. expected.Select(y => (double)y)], [.. there.ToArray().Select(y => (double)y)], 1e-5, "on the device");
        Assert.Equal(expected, net.Predict(x).ToArray());
    }

    private static float[] Train(string name, Device device, int steps) => TrainedModel.All.Single(model => model.Name == name).Losses(device, steps);
}
