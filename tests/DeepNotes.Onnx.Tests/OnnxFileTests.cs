using DeepNotes.Tests.Data;
using Microsoft.ML.OnnxRuntime;
using Onnx;

namespace DeepNotes.Tests;

public sealed class OnnxFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Names_are_the_paths_of_layers_and_the_batch_size_is_variable()
    {
        var path = _folder.File("net.onnx");
        Network().SaveOnnx(path);
        var model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(path));

        Assert.Equal("0.Flatten 1.Gemm 2.Relu 3.0.Gemm 3.1.Branch.Gemm 3.1.Add", string.Join(' ', model.Graph.Node.Select(node => node.Name)));
        Assert.Equal(
            "1.Weight 1.Bias 3.0.Weight 3.0.Bias 3.1.Branch.Weight 3.1.Branch.Bias",
            string.Join(' ', model.Graph.Initializer.Select(weight => weight.Name)));
        Assert.Equal("N", model.Graph.Input.Single().Type.TensorType.Shape.Dim[0].DimParam);
        Assert.Equal("N", model.Graph.Output.Single().Type.TensorType.Shape.Dim[0].DimParam);
        Assert.Equal(("DeepNotes", "0.1.0", 17L), (model.ProducerName, model.ProducerVersion, model.OpsetImport.Single().Version));
    }

    [Fact]
    public void The_same_network_gives_the_same_bytes_and_trains_on()
    {
        var (first, second, network) = (_folder.File("1.onnx"), _folder.File("2.onnx"), Network());
        network.SaveOnnx(first);
        network.SaveOnnx(second, [7, 2, 3, 2]);
        network.SaveOnnx(second, [9, 12]);
        Assert.Equal(File.ReadAllBytes(first), File.ReadAllBytes(second));
        Assert.True(network.IsTraining);
        Assert.Null(network.Parameters[0].Gradient);
    }

    [Fact]
    public void A_network_is_saved_from_within_a_training_step()
    {
        var (network, folder) = (Network(), _folder);
        var x = Tensor.Normal([6, 12], seed: 1);
        network.SaveOnnx(folder.File("outside.onnx"));
        using (new DeepNotes.Backends.StepMemory().Step())
        {
            network.Forward(x).Sum().Backward();
            network.SaveOnnx(folder.File("inside.onnx"));
        }

        Assert.Equal(File.ReadAllBytes(folder.File("outside.onnx")), File.ReadAllBytes(folder.File("inside.onnx")));
    }

    [Fact]
    public void A_shared_weight_is_stored_once()
    {
        var layer = new Linear(4, 4);
        new Sequential { layer, layer }.SaveOnnx(_folder.File("net.onnx"));
        var graph = ModelProto.Parser.ParseFrom(File.ReadAllBytes(_folder.File("net.onnx"))).Graph;
        Assert.Equal(["0.Weight", "0.Bias"], graph.Initializer.Select(weight => weight.Name));
        Assert.Equal(["0.Gemm", "0.Gemm_2"], graph.Node.Select(node => node.Name));
    }

    public static TheoryData<string, Layer, Shape?, Type, string> Wrong() => new()
    {
        { "an operation", new Sequential { new Linear(4, 4), new Residual(new Turned()) }, null, typeof(OnnxException), "SaveOnnx: layer \"1.Branch\", Turned, computes Rows of [8], which is not written as ONNX. Compute it from other operations or layers, or let Turned implement IOnnxLayer" },
        { "the host", new Sequential { new Linear(4, 4), new OnHost(float.Cos) }, null, typeof(OnnxException), "SaveOnnx: layer \"1\", OnHost, uses a tensor [2, 4] that is neither a weight nor the same for every batch" },
        { "detached", new Sequential { new Linear(4, 4), new Detached() }, null, typeof(OnnxException), "SaveOnnx: layer \"1\", Detached, uses a tensor [2, 4] that is neither" },
        { "a network of one layer", new Turned(), [1, 4], typeof(OnnxException), "SaveOnnx: layer Turned, computes Rows" },
        { "another way", new ByBatch(), [1, 4], typeof(OnnxException), "SaveOnnx: layer ByBatch, computes Add for a batch of 2, and something else for one of 3" },
        { "other layers", new OtherLayers(), [1, 4], typeof(OnnxException), "SaveOnnx: the network calls other layers for a batch of 3 than for one of 2" },
        { "images", new LeNet(), null, typeof(OnnxException), "SaveOnnx: Conv2d(1→6, 5×5, padding 2×2) is the first layer with weights, and the shape of an input does not follow from it. Give one with any batch, as for Summary: net.SaveOnnx(path, [1, 3, 32, 32])." },
        { "no weights", new ReLU(), null, typeof(OnnxException), "SaveOnnx: ReLU has no weights, and the shape" },
        { "channels", new LeNet(), [1, 3, 28, 28], typeof(ShapeException), "LeNet-5: expected [N, 1, H, W]" },
        { "a scalar", new ReLU(), [], typeof(ShapeException), "SaveOnnx: expected the shape of an input with its batch, [1, …], of at least one value for each sample, got []." },
        { "no values", new ReLU(), [1, 0], typeof(ShapeException), "got [1, 0]." },
        { "the batch in a function", new Formula(x => x / x.Shape[0]), [1, 4], typeof(OnnxException), "layer Formula, computes Affine for a batch of 2, and something else for one of 3" },
        { "the batch in an order", new Formula(x => x.Shape[0] == 2 ? x.Permute(0, 1, 2) : x.Permute(0, 2, 1)), [1, 4, 4], typeof(OnnxException), "computes Permute for a batch of 2, and" },
        { "the batch in a window", new Formula(x => x.MaxPool(x.Shape[0])), [1, 1, 6, 6], typeof(OnnxException), "computes MaxPool for a batch of 2, and" },
        { "the batch in a filter", new Formula(x => x.Convolve(Tensor.Ones([1, 1, 2, 2]), x.Shape[0])), [1, 1, 6, 6], typeof(OnnxException), "computes Convolve for a batch of 2, and" },
        { "the batch in a part", new Formula(x => x.Slice(1, 0, x.Shape[0])), [1, 4], typeof(OnnxException), "computes Slice of [2, 4], which is not written" },
        { "the batch squared", new Formula(x => x + Tensor.Ones([x.Shape[0] * x.Shape[0], 1, 1])), [1, 4], typeof(OnnxException), "an axis is 4 long for a batch of 2 and 9 for one of 3; expected a multiple of the batch." },
        { "the batch behind", new Sequential { new Formula(x => x.Permute(1, 0, 2)), new LayerNorm(4) }, [1, 5, 4], typeof(OnnxException), "SaveOnnx: layer \"1\", LayerNorm([4]), takes [5, 2, 4] for a batch of 2 and [5, 3, 4] for one of 3; expected the batch in the first axis alone." },
        { "too large", new Linear(50_000, 20_000), null, typeof(OnnxException), "SaveOnnx: Linear(50000→20000) has 4,000,080,000 bytes of weights; an ONNX file holds at most 2,130,706,431." },
        { "an attribute", new BadAttribute(), [1, 4], typeof(ArgumentException), "attribute alpha of Elu: expected a whole number, float, string, long[] or string[], got Double." },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Unsupported_layers_are_named_and_an_existing_file_is_unchanged(string name, Layer network, Shape? input, Type type, string message)
    {
        var path = _folder.File($"{name}.onnx");
        File.WriteAllText(path, "earlier");
        var error = Record.Exception(() => network.SaveOnnx(path, input));
        Assert.IsType(type, error);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal("earlier", File.ReadAllText(path));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(path)!));
        Assert.True(network.IsTraining);
    }

    [Fact]
    public void A_path_that_cannot_be_written_is_named()
    {
        var taken = Directory.CreateDirectory(_folder.File("folder")).FullName;
        Assert.All([taken, _folder.File("missing/net.onnx")], path =>
        {
            var error = Assert.Throws<WeightFileException>(() => Network().SaveOnnx(path));
            Assert.Contains(path, error.Message, StringComparison.Ordinal);
        });
        Assert.Throws<ArgumentException>(() => Network().SaveOnnx(""));
        Assert.Throws<ArgumentNullException>(() => ((Layer)null!).SaveOnnx("net.onnx"));
        Assert.Empty(Directory.GetFiles(Path.GetDirectoryName(taken)!));
    }

    [Fact]
    public void A_paused_record_is_rejected()
    {
        using (Recording.Pause())
        {
            var error = Assert.Throws<InvalidOperationException>(() => Network().SaveOnnx(_folder.File("net.onnx")));
            Assert.Contains("end the pause before", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void An_index_out_of_range_of_an_embedding_is_rejected_by_ONNX_Runtime_too()
    {
        var path = _folder.File("words.onnx");
        new Embedding(5, 3).SaveOnnx(path, [1, 2]);
        using var session = OnnxRuntime.Session(path);
        Assert.Throws<OnnxRuntimeException>(() => OnnxRuntime.Run(session, Tensor.From([1f, 5f], [1, 2])));
    }

    private static Sequential Network() => [new Flatten(), new Linear(12, 5, seed: 1), new ReLU(), new Sequential { new Linear(5, 3, seed: 2), new Residual(new Linear(3, 3, seed: 3)) }];

    private sealed class Turned : Layer
    {
        protected override Tensor Compute(Tensor x) => x.Take(1, [3, 2, 1, 0]);
    }

    private sealed class OnHost(Func<float, float> f) : Layer
    {
        protected override Tensor Compute(Tensor x) => x + Tensor.From([.. x.ToArray().Select(f)], x.Shape);
    }

    private sealed class Detached : Layer
    {
        protected override Tensor Compute(Tensor x) => x - x.Detach();
    }

    private sealed class ByBatch : Layer
    {
        protected override Tensor Compute(Tensor x) => x.Shape[0] == 2 ? x + x : x * x;
    }

    private sealed class OtherLayers : Layer
    {
        public ReLU ReLU { get; } = new();

        public Tanh Tanh { get; } = new();

        protected override Tensor Compute(Tensor x) => x.Shape[0] == 2 ? ReLU.Forward(x) : Tanh.Forward(x);
    }

    private sealed class BadAttribute : Layer, IOnnxLayer
    {
        public string WriteOnnx(OnnxNodes nodes, string x) => nodes.Add("Elu", [x], ("alpha", 1.0));

        protected override Tensor Compute(Tensor x) => x + 1;
    }
}
