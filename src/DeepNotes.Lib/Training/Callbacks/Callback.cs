namespace DeepNotes;

/// <summary>
/// What a <see cref="Trainer"/> calls while it trains: to watch, to write, to stop. A callback overrides what it needs;
/// those of a trainer are called in their order, a <see cref="Checkpoint"/> after all others, so that it saves what they
/// have decided.
/// </summary>
public abstract class Callback
{
    /// <summary>Before the first step; a resumed run has a history already.</summary>
    public virtual void OnStart(TrainingRun run)
    {
    }

    /// <summary>After the backward pass and before the optimizer moves the parameters: gradients may be looked at.</summary>
    public virtual void OnGradients(TrainingRun run, IReadOnlyList<(Parameter Parameter, Tensor Gradient)> gradients)
    {
    }

    /// <summary>After the optimizer's step.</summary>
    public virtual void OnStep(TrainingRun run)
    {
    }

    /// <summary>After an epoch and its look at the validation data; <see cref="History.Last"/> is its result.</summary>
    public virtual void OnEpoch(TrainingRun run)
    {
    }

    /// <summary>After the last step, also where training was cancelled or failed: see <see cref="History.End"/>.</summary>
    public virtual void OnEnd(TrainingRun run)
    {
    }

    /// <summary>What a checkpoint must keep so that a resumed run goes on as if there had been no stop; nothing unless overridden.</summary>
    public virtual CallbackState Save() => CallbackState.None;

    /// <summary>Takes back what <see cref="Save"/> gave.</summary>
    public virtual void Restore(CallbackState state)
    {
    }
}

/// <summary>What a callback remembers, for a checkpoint.</summary>
/// <param name="Tensors">Tensors by name.</param>
/// <param name="Numbers">Numbers by name.</param>
public sealed record CallbackState(IReadOnlyDictionary<string, Tensor> Tensors, IReadOnlyDictionary<string, double> Numbers)
{
    /// <summary>Nothing.</summary>
    public static CallbackState None { get; } = new(new Dictionary<string, Tensor>(), new Dictionary<string, double>());
}
