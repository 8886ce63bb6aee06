using DeepNotes.Backends;

namespace DeepNotes;

/// <summary>
/// The training loop: shuffle, take a batch, compute the loss, step downhill; after each epoch look at the validation
/// data. Two runs with one seed give the same numbers.
/// </summary>
public sealed partial class Trainer
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
        (Network, Optimizer, _loss) = (Given(network, "a network"), Given(optimizer, "an optimizer"), loss);

    /// <summary>The same training, silent and with callbacks of its own.</summary>
    internal Trainer(Trainer other, IReadOnlyList<Callback> callbacks)
        : this(other.Network, other.Optimizer, other._loss) => (Callbacks, ShowsProgress) = (callbacks, false);

    /// <summary>What is trained.</summary>
    public Layer Network { get; }

    /// <summary>What steps.</summary>
    public Optimizer Optimizer { get; }

    /// <summary>Who watches, writes and stops: early stopping, checkpoints, charts.</summary>
    public IReadOnlyList<Callback> Callbacks { get; init; } = [];

    /// <summary>What happened in the last training, also where it failed; empty before the first.</summary>
    public History History => _position?.History ?? new History();

    /// <summary>Whether <see cref="Fit(DataLoader, int, Dataset?, CancellationToken)"/> shows a progress bar, and the table of epochs after it; on unless switched off.</summary>
    public bool ShowsProgress { get; init; } = true;

    /// <summary>Trains for some epochs and returns what happened; shows a progress bar where there is a host to show it.</summary>
    /// <param name="train">The data to learn from.</param>
    /// <param name="epochs">Passes over it; after <see cref="Resume"/> those of before count.</param>
    /// <param name="batchSize">Samples for each step; the last batch of an epoch may be smaller.</param>
    /// <param name="validation">Data to look at after each epoch.</param>
    /// <param name="seed">Fixes the order of the samples.</param>
    /// <param name="cancellation">Stops between two steps, as does interrupting the cell; the network keeps what it has learned.</param>
    /// <exception cref="ArgumentException">The last batch would have one sample, with which batch normalisation cannot do, or there are no validation data.</exception>
    /// <exception cref="TrainingException">The loss or a gradient is no longer a number.</exception>
    public History Fit(
        Dataset train, int epochs, int batchSize = 128, Dataset? validation = null, ulong seed = 0, CancellationToken cancellation = default) =>
        Fit(new DataLoader(Given(train, "training data"), batchSize, seed), epochs, validation, cancellation);

    /// <summary>Trains on batches made in a way of one's own: augmented, prefetched, resumed from a saved state.</summary>
    /// <param name="train">The data to learn from; it goes on where it is, or where the resumed run was.</param>
    /// <param name="epochs">Passes over it; after <see cref="Resume"/> those of before count.</param>
    /// <param name="validation">Data to look at after each epoch.</param>
    /// <param name="cancellation">Stops between two steps, as does interrupting the cell; the network keeps what it has learned.</param>
    /// <exception cref="ArgumentException">The last batch would have one sample, with which batch normalisation cannot do, or there are no validation data.</exception>
    /// <exception cref="TrainingException">The loss or a gradient is no longer a number.</exception>
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

    /// <summary>Loss, accuracy and predictions on data, without learning from it.</summary>
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

    /// <summary>What this training looks like and what to try, from its history, its weights and its <see cref="TrainingMonitor"/> if there is one.</summary>
    public Diagnosis Diagnose() => Diagnosis.Of(History, Callbacks.OfType<TrainingMonitor>().FirstOrDefault(), Network);

    // Batch normalisation cannot do with one sample: better said before the first batch than at the end of an epoch.
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

    // False when the epoch was left early.
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

    // All tensors of a step end with it, and the next step uses their memory again.
    private void TrainStep(TrainingRun run, IReadOnlyList<Callback> callbacks, Batch batch)
    {
        using var step = run.Memory.Step();
        var y = Network.Forward(batch.Inputs);
        var loss = _loss(y, batch);
        var gradients = Optimizer.ComputeGradients(loss, run.Parameters);

        // The step's first reads, with everything but the update begun: a GPU that had to wait for them earlier would stand idle.
        var (value, rate) = (Checked(loss.ToSingle(), run.History), Optimizer.CurrentLearningRate);
        var predictions = Predictions(y, batch);
        Call(callbacks, callback => callback.OnGradients(run, gradients));
        Optimizer.ApplyGradients(gradients);
        run.Totals.Add(value, predictions, batch);
        run.History.AddStep(value, rate);
        Network.ClearGradients();
    }

    // A checkpoint saves what the others have decided, so that it comes after them.
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

/// <summary>How a network does on data it does not train on.</summary>
/// <param name="Loss">Mean loss over the samples.</param>
/// <param name="Accuracy">Share of samples classified rightly; null without labels.</param>
/// <param name="Predictions">The class of the largest score of each sample, -1 where a score is NaN; empty without labels.</param>
public sealed record Evaluation(double Loss, double? Accuracy, int[] Predictions);

/// <summary>Training that can't go on; the message says where it stopped and what to try.</summary>
public sealed class TrainingException(string message) : Exception(message);
