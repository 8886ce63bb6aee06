namespace DeepNotes;

/// <content>Stopping and going on.</content>
public sealed partial class Trainer
{
    private TrainingRun? _run;
    private RunPosition? _position;
    private bool _isResumed;

    /// <summary>
    /// Saves all that a training is: weights, running statistics, the optimizer's memory and step, the states of random
    /// layers, of the loader and of the callbacks, and the history. A file of the same name is replaced once the new one
    /// is whole.
    /// </summary>
    /// <exception cref="InvalidOperationException">Nothing has been trained yet: to save weights alone, use <c>Network.Save</c>.</exception>
    /// <exception cref="WeightFileException">The file cannot be written; an earlier one is still there.</exception>
    public void Save(string path)
    {
        var position = Position ?? throw new InvalidOperationException(
            "Trainer.Save: there is no training to save yet. Call Fit or Resume first, or save the weights alone by Network.Save.");
        CheckpointFile.Write(path, TrainingState.Of(this, position));
    }

    /// <summary>
    /// Reads what <see cref="Save"/> or a <see cref="Checkpoint"/> wrote into this trainer's network, optimizer and
    /// callbacks. The next Fit goes on after the last saved step, to the bit as if there had been no stop: with the same
    /// data, batch size and settings, whose number of epochs counts from the beginning.
    /// </summary>
    /// <exception cref="CheckpointException">No checkpoint, a changed one, or one of another network, optimizer or callback; nothing has changed.</exception>
    /// <exception cref="WeightFileException">No file, or a damaged or cut one; nothing has changed.</exception>
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
