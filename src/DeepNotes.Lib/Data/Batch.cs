namespace DeepNotes;

/// <summary>A batch of samples of a <see cref="Dataset"/>, copied for one training step.</summary>
public sealed class Batch
{
    private readonly int[]? _labels;
    private readonly int _classes;

    internal Batch(SampleRows inputs, int[]? labels, int classes, SampleRows? targets, int[] indices) =>
        (Rows, _labels, _classes, TargetRows, Indices) = (inputs, labels, classes, targets, indices);

    /// <summary>The samples, [B, …].</summary>
    public Tensor Inputs => Rows.Tensor;

    /// <summary>The class of each sample; for a mixed sample (<see cref="Mixup"/>), the class with the larger weight.</summary>
    /// <exception cref="InvalidOperationException">The data set has targets instead of labels.</exception>
    public int[] Labels =>
        _labels ?? throw new InvalidOperationException("Batch.Labels: these samples have Targets, not labels.");

    /// <summary>The target of each sample, [B, …]; for a data set with labels, a distribution over the classes, [B, C].</summary>
    public Tensor Targets => TargetRows?.Tensor ?? Tensor.OneHot(Labels, _classes);

    /// <summary>Whether the samples have <see cref="Labels"/>; every batch has <see cref="Targets"/>.</summary>
    public bool HasLabels => _labels is not null;

    /// <summary>The indices of the samples in the data set.</summary>
    public int[] Indices { get; }

    /// <summary>The number of samples, B.</summary>
    public int Count => Indices.Length;

    /// <summary>The samples in host memory, which augmentations change before <see cref="Inputs"/> is created from them.</summary>
    internal SampleRows Rows { get; }

    internal SampleRows? TargetRows { get; }

    /// <summary>The same samples with other labels and targets.</summary>
    internal Batch With(int[]? labels, SampleRows targets) => new(Rows, labels, _classes, targets, Indices);

    /// <summary>A description for messages: <c>batch of 32, inputs [32, 1, 28, 28], labels</c>.</summary>
    public override string ToString() =>
        $"batch of {Count}, inputs {Rows.Shape}, {(HasLabels ? "labels" : $"targets {TargetRows!.Shape}")}";
}
