namespace DeepNotes;

/// <content>Saving and resuming.</content>
public sealed partial class Trainer
{
    private TrainingRun? _run;
    private RunPosition? _position;
    private bool _isResumed;

    /// <summary>
    /// Saves the complete state of the training: weights, running statistics, the optimizer's state and step, the states of
    /// random layers, of the loader and of the callbacks, and the history. An existing file is replaced atomically.
    /// </summary>
    /// <exception cref="InvalidOperationException">Nothing has been trained yet: to save weights alone, use <c>Network.Save</c>.</exception>
    /// <exception cref="WeightFileException">The file cannot be written; an existing one is unchanged.</exception>
    public void Save(string path)
    {
        var position = Position ?? throw new InvalidOperationException(
            "Trainer.Save: there is no training to save yet. Call Fit or Resume first, or save the weights alone by Network.Save.");
        CheckpointFile.Write(path, TrainingState.Of(this, position));
    }

    /// <summary>
    /// Loads a file written by <see cref="Save"/> or a <see cref="Checkpoint"/> into this trainer's network, optimizer and
    /// callbacks. With the same data, batch size and settings, the next Fit continues after the last saved step with
    /// bit-identical results to an uninterrupted run; its number of epochs includes those already completed.
    /// </summary>
    /// <exception cref="CheckpointException">The file is not a checkpoint, was modified, or belongs to another network, optimizer or callback; nothing is changed.</exception>
    /// <exception cref="WeightFileException">The file does not exist, or is damaged or truncated; nothing is changed.</exception>
    public void Resume(string path)
    {
        var state = CheckpointFile.Read(path);
        state.Restore(this, path);
        (_run, _position, _isResumed) = (null, state.Position, true);
    }

    private RunPosition? Position => _run is null ? _position : new RunPosition(_run.History, _run.Totals, _run.Loader);

    private TrainingRun Begin(DataLoader train, int epochs)
    {
        if (_isResumed)
        {
            train.State = _position!.Loader;
        }
        else
        {
            _position = new RunPosition(new History(), new MetricAccumulator(), train.State);
        }

        Optimizer.Name(Network);
        _isResumed = false;
        _run = new TrainingRun(this, _position, epochs, train.BatchesPerEpoch);
        _run.History.SetEnd(TrainingEnd.Running);
        return _run;
    }
}
