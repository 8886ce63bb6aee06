namespace DeepNotes;

/// <summary>Accumulates the mean loss and the accuracy over batches.</summary>
internal sealed class MetricAccumulator(double lossSum = 0, int samples = 0, int? correct = null)
{
    public double LossSum { get; private set; } = lossSum;

    public int Samples { get; private set; } = samples;

    /// <summary>The number of samples classified correctly; null without labels.</summary>
    public int? Correct { get; private set; } = correct;

    public double Loss => LossSum / Samples;

    public double? Accuracy => (double?)Correct / Samples;

    /// <summary>Adds a batch with its mean loss and its predicted classes, which are empty without labels.</summary>
    public void Add(float loss, int[] predictions, Batch batch)
    {
        LossSum += (double)loss * batch.Count;
        Samples += batch.Count;
        if (batch.HasLabels)
        {
            Correct = (Correct ?? 0) + predictions.Zip(batch.Labels).Count(pair => pair.First == pair.Second);
        }
    }
}
