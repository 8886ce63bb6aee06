using System.Buffers;

namespace DeepNotes;

/// <summary>
/// The labels of a batch and how much each sample counts: the weight of its class. Samples whose label is the one to ignore are
/// left out with their scores, which may be infinite or NaN.
/// </summary>
internal sealed class WeightedLabels
{
    private readonly float[]? _classWeights;

    // Null where every sample counts once.
    private readonly float[]? _weights;

    // The index of each sample's loss among those that count, one past the last for an ignored sample; null if none is ignored.
    private readonly int[]? _positions;

    public WeightedLabels(string operation, Tensor scores, int[] labels, float[]? classWeights = null, int? ignoreIndex = null)
    {
        Expect.Rows(operation, scores);
        (Scores, Labels, _classWeights) = (scores, [.. labels], classWeights);
        CheckClassWeights(operation);

        var (ignored, ignores) = (ignoreIndex.GetValueOrDefault(), ignoreIndex is { } given && labels.Contains(given));

        // An ignored label passes, whatever it is.
        DeepNotes.Labels.Check(
            operation, ignores ? Array.ConvertAll(labels, label => label == ignored ? 0 : label) : Labels, scores.Shape[0], scores.Shape[1]);
        if (ignores)
        {
            int[] counted = [.. Enumerable.Range(0, labels.Length).Where(n => labels[n] != ignored)];
            var next = 0;
            _positions = Array.ConvertAll(labels, label => label == ignored ? counted.Length : next++);
            (Scores, Labels) = (scores.Rows(counted), Array.ConvertAll(counted, n => labels[n]));
        }

        _weights = classWeights is null ? null : Array.ConvertAll(Labels, label => classWeights[label]);
        Total = _weights?.Sum() ?? Labels.Length;
    }

    /// <summary>The scores of the samples that count.</summary>
    public Tensor Scores { get; }

    /// <summary>The labels of the samples that count.</summary>
    public int[] Labels { get; }

    /// <summary>Σₙ wₙ, what a mean divides by; 0 where nothing counts, and then the mean is NaN.</summary>
    public float Total { get; }

    /// <summary>Whether every sample is ignored.</summary>
    public bool AllIgnored => Labels.Length == 0;

    /// <summary>A new tensor of the weights wₙ of the samples that count, or null if all are 1.</summary>
    public Tensor? WeightTensor() => _weights is null ? null : Tensor.From(_weights.AsSpan(), [_weights.Length], Scores.Device);

    /// <summary>wₙ · termsₙ.</summary>
    public Tensor Weigh(Tensor terms) => WeightTensor() is { } weights ? terms * weights : terms;

    /// <summary>One loss for each sample [N] from those that count: 0 for the others.</summary>
    public Tensor Scatter(Tensor losses) => _positions is null
        ? losses
        : Tensor.Concatenate(0, losses, Tensor.Full([1], 0, losses.Device)).Rows(_positions);

    /// <summary>
    /// The factors of the log-probabilities, [N, C]: (1 - ε)·wₙ at the label, plus ε/C times the class's
    /// weight everywhere.
    /// </summary>
    public Tensor Targets(float smoothing)
    {
        var classes = Scores.Shape[1];
        var rented = ArrayPool<float>.Shared.Rent(Scores.Length);
        var targets = rented.AsSpan(0, Scores.Length);
        targets.Clear();
        for (var n = 0; n < Labels.Length; n++)
        {
            for (var c = 0; c < classes && smoothing > 0; c++)
            {
                targets[n * classes + c] = smoothing / classes * (_classWeights?[c] ?? 1);
            }

            targets[n * classes + Labels[n]] += (1 - smoothing) * (_weights?[n] ?? 1);
        }

        var result = Tensor.From(targets, Scores.Shape, Scores.Device);
        ArrayPool<float>.Shared.Return(rented);
        return result;
    }

    private void CheckClassWeights(string operation)
    {
        if (_classWeights is null)
        {
            return;
        }

        if (_classWeights.Length != Scores.Shape[1])
        {
            throw new ShapeException(
                $"{operation}: expected {Scores.Shape[1]} class weights, one for each class, got {_classWeights.Length}.");
        }

        foreach (var weight in _classWeights)
        {
            Check.NotNegative(weight, operation, "class weight");
        }
    }
}
