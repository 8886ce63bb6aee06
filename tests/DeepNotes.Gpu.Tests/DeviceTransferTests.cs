using DeepNotes.Backends;
using DeepNotes.Tests.Support;

namespace DeepNotes.Tests.Gpu;

/// <summary>
/// Networks and tensors moved to a device by <c>To</c> while the default device is the CPU: tensors that the library creates meanwhile
/// are on the device of their operands.
/// </summary>
public sealed class DeviceTransferTests
{
    private static readonly Device There = Devices.All[0];

    private static readonly Dictionary<string, (Func<Layer> Network, Shape Inputs)> Networks = new()
    {
        ["dropout"] = (() => new Sequential { new Dropout(0.3f, seed: 1), new Linear(6, 3, seed: 1) }, [8, 6]),
        ["drop connect"] = (() => new DropConnect(6, 3, seed: 1), [8, 6]),
        ["spatial dropout"] = (() => new Sequential { new SpatialDropout(0.3f, seed: 1), new Flatten(), new Linear(36, 3, seed: 1) }, [8, 4, 3, 3]),
        ["stochastic depth"] = (() => new Residual(new Sequential { new Linear(6, 6, seed: 1), new StochasticDepth(0.3f, seed: 1) }), [8, 6]),
        ["adaptive pooling"] = (() => new Sequential { new AdaptiveAveragePool2d(3), new AdaptiveMaxPool2d(2), new Flatten(), new Linear(8, 3, seed: 1) }, [8, 2, 7, 8]),
    };

    private static readonly Dictionary<string, Func<FittedTransform>> Transforms = new()
    {
        ["standardization"] = () => Standardization.Fit(Toy.Blobs(60)),
        ["min-max"] = () => MinMaxScaling.Fit(Toy.Blobs(60)),
        ["whitening"] = () => Whitening.FitZca(Toy.Blobs(60)),
    };

    public static TheoryData<string> NetworkNames => [.. Networks.Keys];

    public static TheoryData<string> TransformNames => [.. Transforms.Keys];

    [Theory]
    [MemberData(nameof(NetworkNames))]
    public void A_moved_network_trains_as_on_the_cpu(string name)
    {
        var (make, shape) = Networks[name];
        float[] Losses(Device device)
        {
            var (net, x, optimizer) = (make(), Tensor.Normal(shape, seed: 2).To(device), new Adam(1e-2f));
            net.To(device);
            return [.. Enumerable.Range(0, 4).Select(_ =>
            {
                var loss = net.Forward(x).Square().Mean();
                optimizer.Minimize(loss, net.Parameters);
                return loss.ToSingle();
            })];
        }

        AssertClose.Equal(Doubles(Losses(Device.Cpu)), Doubles(Losses(There)), 1e-4, name);
    }

    [Theory]
    [MemberData(nameof(TransformNames))]
    public void A_transform_runs_on_the_device_of_the_samples(string name)
    {
        var (transform, samples) = (Transforms[name](), Toy.Blobs(30, seed: 1).Inputs);
        var there = transform.Apply(samples.To(There));

        Assert.Same(There, there.Device);
        AssertClose.Equal(Doubles(transform.Apply(samples).ToArray()), Doubles(there.ToArray()), 1e-4, name);
        AssertClose.Equal(Doubles(samples.ToArray()), Doubles(transform.Inverse(there).ToArray()), 1e-4, name);
    }

    [Fact]
    public void A_trainer_makes_its_batches_on_the_device_of_the_network_and_resumes_there_from_a_checkpoint_of_the_cpu()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "run.safetensors");
        var data = Toy.Spirals(120);
        Trainer Make(Device device)
        {
            var net = new Sequential { new Linear(2, 16, seed: 1), new BatchNorm1d(16), new ReLU(), new Dropout(0.1f, seed: 1), new Linear(16, 3, seed: 2) };
            net.To(device);
            return new Trainer(net, new Adam(), Loss.CrossEntropy) { ShowsProgress = false, Callbacks = [new EarlyStopping(9)] };
        }

        var begun = Make(Device.Cpu);
        begun.Fit(data, epochs: 2, batchSize: 16, data);
        begun.Save(path);
        var (onCpu, there) = (Make(Device.Cpu), Make(There));
        onCpu.Resume(path);
        there.Resume(path);

        AssertClose.Equal(
            Doubles([.. onCpu.Fit(data, epochs: 4, batchSize: 16, data).StepLosses]),
            Doubles([.. there.Fit(data, epochs: 4, batchSize: 16, data).StepLosses]), 1e-3, "losses");
        Assert.Equal(onCpu.Evaluate(data).Loss, there.Evaluate(data).Loss, 1e-3);
        Assert.All(there.Network.Parameters, parameter => Assert.Same(There, parameter.Value.Device));
    }

    [Fact]
    public void Weights_are_loaded_to_the_device_of_the_network()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "net.safetensors");
        var (saved, loaded) = (new Linear(3, 2, seed: 1), new Linear(3, 2, seed: 2));
        saved.Save(path);
        loaded.To(There);
        loaded.Load(path);

        Assert.Equal(saved.Weight.Value.ToArray(), loaded.Weight.Value.ToArray());
        Assert.Same(There, loaded.Weight.Value.Device);
    }

    [Fact]
    public void Shared_weights_stay_shared_after_a_move()
    {
        var (first, second) = (new Linear(4, 4, seed: 1), new Linear(4, 4, bias: false));
        second.Weight.Bind(first.Weight.Value);
        Sequential net = [first, new Tanh(), second, first];
        net.To(There);
        net.To(There);
        new SGD(0.1f).Minimize(net.Forward(Tensor.Ones([3, 4]).To(There)).Square().Sum(), net.Parameters);

        Assert.Same(first.Weight.Value, second.Weight.Value);
        Assert.Same(There, first.Weight.Value.Device);
        net.To(Device.Cpu);
        Assert.Same(first.Weight.Value, second.Weight.Value);
        Assert.NotEqual(new Linear(4, 4, seed: 1).Weight.Value.ToArray(), first.Weight.Value.ToArray());
    }

    [Fact]
    public void The_state_of_an_optimizer_follows_its_parameters()
    {
        var x = Tensor.Normal([4, 3], seed: 1);
        foreach (var make in new Func<Optimizer>[] { () => new SGD(0.1f, 0.9f), () => new Adam(), () => new Lion(), () => new SGD(0.1f) { AccumulationSteps = 2 } })
        {
            float[] Trained(Device device)
            {
                var (net, optimizer) = (new Linear(3, 2, seed: 1), make());
                foreach (var place in new[] { Device.Cpu, device, device, Device.Cpu })
                {
                    net.To(place);
                    optimizer.Minimize(net.Forward(x.To(place)).Square().Mean(), net.Parameters);
                }

                return net.Weight.Value.ToArray();
            }

            AssertClose.Equal(Doubles(Trained(Device.Cpu)), Doubles(Trained(There)), 1e-5, make().ToString()!);
        }
    }

    private static double[] Doubles(float[] values) => Array.ConvertAll(values, value => (double)value);
}
