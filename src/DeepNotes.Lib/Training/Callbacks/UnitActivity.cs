namespace DeepNotes;

/// <summary>Tracks which units of a layer had a non-zero output for any sample. A unit is a feature, or a channel of an image.</summary>
internal sealed class UnitActivity
{
    private bool[] _isAlive = [];
    private bool[] _wasAlive = [];

    /// <summary>The number of units that were 0 for every sample in the last complete epoch, or in the current one before that.</summary>
    public int Dead => Latest.Count(alive => !alive);

    public int Units => Latest.Length;

    private bool[] Latest => _wasAlive.Length > 0 ? _wasAlive : _isAlive;

    public void Record(float[] values, Shape shape)
    {
        var (units, positions) = (shape[1], shape.Skip(2).Aggregate(1, (product, length) => product * length));
        _isAlive = _isAlive.Length == units ? _isAlive : new bool[units];
        for (var i = 0; i < values.Length; i++)
        {
            _isAlive[i / positions % units] |= values[i] != 0;
        }
    }

    public void EndEpoch() => (_wasAlive, _isAlive) = (_isAlive, []);
}
