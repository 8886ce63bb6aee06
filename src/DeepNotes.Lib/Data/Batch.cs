namespace DeepNotes;

/// <summary>A few samples of a <see cref="Dataset"/>, copied for one step of training.</summary>
public sealed class Batch
{
    private readonly int[]? _labels;
    private readonly int _classes;

    internal Batch(SampleRows inputs, int[]? labels, int classes, SampleRows? targets, int[] indices) =>
        (Rows, _labels, _classes, TargetRows, Indices) = (inputs, labels, classes, targets, indices);

    /// <summary>The samples, [B, …].</summary>
    public Tensor Inputs => Rows.Tensor;

    /// <summary>The class of each sample; of a mixed one (<see cref="Mixup"/>) the class of its larger part.</summary>
    /// <exception cref="InvalidOperationException">The data set has targets instead.</exception>
    public int[] Labels =>
        _labels ?? throw new InvalidOperationException("Batch.Labels: these samples have Targets, not labels.");

    /// <summary>The value to learn for each sample, [B, …]; where there are labels, a distribution over the classes, [B, C].</summary>
    public Tensor Targets => TargetRows?.Tensor ?? Tensor.OneHot(Labels, _classes);

    /// <summary>Whether the samples have <see cref="Labels"/>; <see cref="Targets"/> they all have.</summary>
    public bool HasLabels => _labels is not null;

    /// <summary>The samples' numbers in the data set.</summary>
    public int[] Indices { get; }

    /// <summary>The number of samples, B.</summary>
    public int Count => Indices.Length;

    /// <summary>The samples on the host: what augmentations change before anybody asks for <see cref="Inputs"/>.</summary>
    internal SampleRows Rows { get; }

    internal SampleRows? TargetRows { get; }

    /// <summary>The same samples with other things to learn.</summary>
    internal Batch With(int[]? labels, SampleRows targets) => new(Rows, labels, _classes, targets, Indices);

    /// <summary>As in messages: <c>batch of 32, inputs [32, 1, 28, 28], labels</c>.</summary>
    public override string ToString() =>
        $"batch of {Count}, inputs {Rows.Shape}, {(HasLabels ? "labels" : $"targets {TargetRows!.Shape}")}";
}
