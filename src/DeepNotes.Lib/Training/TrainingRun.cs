using DeepNotes.Backends;

namespace DeepNotes;

/// <summary>A training in progress, as passed to callbacks.</summary>
public sealed class TrainingRun
{
    internal TrainingRun(Trainer trainer, RunPosition start, int epochs, int batchesPerEpoch)
    {
        (Trainer, History, Totals, Loader, Epochs) = (trainer, start.History, start.Totals, start.Loader, epochs);
        Parameters = trainer.Network.Parameters;
        var left = (Math.Max(0, epochs - History.Epochs.Count) * batchesPerEpoch) - start.Loader.Position;
        Steps = History.StepLosses.Count + Math.Max(0, left);
    }

    /// <summary>The trainer.</summary>
    public Trainer Trainer { get; }

    /// <summary>The network that is trained.</summary>
    public Layer Network => Trainer.Network;

    /// <summary>The optimizer.</summary>
    public Optimizer Optimizer => Trainer.Optimizer;

    /// <summary>The history so far, including that of the resumed run.</summary>
    public History History { get; }

    /// <summary>The total number of epochs.</summary>
    public int Epochs { get; }

    /// <summary>The total number of steps.</summary>
    public int Steps { get; }

    /// <summary>Why training stops after this step or epoch; null while it continues.</summary>
    public string? StopReason { get; private set; }

    internal IReadOnlyList<Parameter> Parameters { get; }

    internal StepMemory Memory { get; } = new();

    /// <summary>The memory of the evaluations, reused by every epoch.</summary>
    internal StepMemory EvaluationMemory { get; } = new();

    internal bool IsGoingOn => StopReason is null && History.Epochs.Count < Epochs;

    internal MetricAccumulator Totals { get; private set; }

    /// <summary>The state of the loader after the last complete step.</summary>
    internal DataLoaderState Loader { get; set; }

    /// <summary>Stops training after this step or epoch; the first reason is kept.</summary>
    public void Stop(string reason) => StopReason ??= reason;

    internal void EndEpoch(Evaluation? validation, DataLoaderState next)
    {
        History.AddEpoch(new EpochResult(History.Epochs.Count + 1, Totals.Loss, Totals.Accuracy, validation?.Loss, validation?.Accuracy));
        (Totals, Loader) = (new MetricAccumulator(), next);
    }
}

/// <summary>The position of a run: its history, the totals of the current epoch, and the state of the loader.</summary>
internal sealed record RunPosition(History History, MetricAccumulator Totals, DataLoaderState Loader);
