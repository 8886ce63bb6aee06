using DeepNotes.Backends;

namespace DeepNotes;

/// <summary>The same value for two batch sizes: axes of different lengths depend on the batch.</summary>
internal readonly record struct Traced(Tensor First, Tensor Second);

/// <summary>One call of a layer, for both batch sizes.</summary>
internal readonly record struct LayerCall(Layer Layer, Traced Input, Traced Output);

/// <summary>A trace of a network for two batch sizes: the calls of layers as observed, and the tensor operations between them as recorded.</summary>
internal sealed class NetworkTrace
{
    /// <summary>The size of the first batch; not 1, which broadcasts.</summary>
    public const int FirstBatch = 2;

    /// <summary>The size of the second batch.</summary>
    public const int SecondBatch = 3;

    private readonly Dictionary<Tensor, List<LayerCall>> _calls = new(ReferenceEqualityComparer.Instance);

    private NetworkTrace(Traced input, Traced output, IEnumerable<LayerCall> calls)
    {
        (Input, Output) = (input, output);
        foreach (var call in calls.Where(call => !ReferenceEquals(call.Input.First, call.Output.First)))
        {
            if (!_calls.TryGetValue(call.Output.First, out var same))
            {
                _calls[call.Output.First] = same = [];
            }

            same.Add(call);
        }
    }

    /// <summary>The input of the network.</summary>
    public Traced Input { get; }

    /// <summary>The output of the network.</summary>
    public Traced Output { get; }

    /// <summary>The layer calls that returned a value, inner layers first, without layers that return their input.</summary>
    public IReadOnlyList<LayerCall> Calls(Tensor output) => _calls.TryGetValue(output, out var calls) ? calls : [];

    public static NetworkTrace Of(Layer network, Shape input)
    {
        if (!Recording.IsOn)
        {
            throw new InvalidOperationException("SaveOnnx: what a network does is read from the record, which is paused here; end the pause before.");
        }

        if (input.Count == 0 || input.With(0, 1).Elements == 0)
        {
            throw new ShapeException($"SaveOnnx: expected the shape of an input with its batch, [1, …], of at least one value for each sample, got {input}.");
        }

        var isTraining = network.IsTraining;
        network.Train(false);
        try
        {
            using var memory = StepMemory.Suspend();
            using var device = (network.Parameters is [var parameter, ..] ? parameter.Value.Device : Device.Current).Use();
            return Join(Run(network, input.With(0, FirstBatch)), Run(network, input.With(0, SecondBatch)));
        }
        finally
        {
            network.Train(isTraining);
        }
    }

    // Zeros and ones are valid for an embedding too; random, so that values computed from them without being recorded differ.
    private static ForwardPass Run(Layer network, Shape shape)
    {
        var (random, calls) = (new Generator((ulong)shape[0]), new List<(Layer, Tensor, Tensor)>());
        float[] values = [.. Enumerable.Range(0, shape.Elements).Select(_ => random.NextSingle() < 0.5f ? 0f : 1f)];
        var x = Tensor.From(values, shape).RequireGradient();
        using (Layer.Watch((layer, input, output) => calls.Add((layer, input, output))))
        {
            return new ForwardPass(x, network.Forward(x), calls);
        }
    }

    private static NetworkTrace Join(ForwardPass first, ForwardPass second) => first.Calls.Select(call => call.Layer).SequenceEqual(second.Calls.Select(call => call.Layer))
        ? new NetworkTrace(
            new(first.Input, second.Input),
            new(first.Output, second.Output),
            first.Calls.Zip(second.Calls, (a, b) => new LayerCall(a.Layer, new(a.Input, b.Input), new(a.Output, b.Output))))
        : throw new OnnxException(
            $"the network calls other layers for a batch of {SecondBatch} than for one of {FirstBatch}; a file has one way for all.");

    private sealed record ForwardPass(Tensor Input, Tensor Output, List<(Layer Layer, Tensor Input, Tensor Output)> Calls);
}
