using System.Globalization;

namespace DeepNotes;

/// <summary>Samples with a class label each, or with a target value each.</summary>
public sealed class Dataset
{
    private readonly SampleRows _inputs;
    private readonly int[]? _labels;
    private readonly SampleRows? _targets;

    /// <summary>Creates a data set for classification; inputs and labels are copied.</summary>
    /// <param name="inputs">The samples, [N, …].</param>
    /// <param name="labels">N class numbers from 0.</param>
    /// <param name="classes">The names of the classes; by default the numbers up to the largest label.</param>
    /// <param name="name">The name of the data set.</param>
    /// <param name="origin">The origin of the samples.</param>
    /// <exception cref="ShapeException">The number of labels is not N.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is negative or has no class.</exception>
    public Dataset(
        Tensor inputs, int[] labels, IReadOnlyList<string>? classes = null, string name = "data", string origin = "given")
        : this(new SampleRows(inputs), (int[])[.. labels], classes, name, origin)
    {
    }

    /// <summary>Creates a data set for regression; inputs and targets are copied.</summary>
    /// <param name="inputs">The samples, [N, …].</param>
    /// <param name="targets">The target of each sample, [N, …].</param>
    /// <param name="name">The name of the data set.</param>
    /// <param name="origin">The origin of the samples.</param>
    /// <exception cref="ShapeException">The number of targets is not N.</exception>
    public Dataset(Tensor inputs, Tensor targets, string name = "data", string origin = "given")
        : this(new SampleRows(inputs), new SampleRows(targets), name, origin)
    {
    }

    internal Dataset(SampleRows inputs, int[] labels, IReadOnlyList<string>? classes, string name, string origin)
    {
        Classes = classes ?? Numbered(labels.Length == 0 ? 0 : labels.Max() + 1);
        DeepNotes.Labels.Check($"Dataset '{name}'", labels, inputs.Shape[0], Classes.Count);
        (_inputs, _labels, Name, Origin) = (inputs, labels, name, origin);
    }

    internal Dataset(SampleRows inputs, SampleRows targets, string name, string origin)
    {
        if (targets.Shape[0] != inputs.Shape[0])
        {
            throw new ShapeException(
                $"Dataset '{name}': expected {inputs.Shape[0]} targets, one for each of the inputs {inputs.Shape}, "
                + $"got {targets.Shape}.");
        }

        (_inputs, _targets, Name, Origin, Classes) = (inputs, targets, name, origin, []);
    }

    /// <summary>A copy of the samples, [N, …], created at the first access; changes to it do not affect the data set.</summary>
    public Tensor Inputs => _inputs.Tensor;

    /// <summary>The class of each sample, 0 to C-1.</summary>
    /// <exception cref="InvalidOperationException">The data set has targets instead of labels.</exception>
    public int[] Labels => _labels ?? throw new InvalidOperationException($"Dataset '{Name}' has Targets, not labels.");

    /// <summary>The target of each sample, [N, …].</summary>
    /// <exception cref="InvalidOperationException">The data set has labels instead of targets.</exception>
    public Tensor Targets =>
        _targets?.Tensor ?? throw new InvalidOperationException($"Dataset '{Name}' has Labels, not targets.");

    /// <summary>Whether the samples have <see cref="Labels"/>; otherwise they have <see cref="Targets"/>.</summary>
    public bool HasLabels => _labels is not null;

    /// <summary>The number of samples, N.</summary>
    public int Count => _inputs.Shape[0];

    /// <summary>The name of the data set.</summary>
    public string Name { get; }

    /// <summary>A description of the origin of the samples: "generated", "MNIST test images (8,000 of 10,000)".</summary>
    public string Origin { get; }

    /// <summary>The names of the C classes; empty for a data set with targets.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>The first samples.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is outside 0 … N.</exception>
    public Dataset Take(int count)
    {
        CheckCount("Take", count);
        return count == Count ? this : Subset([.. Enumerable.Range(0, count)]);
    }

    /// <summary>The samples with these indices, in this order; indices may repeat.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An index is outside 0 … N-1.</exception>
    public Dataset Subset(int[] indices)
    {
        var wrong = Array.FindIndex(indices, index => (uint)index >= (uint)Count);
        if (wrong >= 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(indices),
                $"Subset of '{Name}': expected indices 0 to {Count - 1}, got {indices[wrong]} at position {wrong}.");
        }

        return _targets is null
            ? new Dataset(_inputs.Gather(indices), LabelsOf(indices)!, Classes, Name, Origin)
            : new Dataset(_inputs.Gather(indices), _targets.Gather(indices), Name, Origin);
    }

    /// <summary>A random split into <paramref name="count"/> samples and the rest.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is outside 0 … N.</exception>
    public (Dataset First, Dataset Second) Split(int count, ulong seed = 0)
    {
        CheckCount("Split", count);
        var order = new Generator(seed).Permutation(Count);
        return (Subset(order[..count]), Subset(order[count..]));
    }

    /// <summary>A random split into a fraction of the samples, rounded to the nearest number, and the rest.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is outside 0 … 1.</exception>
    public (Dataset First, Dataset Second) Split(double fraction, ulong seed = 0) => fraction is >= 0 and <= 1
        ? Split((int)Math.Round(fraction * Count), seed)
        : throw new ArgumentOutOfRangeException(
            nameof(fraction), $"Split of '{Name}': expected a fraction from 0 to 1, got {fraction}.");

    /// <summary>The same labels or targets with other inputs, such as scaled or whitened samples or extracted features.</summary>
    /// <param name="inputs">The inputs, [N, …].</param>
    /// <exception cref="ShapeException">The number of rows is not N.</exception>
    public Dataset WithInputs(Tensor inputs) => _targets is null
        ? new Dataset(new SampleRows(inputs), Labels, Classes, Name, Origin)
        : new Dataset(new SampleRows(inputs), _targets, Name, Origin);

    /// <summary>A description for messages: <c>mnist-train: 8,000 samples [1, 28, 28], 10 classes (MNIST test images …)</c>.</summary>
    public override string ToString()
    {
        var learnt = HasLabels ? $"{Classes.Count} classes" : $"targets {_targets!.Shape.Without(0)}";
        return string.Create(
            CultureInfo.InvariantCulture, $"{Name}: {Count:N0} samples {_inputs.Shape.Without(0)}, {learnt} ({Origin})");
    }

    /// <summary>Copies of the samples with these indices, for one step.</summary>
    internal Batch BatchOf(int[] indices) =>
        new(_inputs.Gather(indices), LabelsOf(indices), Classes.Count, _targets?.Gather(indices), indices);

    private int[]? LabelsOf(int[] indices) =>
        _labels is null ? null : Array.ConvertAll(indices, index => _labels[index]);

    private void CheckCount(string operation, int count)
    {
        if (count < 0 || count > Count)
        {
            throw new ArgumentOutOfRangeException(
                nameof(count), $"{operation} of '{Name}': expected 0 to {Count} samples, got {count}.");
        }
    }

    private static string[] Numbered(int count) =>
        [.. Enumerable.Range(0, Math.Max(0, count)).Select(i => i.ToString(CultureInfo.InvariantCulture))];
}
