namespace DeepNotes;

/// <summary>
/// The training loop: shuffle, take a batch, compute the loss, step downhill; after each epoch look at the validation
/// data. Two runs with one seed give the same numbers.
/// </summary>
public sealed class Trainer
{
    private const int EvaluationBatch = 512;

    private readonly Func<Tensor, Batch, Tensor> _loss;

    /// <summary>Trains a classifier: the loss compares scores with labels.</summary>
    public Trainer(Layer network, Optimizer optimizer, Func<Tensor, int[], Tensor> loss)
        : this(network, optimizer, (y, batch) => loss(y, batch.Labels))
    {
    }

    /// <summary>Trains a regression: the loss compares outputs with targets of the same shape.</summary>
    public Trainer(Layer network, Optimizer optimizer, Func<Tensor, Tensor, Tensor> loss)
        : this(network, optimizer, (y, batch) => loss(y, batch.Targets))
    {
    }

    private Trainer(Layer network, Optimizer optimizer, Func<Tensor, Batch, Tensor> loss) =>
        (Network, Optimizer, _loss) = (network, optimizer, loss);

    /// <summary>What is trained.</summary>
    public Layer Network { get; }

    /// <summary>What steps.</summary>
    public Optimizer Optimizer { get; }

    /// <summary>Whether <see cref="Fit(DataLoader, int, Dataset?, CancellationToken)"/> shows a progress bar, and the table of epochs after it; on unless switched off.</summary>
    public bool ShowsProgress { get; init; } = true;

    /// <summary>Trains for some epochs and returns what happened; shows a progress bar where there is a host to show it.</summary>
    /// <param name="train">The data to learn from.</param>
    /// <param name="epochs">Passes over it.</param>
    /// <param name="batchSize">Samples for each step; the last batch of an epoch may be smaller.</param>
    /// <param name="validation">Data to look at after each epoch.</param>
    /// <param name="seed">Fixes the order of the samples.</param>
    /// <param name="cancellation">Stops between two steps, as does interrupting the cell; the network keeps what it has learned.</param>
    /// <exception cref="TrainingException">The loss is no longer a number.</exception>
    public History Fit(
        Dataset train, int epochs, int batchSize = 128, Dataset? validation = null, ulong seed = 0, CancellationToken cancellation = default) =>
        Fit(new DataLoader(train, batchSize, seed), epochs, validation, cancellation);

    /// <summary>Trains on batches made in a way of one's own: augmented, prefetched, resumed from a saved state.</summary>
    /// <param name="train">The data to learn from; it goes on where it is.</param>
    /// <param name="epochs">Passes over it.</param>
    /// <param name="validation">Data to look at after each epoch.</param>
    /// <param name="cancellation">Stops between two steps, as does interrupting the cell; the network keeps what it has learned.</param>
    /// <exception cref="TrainingException">The loss is no longer a number.</exception>
    public History Fit(DataLoader train, int epochs, Dataset? validation = null, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(epochs);
        var history = new History();
        var parameters = Network.Parameters;
        Optimizer.Name(Network);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, Live.Cancellation);
        var steps = (epochs * train.BatchesPerEpoch) - train.State.Position;
        var progress = ShowsProgress ? new TrainingProgress(steps, history) : null;
        for (var epoch = 1; epoch <= epochs; epoch++)
        {
            Network.Train();
            var tally = new Tally();
            foreach (var batch in train)
            {
                stop.Token.ThrowIfCancellationRequested();
                var y = Network.Forward(batch.Inputs);
                var loss = _loss(y, batch);
                var value = Checked(loss.ToSingle(), epoch, history);
                tally.Add(value, y, batch);
                Optimizer.Minimize(loss, parameters);
                history.AddStep(value);
                progress?.Advance();
            }

            var seen = validation is null ? null : Evaluate(validation);
            history.AddEpoch(new EpochResult(epoch, tally.Loss, tally.Accuracy, seen?.Loss, seen?.Accuracy));
        }

        progress?.Finish();
        return history;
    }

    /// <summary>Loss, accuracy and predictions on data, without learning from it.</summary>
    public Evaluation Evaluate(Dataset data)
    {
        var tally = new Tally();
        foreach (var batch in new DataLoader(data, EvaluationBatch) { Shuffle = false })
        {
            var y = Network.Predict(batch.Inputs);
            tally.Add(_loss(y, batch).ToSingle(), y, batch);
        }

        return new Evaluation(tally.Loss, tally.Accuracy, tally.Predictions);
    }

    private float Checked(float loss, int epoch, History history) => float.IsFinite(loss)
        ? loss
        : throw new TrainingException(
            $"Trainer.Fit: the loss is {loss} at epoch {epoch}, step {history.StepLosses.Count + 1} "
            + $"(learning rate {Optimizer.LearningRate}). Try a smaller learning rate, and look for NaN in the inputs.");
}
