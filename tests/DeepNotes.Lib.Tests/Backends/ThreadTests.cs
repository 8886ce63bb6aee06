using DeepNotes.Backends;
using DeepNotes.Backends.Cpu;

namespace DeepNotes.Tests.Backends;

/// <summary>
/// The same bits on any number of threads. The process has one team of threads, and a computation that finds it busy
/// runs on the calling thread only: these tests run alone.
/// </summary>
[CollectionDefinition(nameof(ThreadTests), DisableParallelization = true)]
[Collection(nameof(ThreadTests))]
public sealed class ThreadTests : IDisposable
{
    private static readonly int[] _counts = [2, 3, 8];

    private readonly int _before = CpuThreads.Count;

    /// <summary>The rows of <see cref="BackendTests"/>, and operations missing there, at sizes of several work items.</summary>
    public static TheoryData<string, int[], int[]> Operations()
    {
        var rows = BackendTests.Rows();
        rows.Add("ReLU", [100_003], []);
        rows.Add("GELU", [100_003], []);
        rows.Add("Mean", [1_000_003], []);
        rows.Add("Max", [1_000_003], []);
        rows.Add("Mean axes", [61, 13, 409], []);
        rows.Add("Unfold", [3, 5, 61, 59], []);
        rows.Add("MaxPool", [7, 5, 66, 70], []);
        rows.Add("Convolve depthwise", [3, 5, 61, 59], [5, 1, 3, 3]);
        rows.Add("Convolve", [1, 3, 227, 225], [5, 3, 3, 3]);
        rows.Add("Rows", [7, 20_011], []);
        rows.Add("Sum axis 0", [300_007, 1], []);
        rows.Add("Sum axis 0", [100_003, 3], []);
        rows.Add("Sum axis 0", [4_099, 769], []);
        rows.Add("Max axis 0", [100_003, 3], []);
        rows.Add("Sum axis 1 of 3", [3, 20_011, 17], []);
        return rows;
    }

    public static TheoryData<string> Optimizers => [.. Updates.Keys];

    private static Dictionary<string, Func<Optimizer>> Updates => new()
    {
        ["SGD"] = () => new SGD(0.01f, momentum: 0.9f),
        ["Nesterov"] = () => new SGD(0.01f, momentum: 0.9f, nesterov: true) { WeightDecay = 0.01f },
        ["Adam"] = () => new Adam(0.01f),
        ["AMSGrad"] = () => new AMSGrad(0.01f),
        ["RMSProp"] = () => new RMSProp(0.01f),
    };

    [Theory]
    [MemberData(nameof(Operations))]
    public void Operations_and_gradients_have_the_same_bits(string name, int[] first, int[] second) => SameBits(() =>
    {
        var (value, gradients) = BackendTests.Run(name, second.Length == 0 ? [first] : [first, second], Device.Cpu);
        return [.. value, .. gradients.SelectMany(gradient => gradient)];
    });

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Updates_have_the_same_bits(string optimizer) => SameBits(() =>
    {
        var parameter = new Parameter([200_003], DeepNotes.Initializers.NormalWith(1), seed: 1);
        var update = Updates[optimizer]();
        update.ApplyGradients([(parameter, Tensor.Normal([200_003], seed: 2))]);
        update.ApplyGradients([(parameter, Tensor.Normal([200_003], seed: 3))]);
        return [.. parameter.Value.ToArray()];
    });

    [Fact]
    public void Sums_over_many_rows_have_the_same_bits() => SameBits(() =>
    {
        Layer[] layers = [new Linear(3, 5, seed: 1), new LayerNorm(5)];
        var embedding = new Embedding(11, 5, seed: 2);
        var y = layers[1].Forward(layers[0].Forward(Tensor.Normal([50_003, 3], seed: 3)))
            + embedding.Forward([.. Enumerable.Range(0, 50_003).Select(i => i % 97 % 11)], [50_003]);
        y.Backward(Tensor.Normal(y.Shape, seed: 4));
        return [.. layers.Append(embedding).SelectMany(layer => layer.Parameters).SelectMany(parameter => parameter.Gradient!.ToArray())];
    });

    [Fact]
    public void Training_a_convolutional_network_gives_the_same_bits() => SameBits(() =>
    {
        Sequential net =
        [
            new Conv2d(3, 16, 3, padding: 1, seed: 1), new BatchNorm2d(16), new ReLU(), new MaxPool2d(2),
            new Residual(new Conv2d(16, 16, 3, padding: 1, seed: 2)), new Conv2d(16, 33, 3, stride: 2, seed: 3), new AveragePool2d(2),
            new Conv2d(33, 8, 1, seed: 4), new LayerNorm([8, 3, 3]), new Tanh(), new Flatten(), new Linear(8 * 9, 7, seed: 5),
        ];
        var labels = Enumerable.Range(0, 40).Select(i => i % 7).ToArray();
        var losses = Losses(3, net, Tensor.Normal([40, 3, 28, 28], seed: 6), labels, new SGD(0.01f, momentum: 0.9f));
        return [.. losses, .. net.Parameters.SelectMany(parameter => parameter.Value.ToArray())];
    });

    [Fact]
    public void Training_a_perceptron_gives_the_same_bits() => SameBits(() =>
    {
        var data = new Dataset(Tensor.Normal([600, 300], seed: 1), [.. Enumerable.Range(0, 600).Select(i => i % 7)]);
        Sequential net = [new Linear(300, 500, seed: 2), new Tanh(), new Linear(500, 7, seed: 3)];
        return [.. new Trainer(net, new Adam(), Loss.CrossEntropy).Fit(data, epochs: 2, batchSize: 300).StepLosses];
    });

    [Fact]
    public void Training_a_recurrent_network_gives_the_same_bits() => SameBits(() =>
    {
        Sequential net = [new LSTM(28, 128, seed: 1), new LastStep(), new Linear(128, 10, seed: 2)];
        return [.. Losses(2, net, Tensor.Normal([64, 7, 28], seed: 3), [.. Enumerable.Range(0, 64).Select(i => i % 10)], new Adam())];
    });

    [Fact]
    public void At_least_one_thread_computes() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => CpuThreads.Count = 0);

    public void Dispose() => CpuThreads.Count = _before;

    private static IEnumerable<float> Losses(int steps, Layer net, Tensor inputs, int[] labels, Optimizer optimizer)
    {
        for (var step = 0; step < steps; step++)
        {
            var loss = Loss.CrossEntropy(net.Forward(inputs), labels);
            optimizer.Minimize(loss, net.Parameters);
            yield return loss.ToSingle();
        }
    }

    private static void SameBits(Func<double[]> compute)
    {
        CpuThreads.Count = 1;
        var expected = compute();
        Assert.All(_counts, count =>
        {
            CpuThreads.Count = count;
            Assert.Equal(expected, compute());
        });
    }
}
