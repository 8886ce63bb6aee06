using DeepNotes.Backends;

namespace DeepNotes.Cli.Benchmarks;

/// <summary>One step downhill on one batch, as every training row of the table does it.</summary>
internal sealed class TrainingStep(Layer network, Optimizer optimizer, Tensor inputs, int[] labels)
{
    /// <summary>How many classes there are.</summary>
    public const int Classes = 10;

    private readonly IReadOnlyList<Parameter> _parameters = network.Parameters;
    private readonly StepMemory _memory = new();

    public long Parameters { get; } = network.ParameterCount;

    public long MultiplyAccumulates { get; } = network.Summary(inputs.Shape).TrainingMultiplyAccumulates;

    /// <summary>A step on made-up inputs and labels of ten classes, with momentum unless another optimizer is given.</summary>
    public static TrainingStep Of(Layer network, Shape inputs, Optimizer? optimizer = null) => new(
        network, optimizer ?? new SGD(0.01f, momentum: 0.9f), Tensor.Normal(inputs, seed: 1),
        [.. Enumerable.Range(0, inputs[0]).Select(i => i % Classes)]);

    /// <summary>Forward, backward and update; gives the loss before the update.</summary>
    public float Run()
    {
        using var step = _memory.Step();
        var loss = Loss.CrossEntropy(network.Forward(inputs), labels);
        var value = loss.ToSingle();
        optimizer.Minimize(loss, _parameters);
        return value;
    }
}
