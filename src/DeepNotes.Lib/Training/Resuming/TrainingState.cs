namespace DeepNotes;

/// <summary>The complete state for resuming a training: the learner, the position of the run and the states of the callbacks.</summary>
internal sealed record TrainingState(LearnerState Learner, RunPosition Position, IReadOnlyDictionary<string, CallbackState> Callbacks)
{
    public static TrainingState Of(Trainer trainer, RunPosition position) => new(
        LearnerState.Of(trainer.Network, trainer.Optimizer),
        position,
        Named(trainer.Callbacks).ToDictionary(named => named.Name, named => named.Callback.Save()));

    /// <exception cref="CheckpointException">The state is that of another network, optimizer or callback; nothing is changed.</exception>
    public void Restore(Trainer trainer, string path)
    {
        if (Learner.Mismatch(trainer.Network) is { } mismatch)
        {
            throw new CheckpointException(path, $"it is of another network than {trainer.Network}: {mismatch}. Build the network as it was.");
        }

        var callbacks = Named(trainer.Callbacks).ToDictionary(named => named.Name, named => named.Callback);
        if (Callbacks.Keys.FirstOrDefault(name => !callbacks.ContainsKey(name)) is { } missing)
        {
            throw new CheckpointException(path, $"it holds the state of the callback {missing}, which this trainer has not. Give the trainer its callbacks.");
        }

        try
        {
            Learner.Restore(trainer.Network, trainer.Optimizer);
        }
        catch (ArgumentException other)
        {
            throw new CheckpointException(path, other.Message, other);
        }

        foreach (var (name, state) in Callbacks)
        {
            callbacks[name].Restore(state);
        }
    }

    // Callbacks without state may be added or removed. Several of one type are distinguished by their order.
    private static IEnumerable<(string Name, Callback Callback)> Named(IEnumerable<Callback> callbacks) => callbacks
        .Where(callback => callback.Save() is { Tensors.Count: > 0 } or { Numbers.Count: > 0 })
        .GroupBy(callback => callback.GetType().Name)
        .SelectMany(kind => kind.Select((callback, i) => ($"{kind.Key} {i + 1}", callback)));
}
