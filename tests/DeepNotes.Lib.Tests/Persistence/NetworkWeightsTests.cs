using DeepNotes.Tests.Data;
using DeepNotes.Tests.Support;

namespace DeepNotes.Tests.Persistence;

public sealed class NetworkWeightsTests
{
    [Fact]
    public void A_network_is_restored_with_its_statistics()
    {
        using var folder = new TemporaryFolder();
        var (path, x) = (folder.File("net.safetensors"), Tensor.Normal([4, 2, 6, 6], seed: 3));
        var trained = Network(1);
        trained.Forward(x);
        trained.Save(path);

        var loaded = Network(2);
        loaded.Load(path);
        Assert.Equal(trained.Predict(x).ToArray(), loaded.Predict(x).ToArray());
        Assert.Contains("1.RunningMean", Safetensors.ReadHeader(path).Tensors.Select(tensor => tensor.Name));
    }

    public static TheoryData<string, Action<Dictionary<string, Tensor>>, string> Wrong() => new()
    {
        { "missing", tensors => tensors.Remove("0.Bias"), "tensor \"0.Bias\": expected a tensor of this name (1 of 8 are missing)" },
        { "more", tensors => tensors["5.Weight"] = Tensor.Ones([1]), "tensor \"5.Weight\": expected nothing but the 8 weights of this network, got 1 more" },
        { "shape", tensors => tensors["0.Bias"] = Tensor.Ones([4]), "tensor \"0.Bias\": expected shape [3], got [4]" },
        { "NaN", tensors => tensors["4.Bias"] = Tensor.From(0, float.NaN), "tensor \"4.Bias\": expected finite numbers, got NaN at element 1" },
        { "names", ToPyTorch, "these are PyTorch's names: Load(path, WeightNames.ToPyTorch)" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_wrong_file_changes_nothing(string name, Action<Dictionary<string, Tensor>> spoil, string message)
    {
        using var folder = new TemporaryFolder();
        var path = folder.File($"{name}.safetensors");
        Network(1).Save(path);
        var tensors = Safetensors.Load(path).Tensors.ToDictionary();
        spoil(tensors);
        Safetensors.Save(path, tensors);

        var network = Network(2);
        var before = network.Parameters.SelectMany(parameter => parameter.Value.ToArray()).ToArray();
        var error = Assert.Throws<WeightFileException>(() => network.Load(path));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal(before, network.Parameters.SelectMany(parameter => parameter.Value.ToArray()));
    }

    [Fact]
    public void The_batch_counter_of_PyTorch_is_ignored()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("net.safetensors");
        Network(1).Save(path, WeightNames.ToPyTorch);
        var tensors = Safetensors.Load(path).Tensors.ToDictionary();
        tensors["1.num_batches_tracked"] = Tensor.Scalar(7);
        Safetensors.Save(path, tensors);
        Network(2).Load(path, WeightNames.ToPyTorch);
    }

    [PyTorchFact]
    public void PyTorch_loads_our_weights_and_computes_the_same()
    {
        using var folder = new TemporaryFolder();
        var x = Inputs(folder);
        var network = Network(1);
        network.Forward(x);
        network.Save(folder.File("ours"), WeightNames.ToPyTorch);
        PyTorch.Run("evaluate", folder.File("ours"), folder.File("x"), folder.File("y"));
        AssertClose.Equal(Answer(folder), [.. network.Predict(x).ToArray()], 1e-5, "y");
    }

    [PyTorchFact]
    public void We_load_weights_of_PyTorch_and_compute_the_same()
    {
        using var folder = new TemporaryFolder();
        var x = Inputs(folder);
        PyTorch.Run("train", folder.File("x"), folder.File("theirs"), folder.File("y"));
        var network = Network(1);
        network.Load(folder.File("theirs"), WeightNames.ToPyTorch);
        AssertClose.Equal(Answer(folder), [.. network.Predict(x).ToArray()], 1e-5, "y");
    }

    private static Tensor Inputs(TemporaryFolder folder)
    {
        var x = Tensor.Normal([4, 2, 6, 6], seed: 3);
        Safetensors.Save(folder.File("x"), new Dictionary<string, Tensor> { ["x"] = x });
        return x;
    }

    private static double[] Answer(TemporaryFolder folder) => [.. Safetensors.Load(folder.File("y")).Tensors["y"].ToArray()];

    private static void ToPyTorch(Dictionary<string, Tensor> tensors)
    {
        foreach (var (name, tensor) in tensors.ToList())
        {
            tensors.Remove(name);
            tensors[WeightNames.ToPyTorch(name)] = tensor;
        }
    }

    private static Sequential Network(ulong seed) =>
        [new Conv2d(2, 3, 3, seed: seed), new BatchNorm2d(3), new ReLU(), new GlobalAveragePool(), new Linear(3, 2, seed: seed)];
}
