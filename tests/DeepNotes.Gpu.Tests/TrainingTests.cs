using DeepNotes.Backends;
using DeepNotes.Tests.Support;

namespace DeepNotes.Tests.Gpu;

/// <summary>Models of the library, trained on the CPU and on a GPU from the same numbers.</summary>
public sealed class TrainingTests
{
    private const int Steps = 20;

    private static readonly Dictionary<string, (Shape Inputs, Func<Layer> Network, Func<Optimizer> Optimizer)> Models = new()
    {
        ["mlp"] = ([16, 40], () => new Sequential { new Linear(40, 32), new Tanh(), new Dropout(0.2f), new Linear(32, 10) }, () => new SGD(0.1f, 0.9f)),
        ["lenet"] = ([8, 1, 28, 28], () => new LeNet(rectified: true), () => new Adam(1e-3f)),
        ["mini-vgg"] = ([4, 3, 16, 16], MiniVgg, () => new SGD(0.05f, 0.9f, nesterov: true)),
        ["resnet20"] = ([4, 3, 16, 16], () => new CifarResNet(20, projection: true), () => new SGD(0.05f, 0.9f) { WeightDecay = 1e-4f }),
        ["inception"] = ([4, 8, 8, 8], () => new Sequential { new Inception(8, new(4, 4, 8, 2, 4, 4)), new GlobalAveragePool(), new Linear(20, 10) }, () => new AdamW(1e-3f)),
        ["lstm"] = ([8, 12, 10], () => new Sequential { new LSTM(10, 24), new LastStep(), new Linear(24, 10) }, () => new Adam(1e-2f) { GlobalClipNorm = 1 }),
        ["layer norm and gelu"] = ([16, 20], () => new Sequential { new Linear(20, 32), new LayerNorm(32), new GELU(), new Linear(32, 10) }, () => new RMSProp(1e-3f)),
    };

    public static TheoryData<string> Names => [.. Models.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Losses_on_the_gpu_follow_those_on_the_cpu_and_come_again_bit_by_bit(string name)
    {
        var (onCpu, onGpu, again) = (Train(name, Device.Cpu), Train(name, Devices.All[0]), Train(name, Devices.All[0]));

        AssertClose.Equal([.. onCpu.Select(loss => (double)loss)], [.. onGpu.Select(loss => (double)loss)], 1e-3, name);
        Assert.Equal(onGpu, again);
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

    private static float[] Train(string name, Device device)
    {
        using var chosen = device.Use();
        using var seeds = Seeds.BeginRun(3);
        var (shape, makeNetwork, makeOptimizer) = Models[name];
        var (net, optimizer, memory) = (makeNetwork(), makeOptimizer(), new StepMemory());
        int[] labels = [.. Enumerable.Range(0, shape[0]).Select(n => 3 * n % 10)];
        var x = Tensor.Normal(shape, seed: 4);
        return [.. Enumerable.Range(0, Steps).Select(_ =>
        {
            using var step = memory.Step();
            var loss = Loss.CrossEntropy(net.Forward(x), labels);
            optimizer.Minimize(loss, net.Parameters);
            return loss.ToSingle();
        })];
    }

    private static Sequential MiniVgg()
    {
        Layer[] Block(int inputs, int outputs) => [new Conv2d(inputs, outputs, 3, padding: 1), new BatchNorm2d(outputs), new ReLU()];
        return [.. Block(3, 16), .. Block(16, 16), new MaxPool2d(2), .. Block(16, 32), new MaxPool2d(2), new Flatten(), new Linear(32 * 4 * 4, 10)];
    }
}
