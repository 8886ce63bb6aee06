using DeepNotes.Backends;

namespace DeepNotes;

/// <summary>A training on its way, as its callbacks see it.</summary>
public sealed class TrainingRun
{
    internal TrainingRun(Trainer trainer, RunPosition start, int epochs, int batchesPerEpoch)
    {
        (Trainer, History, Totals, Loader, Epochs) = (trainer, start.History, start.Totals, start.Loader, epochs);
        Parameters = trainer.Network.Parameters;
        var left = (Math.Max(0, epochs - History.Epochs.Count) * batchesPerEpoch) - start.Loader.Position;
        Steps = History.StepLosses.Count + Math.Max(0, left);
    }

    /// <summary>Who trains.</summary>
    public Trainer Trainer { get; }

    /// <summary>What is trained.</summary>
    public Layer Network => Trainer.Network;

    /// <summary>What steps.</summary>
    public Optimizer Optimizer => Trainer.Optimizer;

    /// <summary>What has happened so far, in runs that this one resumes too.</summary>
    public History History { get; }

    /// <summary>How many epochs there will be.</summary>
    public int Epochs { get; }

    /// <summary>How many steps there will be.</summary>
    public int Steps { get; }

    /// <summary>Why training stops after this step or epoch; null while it goes on.</summary>
    public string? StopReason { get; private set; }

    internal IReadOnlyList<Parameter> Parameters { get; }

    internal StepMemory Memory { get; } = new();

    /// <summary>The memory of evaluating, which each epoch uses again.</summary>
    internal StepMemory EvaluationMemory { get; } = new();

    internal bool IsGoingOn => StopReason is null && History.Epochs.Count < Epochs;

    internal MetricAccumulator Totals { get; private set; }

    /// <summary>Where the loader was after the last whole step.</summary>
    internal DataLoaderState Loader { get; set; }

    /// <summary>Ends training after this step or epoch; the first reason counts.</summary>
    public void Stop(string reason) => StopReason ??= reason;

    internal void EndEpoch(Evaluation? validation, DataLoaderState next)
    {
        History.AddEpoch(new EpochResult(History.Epochs.Count + 1, Totals.Loss, Totals.Accuracy, validation?.Loss, validation?.Accuracy));
        (Totals, Loader) = (new MetricAccumulator(), next);
    }
}

/// <summary>Where a run is: what has happened, the sums of the epoch under way, and the loader's next batch.</summary>
internal sealed record RunPosition(History History, MetricAccumulator Totals, DataLoaderState Loader);
