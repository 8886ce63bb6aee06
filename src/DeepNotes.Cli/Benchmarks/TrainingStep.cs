using DeepNotes.Backends;

namespace DeepNotes.Cli.Benchmarks;

/// <summary>A training step on a fixed batch, as timed by every training row.</summary>
internal sealed class TrainingStep(Layer network, Optimizer optimizer, Tensor inputs, int[] labels)
{
    /// <summary>The number of classes.</summary>
    public const int Classes = 10;

    private readonly IReadOnlyList<Parameter> _parameters = network.Parameters;
    private readonly StepMemory _memory = new();

    public long Parameters { get; } = network.ParameterCount;

    public long MultiplyAccumulates { get; } = network.Summary(inputs.Shape).TrainingMultiplyAccumulates;

    /// <summary>Creates a step on random inputs and labels of ten classes; the default optimizer is SGD with momentum.</summary>
    public static TrainingStep Of(Layer network, Shape inputs, Optimizer? optimizer = null) => new(
        network, optimizer ?? new SGD(0.01f, momentum: 0.9f), Tensor.Normal(inputs, seed: 1),
        [.. Enumerable.Range(0, inputs[0]).Select(i => i % Classes)]);

    /// <summary>Runs forward, backward and update; returns the loss before the update.</summary>
    public float Run()
    {
        using var step = _memory.Step();
        var loss = Loss.CrossEntropy(network.Forward(inputs), labels);
        var value = loss.ToSingle();
        optimizer.Minimize(loss, _parameters);
        return value;
    }
}
