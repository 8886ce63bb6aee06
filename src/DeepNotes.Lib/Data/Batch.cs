namespace DeepNotes;

/// <summary>A few samples of a <see cref="Dataset"/>, copied for one step of training.</summary>
public sealed class Batch
{
    private readonly int[]? _labels;
    private readonly Tensor? _targets;

    internal Batch(Tensor inputs, int[]? labels, Tensor? targets, int[] indices) =>
        (Inputs, _labels, _targets, Indices) = (inputs, labels, targets, indices);

    /// <summary>The samples, [B, …].</summary>
    public Tensor Inputs { get; }

    /// <summary>The class of each sample.</summary>
    /// <exception cref="InvalidOperationException">The data set has targets instead.</exception>
    public int[] Labels =>
        _labels ?? throw new InvalidOperationException("Batch.Labels: these samples have Targets, not labels.");

    /// <summary>The value to learn for each sample, [B, …].</summary>
    /// <exception cref="InvalidOperationException">The data set has labels instead.</exception>
    public Tensor Targets =>
        _targets ?? throw new InvalidOperationException("Batch.Targets: these samples have Labels, not targets.");

    /// <summary>Whether the samples have <see cref="Labels"/>; otherwise they have <see cref="Targets"/>.</summary>
    public bool HasLabels => _labels is not null;

    /// <summary>The samples' numbers in the data set.</summary>
    public int[] Indices { get; }

    /// <summary>The number of samples, B.</summary>
    public int Count => Indices.Length;

    /// <summary>As in messages: <c>batch of 32, inputs [32, 1, 28, 28], labels</c>.</summary>
    public override string ToString() =>
        $"batch of {Count}, inputs {Inputs.Shape}, {(HasLabels ? "labels" : $"targets {Targets.Shape}")}";
}
