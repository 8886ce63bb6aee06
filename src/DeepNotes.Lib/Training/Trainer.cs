using DeepNotes.Backends;

namespace DeepNotes;

/// <summary>
/// The training loop: for each batch of the shuffled data, forward pass, loss, backward pass and optimizer step; after each
/// epoch, an evaluation on the validation data. Two runs with the same seed give the same numbers.
/// </summary>
public sealed partial class Trainer
{
    private const int EvaluationBatch = 512;

    private readonly Func<Tensor, Batch, Tensor> _loss;

    /// <summary>Creates a trainer of a classifier: the loss compares scores with labels.</summary>
    public Trainer(Layer network, Optimizer optimizer, Func<Tensor, int[], Tensor> loss)
        : this(network, optimizer, (y, batch) => loss(y, batch.Labels))
    {
    }

    /// <summary>Creates a trainer of a regression: the loss compares outputs with targets of the same shape.</summary>
    public Trainer(Layer network, Optimizer optimizer, Func<Tensor, Tensor, Tensor> loss)
        : this(network, optimizer, (y, batch) => loss(y, batch.Targets))
    {
    }

    private Trainer(Layer network, Optimizer optimizer, Func<Tensor, Batch, Tensor> loss) =>
        (Network, Optimizer, _loss) = (Given(network, "a network"), Given(optimizer, "an optimizer"), loss);

    /// <summary>A trainer of the same network, optimizer and loss, with other callbacks and without a progress bar.</summary>
    internal Trainer(Trainer other, IReadOnlyList<Callback> callbacks)
        : this(other.Network, other.Optimizer, other._loss) => (Callbacks, ShowsProgress) = (callbacks, false);

    /// <summary>The network to train.</summary>
    public Layer Network { get; }

    /// <summary>The optimizer.</summary>
    public Optimizer Optimizer { get; }

    /// <summary>The callbacks, such as early stopping, checkpoints and charts.</summary>
    public IReadOnlyList<Callback> Callbacks { get; init; } = [];

    /// <summary>The history of the last training, even if it failed; empty before the first.</summary>
    public History History => _position?.History ?? new History();

    /// <summary>Whether <see cref="Fit(DataLoader, int, Dataset?, CancellationToken)"/> shows a progress bar, and then the table of epochs; true by default.</summary>
    public bool ShowsProgress { get; init; } = true;

    /// <summary>Trains for a number of epochs and returns the history; shows a progress bar if a host can display it.</summary>
    /// <param name="train">The training data.</param>
    /// <param name="epochs">The number of epochs; after <see cref="Resume"/>, including those already completed.</param>
    /// <param name="batchSize">The number of samples per step; the last batch of an epoch may be smaller.</param>
    /// <param name="validation">Data to evaluate the network on after each epoch.</param>
    /// <param name="seed">The seed of the order of the samples.</param>
    /// <param name="cancellation">Stops training between two steps, as does interrupting the cell; the network keeps its current weights.</param>
    /// <exception cref="ArgumentException">The last batch would have one sample, which batch normalisation does not support, or the validation data are empty.</exception>
    /// <exception cref="TrainingException">The loss or a gradient is NaN or infinite.</exception>
    public History Fit(
        Dataset train, int epochs, int batchSize = 128, Dataset? validation = null, ulong seed = 0, CancellationToken cancellation = default) =>
        Fit(new DataLoader(Given(train, "training data"), batchSize, seed), epochs, validation, cancellation);

    /// <summary>Trains on batches of a configured loader: augmented, prefetched, or resumed from a saved state.</summary>
    /// <param name="train">The training data; continues from the current state of the loader, or from that of the resumed run.</param>
    /// <param name="epochs">The number of epochs; after <see cref="Resume"/>, including those already completed.</param>
    /// <param name="validation">Data to evaluate the network on after each epoch.</param>
    /// <param name="cancellation">Stops training between two steps, as does interrupting the cell; the network keeps its current weights.</param>
    /// <exception cref="ArgumentException">The last batch would have one sample, which batch normalisation does not support, or the validation data are empty.</exception>
    /// <exception cref="TrainingException">The loss or a gradient is NaN or infinite.</exception>
    public History Fit(DataLoader train, int epochs, Dataset? validation = null, CancellationToken cancellation = default)
    {
        Check.AtLeast(1, epochs, "Trainer.Fit");
        CheckLastBatch(train);
        if (validation?.Count == 0)
        {
            throw new ArgumentException($"Trainer.Fit: expected validation data of at least 1 sample, got none in '{validation.Name}'.", nameof(validation));
        }

        using var device = Network.UseDevice();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, Live.Cancellation);
        var run = Begin(train, epochs);
        var callbacks = CallbacksOf(run);
        try
        {
            Call(callbacks, callback => callback.OnStart(run));
            while (run.IsGoingOn && TrainEpoch(run, callbacks, train, stop.Token))
            {
                run.EndEpoch(validation is null ? null : Evaluate(validation, run.EvaluationMemory), next: train.State);
                Call(callbacks, callback => callback.OnEpoch(run));
            }

            run.History.SetEnd(run.StopReason is null ? TrainingEnd.Completed : TrainingEnd.Stopped, run.StopReason);
        }
        catch (Exception failure)
        {
            run.History.SetEnd(EndBy(failure), failure.Message);
            throw;
        }
        finally
        {
            Network.ClearGradients();
            Call(callbacks, callback => callback.OnEnd(run));
        }

