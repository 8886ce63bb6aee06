using DeepNotes.Backends;

namespace DeepNotes.Cli.Benchmarks;

/// <summary>One step downhill on one batch, as every training row of the table does it.</summary>
internal sealed class TrainingStep(Layer network, Optimizer optimizer, Tensor inputs, int[] labels)
{
    private readonly IReadOnlyList<Parameter> _parameters = network.Parameters;
    private readonly StepMemory _memory = new();

    public long Parameters { get; } = network.ParameterCount;

    public long MultiplyAccumulates { get; } = network.Summary(inputs.Shape).TrainingMultiplyAccumulates;

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
