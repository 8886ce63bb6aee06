namespace DeepNotes;

/// <summary>Sums up batches to a mean loss and an accuracy over all samples.</summary>
internal sealed class Tally
{
    private readonly List<int> _predictions = [];
    private double _lossSum;
    private int _samples;
    private int _right;

    public double Loss => _lossSum / _samples;

    public double? Accuracy => _predictions.Count == 0 ? null : (double)_right / _samples;

    public int[] Predictions => [.. _predictions];

    public void Add(float loss, Tensor y, Batch batch)
    {
        _lossSum += (double)loss * batch.Count;
        _samples += batch.Count;
        if (batch.HasLabels)
        {
            var predictions = y.ArgMax();
            _predictions.AddRange(predictions);
            _right += predictions.Zip(batch.Labels).Count(pair => pair.First == pair.Second);
        }
    }
}
