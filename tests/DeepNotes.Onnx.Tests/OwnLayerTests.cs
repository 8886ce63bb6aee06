using DeepNotes.Functions;

namespace DeepNotes.Tests;

public sealed class OwnLayerTests
{
    public static TheoryData<string, Func<Layer>, Shape> Layers() => new()
    {
        { "scalars", () => new Formula(x => 1 - (2 * x + 0.5f) / 3 - -x), [1, 4] },
        { "itself", () => new Formula(x => x * x + x), [1, 4] },
        { "powers", () => new Formula(x => x.Square().Pow(1.5f) / (x.Abs() + 1).Sqrt() + (x.Abs() + 1).Log() * x.Exp()), [1, 4] },
        { "power of tensors", () => new Formula(x => (x.Abs() + 1).Pow(x)), [1, 4] },
        { "limits", () => new Formula(x => Tensor.Maximum(x.Clamp(-1, 1), x.Clamp(high: 0.5f) * 0.3f)), [1, 4] },
        { "distribution", () => new Formula(x => x.Map<NormalDistribution>()), [1, 4] },
        { "means", () => new Formula(x => x - x.Mean(1, keepAxis: true) + x.Sum(2, keepAxis: true) / x.Max(1, keepAxis: true).Exp()), [1, 4, 5] },
        { "axis of one", () => new Formula(x => x.Sum(1) + x.Max(1)), [1, 1, 5] },
        { "softmax of an axis", () => new Formula(x => x.Softmax(1, temperature: 2) + x.LogSoftmax(1)), [1, 4, 5] },
        { "attention", () => new Formula(x => (x.MatMul(x, transposeB: true) / 2).Softmax().MatMul(x)), [1, 4, 5] },
        { "transposed products", () => new Formula(x => x.MatMul(x, transposeA: true).MatMul(Tensor.Normal([3, 5], seed: 1), transposeB: true)), [1, 4, 5] },
        { "a product with a bias", () => new Formula(x => x.MatMul(Tensor.Normal([4, 3], seed: 1), Tensor.Normal([3], seed: 2))), [1, 4] },
        { "time first", () => new Formula(x => x.Permute(1, 0, 2).Reshape(4 * x.Shape[0], 5).Tanh().Reshape(4, -1, 5).Permute(1, 0, 2)), [1, 4, 5] },
        { "rows of all samples", () => new Formula(x => x.Reshape(-1, 5).Tanh()), [1, 4, 5] },
        { "reversed order of axes", () => new Formula(x => x.Permute(2, 1, 0)), [1, 4, 5] },
        { "parts", () => new Formula(x => { var parts = x.Split(1, 2); return Tensor.Concatenate(1, parts[1] * parts[0], x.Slice(2, 1, 3).Max(2).Reshape(x.Shape[0], 4, 1).Expand([x.Shape[0], 4, 5])); }), [1, 4, 5] },
        { "stack", () => new Formula(x => Tensor.Stack(1, x, 2 * x, Tensor.Full(x.Shape, 3))), [1, 4] },
        { "whole slices", () => new Formula(x => Tensor.Concatenate(1, x.Slice(1, 0, 4))), [1, 4] },
        { "first sample", () => new Formula(x => x - x.Slice(0, 0, 1)), [1, 4] },
        { "zeros", () => new Formula(x => Tensor.Concatenate(1, x, Tensor.Full([x.Shape[0], 2], 0), Tensor.Full([x.Shape[0], 1], 7))), [1, 4] },
        { "zeros for all steps", () => new Formula(x => Tensor.Concatenate(0, x.Reshape(-1, 5), Tensor.Full([x.Shape[0] * 4, 5], 1)).Sum(1)), [1, 4, 5] },
        { "windows", () => new Formula(x => x.Convolve(Tensor.Normal([4, 1, 3, 3], seed: 1), 2, 1, groups: 2).MaxPool(2, 1).AveragePool(2, 1)), [1, 2, 9, 9] },
        { "columns", () => new Formula(x => x.Unfold((2, 3), 2, 1)), [1, 2, 5, 5] },
        { "a constant", () => new Formula(_ => Tensor.Normal([2, 3], seed: 1)), [1, 4] },
        { "a step of one's own", () => new Decay(5, 3), [1, 6, 5] },
        { "attention with weights", () => new Attention(6), [1, 5, 6] },
        { "inside of others", () => new Sequential { new Linear(4, 6), new Residual(new Gate(6)), new Branches { new Gate(6), new Formula(x => x * 0.5f) } }, [1, 4] },
        { "many steps", () => new Formula(x => Enumerable.Range(0, 500).Aggregate(x, (y, _) => (y + x).Tanh())), [1, 4] },
        { "hidden layers", () => new Sequential { new Hidden(), new Hidden() }, [1, 4] },
        { "nodes of its own", () => new Sequential { new Linear(4, 6), new Sine() }, [1, 4] },
    };

    [Theory]
    [MemberData(nameof(Layers))]
    public void A_custom_layer_is_translated_by_its_operations(string name, Func<Layer> make, Shape input)
    {
        Assert.NotEmpty(name);
        OnnxRuntime.ComputesAlike(make, input);
    }

    private sealed class Gate(int width) : Layer
    {
        public Linear Open { get; } = new(width, width);

        public Parameter Scale { get; } = new([width], Initializers.Ones, seed: 0);

        protected override Tensor Compute(Tensor x) => Open.Forward(x).Sigmoid() * x * Scale;
    }

    private sealed class Attention(int width) : Layer
    {
        public Parameter Query { get; } = new([width, width], Initializers.XavierUniform, seed: 1);

        public Parameter Key { get; } = new([width, width], Initializers.XavierUniform, seed: 2);

        public LayerNorm Norm { get; } = new(width);

        protected override Tensor Compute(Tensor x) =>
            Norm.Forward(x + (x.MatMul(Query).MatMul(x.MatMul(Key), transposeB: true) / MathF.Sqrt(width)).Softmax().MatMul(x));
    }

    private sealed class Decay(int inputs, int hidden) : Stepwise(inputs, hidden, gates: 1, twoBiases: true, seed: 3)
    {
        protected override RecurrentState Step(Tensor fromInput, RecurrentState previous) => new(0.9f * previous.Hidden + (fromInput + FromHidden(previous.Hidden)).Tanh());
    }

    // A layer that is not a public property has no path.
    private sealed class Hidden : Layer
    {
        private readonly Linear _inner = new(4, 4);

        protected override Tensor Compute(Tensor x) => _inner.Forward(_inner.Forward(x).Tanh());
    }

    private sealed class Sine : Layer, IOnnxLayer
    {
        public string WriteOnnx(OnnxNodes nodes, string x) => nodes.Add("Sin", [x]);

        protected override Tensor Compute(Tensor x) => Tensor.From([.. x.ToArray().Select(MathF.Sin)], x.Shape);
    }
}
