namespace DeepNotes;

/// <summary>
/// Called by a <see cref="Trainer"/> during training, to monitor, save or stop it. A callback overrides the methods that it
/// needs. The callbacks of a trainer are called in order, except that every <see cref="Checkpoint"/> comes last, so that it
/// saves the updated state of the others.
/// </summary>
public abstract class Callback
{
    /// <summary>Called before the first step; a resumed run already has a history.</summary>
    public virtual void OnStart(TrainingRun run)
    {
    }

    /// <summary>Called after the backward pass and before the optimizer's step, with the gradients.</summary>
    public virtual void OnGradients(TrainingRun run, IReadOnlyList<(Parameter Parameter, Tensor Gradient)> gradients)
    {
    }

    /// <summary>Called after each step of the optimizer.</summary>
    public virtual void OnStep(TrainingRun run)
    {
    }

    /// <summary>Called after each epoch and its evaluation on the validation data; <see cref="History.Last"/> is the result.</summary>
    public virtual void OnEpoch(TrainingRun run)
    {
    }

    /// <summary>Called after the last step, even if training was cancelled or failed: see <see cref="History.End"/>.</summary>
    public virtual void OnEnd(TrainingRun run)
    {
    }

    /// <summary>The state to store in a checkpoint, so that a resumed run continues as if it had not been stopped; empty by default.</summary>
    public virtual CallbackState Save() => CallbackState.None;

    /// <summary>Restores a state returned by <see cref="Save"/>.</summary>
    public virtual void Restore(CallbackState state)
    {
    }
}

/// <summary>The state of a callback, for a checkpoint.</summary>
/// <param name="Tensors">Tensors by name.</param>
/// <param name="Numbers">Numbers by name.</param>
public sealed record CallbackState(IReadOnlyDictionary<string, Tensor> Tensors, IReadOnlyDictionary<string, double> Numbers)
{
    /// <summary>An empty state.</summary>
    public static CallbackState None { get; } = new(new Dictionary<string, Tensor>(), new Dictionary<string, double>());
}
