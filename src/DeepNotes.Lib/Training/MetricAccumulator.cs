namespace DeepNotes;

/// <summary>Sums up batches to a mean loss and an accuracy over all samples.</summary>
internal sealed class MetricAccumulator(double lossSum = 0, int samples = 0, int? correct = null)
{
    public double LossSum { get; private set; } = lossSum;

    public int Samples { get; private set; } = samples;

    /// <summary>Samples classified rightly; null before there are labels.</summary>
    public int? Correct { get; private set; } = correct;

    public double Loss => LossSum / Samples;

    public double? Accuracy => (double?)Correct / Samples;

    /// <summary>Adds a batch with its mean loss and its predicted classes, none where it has no labels.</summary>
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
