using DeepNotes.Backends;

namespace DeepNotes;

/// <summary>The same value for two batches: what differs in its shape follows the batch.</summary>
internal readonly record struct Traced(Tensor First, Tensor Second);

/// <summary>One call of a layer, seen for both batches.</summary>
internal readonly record struct LayerCall(Layer Layer, Traced Input, Traced Output);

/// <summary>What a network did with two batches of different lengths: layers by what was watched, the operations between them by the record.</summary>
internal sealed class NetworkTrace
{
    /// <summary>Samples of the first batch; not 1, which broadcasts.</summary>
    public const int FirstBatch = 2;

    /// <summary>Samples of the second batch.</summary>
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

    /// <summary>What went in.</summary>
    public Traced Input { get; }

    /// <summary>What came out.</summary>
    public Traced Output { get; }

    /// <summary>The calls that gave a value, inner layers first; a layer that gives back its input is not there.</summary>
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

    // Zeros and ones, which an embedding takes too; random, so that what is computed from them aside from the record differs.
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