        return run.History;
    }

    /// <summary>Evaluates the network on data: loss, accuracy and predictions, without training.</summary>
    public Evaluation Evaluate(Dataset data) => Evaluate(data, new StepMemory());

    private Evaluation Evaluate(Dataset data, StepMemory memory)
    {
        using var device = Network.UseDevice();
        var (totals, predictions) = (new MetricAccumulator(), new List<int>());
        foreach (var batch in new DataLoader(data, EvaluationBatch) { Shuffle = false })
        {
            using var step = memory.Step();
            var y = Network.Predict(batch.Inputs);
            var (loss, classes) = (_loss(y, batch).ToSingle(), Predictions(y, batch));
            totals.Add(loss, classes, batch);
            predictions.AddRange(classes);
        }

        return new Evaluation(totals.Loss, totals.Accuracy, [.. predictions]);
    }

    /// <summary>Diagnoses the training from its history, its weights and its <see cref="TrainingMonitor"/>, if there is one.</summary>
    public Diagnosis Diagnose() => Diagnosis.Of(History, Callbacks.OfType<TrainingMonitor>().FirstOrDefault(), Network);

    // Batch normalisation needs more than one value per channel: reported before the first batch, not at the end of an epoch.
    private void CheckLastBatch(DataLoader train)
    {
        var (samples, size) = (train.Data.Count, train.BatchSize);
        var last = train.DropLast || samples % size == 0 ? size : samples % size;
        if (last > 1 || !Network.NamedStatistics.Any())
        {
            return;
        }

        var layers = Network.Summary(train.Data.BatchOf([0]).Inputs.Shape).Layers;
        if (layers.FirstOrDefault(layer => layer.Layer is BatchNorm && layer.Output.Elements == layer.Output[1]) is { } single)
        {
            throw new ArgumentException(
                $"Trainer.Fit: {samples} samples in batches of {size} leave a last batch of 1, but {single.Layer} at {single.Path} needs more than one "
                + "value for each channel in training. Leave that batch out, new DataLoader(data, batchSize) { DropLast = true }, or choose another batch size.",
                nameof(train));
        }
    }

    // Returns false if the epoch was stopped early.
    private bool TrainEpoch(TrainingRun run, IReadOnlyList<Callback> callbacks, DataLoader train, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        Network.Train();
        foreach (var batch in train)
        {
            TrainStep(run, callbacks, batch);
            run.Loader = train.State;
            Call(callbacks, callback => callback.OnStep(run));
            stop.ThrowIfCancellationRequested();
            if (run.StopReason is not null)
            {
                return false;
            }
        }

        return true;
    }

    // The memory of all tensors of a step is reused by the next step.
    private void TrainStep(TrainingRun run, IReadOnlyList<Callback> callbacks, Batch batch)
    {
        using var step = run.Memory.Step();
        var y = Network.Forward(batch.Inputs);
        var loss = _loss(y, batch);
        var gradients = Optimizer.ComputeGradients(loss, run.Parameters);

        // The first reads of the step, after all work but the update is queued: an earlier read would stall the GPU.
        var (value, rate) = (Checked(loss.ToSingle(), run.History), Optimizer.CurrentLearningRate);
        var predictions = Predictions(y, batch);
        Call(callbacks, callback => callback.OnGradients(run, gradients));
        Optimizer.ApplyGradients(gradients);
        run.Totals.Add(value, predictions, batch);
        run.History.AddStep(value, rate);
        Network.ClearGradients();
    }

    // Checkpoints come last: they save the updated state of the other callbacks.
    private List<Callback> CallbacksOf(TrainingRun run) =>
        [.. Callbacks.OrderBy(callback => callback is Checkpoint), .. ShowsProgress ? new Callback[] { new TrainingProgress(run) } : []];

    private static void Call(IReadOnlyList<Callback> callbacks, Action<Callback> hook)
    {
        foreach (var callback in callbacks)
        {
            hook(callback);
        }
    }

    private static T Given<T>(T? value, string what)
        where T : class => value ?? throw new ArgumentNullException(nameof(value), $"Trainer: expected {what}, got null.");

    private static TrainingEnd EndBy(Exception failure) => failure switch
    {
        OperationCanceledException => TrainingEnd.Cancelled,
        TrainingException => TrainingEnd.NonFinite,
        _ => TrainingEnd.Failed,
    };

    private static int[] Predictions(Tensor y, Batch batch) => batch.HasLabels ? Metrics.Predictions(y) : [];

    private float Checked(float loss, History history) => float.IsFinite(loss)
        ? loss
        : throw new TrainingException(
            $"Trainer.Fit: the loss is {loss} at epoch {history.Epochs.Count + 1}, step {history.StepLosses.Count + 1} "
            + $"(learning rate {Optimizer.CurrentLearningRate}). Try a smaller learning rate, and look for NaN in the inputs.");
}

/// <summary>The result of evaluating a network on data.</summary>
/// <param name="Loss">The mean loss over the samples.</param>
/// <param name="Accuracy">The fraction of samples classified correctly; null without labels.</param>
/// <param name="Predictions">The class of the largest score of each sample, -1 if a score is NaN; empty without labels.</param>
public sealed record Evaluation(double Loss, double? Accuracy, int[] Predictions);

/// <summary>Thrown when training cannot continue; the message contains the epoch and step, and what to try.</summary>
public sealed class TrainingException(string message) : Exception(message);
