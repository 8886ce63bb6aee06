using System.Buffers;

namespace DeepNotes;

/// <summary>
/// The labels of a batch and how much each sample counts: the weight of its class, or 0 where its label is the one to
/// ignore.
/// </summary>
internal sealed class WeightedLabels
{
    private readonly Tensor _scores;
    private readonly float[]? _classWeights;

    // Null where none is ignored, and where every sample counts once.
    private readonly bool[]? _isIgnored;
    private readonly float[]? _weights;

    public WeightedLabels(string operation, Tensor scores, int[] labels, float[]? classWeights = null, int? ignoreIndex = null)
    {
        Expect.Rows(operation, scores);
        (_scores, _classWeights) = (scores, classWeights);
        CheckClassWeights(operation);

        // An ignored label still needs some column to stand in, with weight 0.
        _isIgnored = ignoreIndex is { } ignored && labels.Contains(ignored) ? Array.ConvertAll(labels, label => label == ignored) : null;
        Labels = _isIgnored is null ? [.. labels] : Array.ConvertAll(labels, label => label == ignoreIndex ? 0 : label);
        DeepNotes.Labels.Check(operation, Labels, scores.Shape[0], scores.Shape[1]);
        _weights = classWeights is null && _isIgnored is null
            ? null
            : Array.ConvertAll(labels, label => label == ignoreIndex ? 0 : classWeights?[label] ?? 1);
        Total = _weights?.Sum() ?? labels.Length;
    }

    public int[] Labels { get; }

    /// <summary>Σₙ wₙ, what a mean divides by; 0 where nothing counts, and then the mean is NaN.</summary>
    public float Total { get; }

    /// <summary>Whether every sample is ignored.</summary>
    public bool AreIgnored => _isIgnored is not null && Array.TrueForAll(_isIgnored, static isIgnored => isIgnored);

    /// <summary>wₙ [N], or null where all are 1.</summary>
    public Tensor? Weights => _weights is null ? null : Tensor.From(_weights.AsSpan(), [_weights.Length], _scores.Device);

    /// <summary>wₙ · termsₙ.</summary>
    public Tensor Weigh(Tensor terms) => Weights is { } weights ? terms * weights : terms;

    /// <summary>
    /// What the log-probabilities are multiplied with, [N, C]: (1 - ε)·wₙ at the label, plus ε/C times the class's
    /// weight everywhere; zeros in the row of an ignored sample.
    /// </summary>
    public Tensor Targets(float smoothing)
    {
        var classes = _scores.Shape[1];
        var rented = ArrayPool<float>.Shared.Rent(_scores.Length);
        var targets = rented.AsSpan(0, _scores.Length);
        targets.Clear();
        for (var n = 0; n < Labels.Length; n++)
        {
            for (var c = 0; c < classes && smoothing > 0 && _isIgnored?[n] != true; c++)
            {
                targets[n * classes + c] = smoothing / classes * (_classWeights?[c] ?? 1);
            }

            targets[n * classes + Labels[n]] += (1 - smoothing) * (_weights?[n] ?? 1);
        }

        var result = Tensor.From(targets, _scores.Shape, _scores.Device);
        ArrayPool<float>.Shared.Return(rented);
        return result;
    }

    private void CheckClassWeights(string operation)
    {
        if (_classWeights is null)
        {
            return;
        }

        if (_classWeights.Length != _scores.Shape[1])
        {
            throw new ShapeException(
                $"{operation}: expected {_scores.Shape[1]} class weights, one for each class, got {_classWeights.Length}.");
        }

        foreach (var weight in _classWeights)
        {
            Expect.NotNegative(operation, "class weights", weight);
        }
    }
}
