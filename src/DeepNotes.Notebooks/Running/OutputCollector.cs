using DeepNotes.Notebooks.Documents;

namespace DeepNotes.Notebooks.Running;

/// <summary>
/// Collects a stream of outputs as they are saved: the text of each stream merged, an updated display in the position
/// where it was first shown, results numbered like their cells.
/// </summary>
internal sealed class OutputCollector
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (List<CellOutput> Outputs, int Index)> _displays = [];
    private List<CellOutput> _outputs = [];
    private int _executionCount;
    private bool _clearsNext;

    /// <summary>Begins a cell, to which outputs now belong; a later cell may still update its displays.</summary>
    public IReadOnlyList<CellOutput> Begin(int executionCount)
    {
        lock (_lock)
        {
            _executionCount = executionCount;
            _clearsNext = false;
            return _outputs = [];
        }
    }

    public void Show(CellOutput output)
    {
        lock (_lock)
        {
            if (_clearsNext && output is not ClearedOutput)
            {
                Clear();
            }

            switch (output)
            {
                case ClearedOutput { Wait: true }:
                    _clearsNext = true;
                    break;
                case ClearedOutput:
                    Clear();
                    break;
                case StreamOutput stream:
                    Append(stream);
                    break;
                case DisplayOutput { DisplayId: { } id } update when _displays.TryGetValue(id, out var shown):
                    shown.Outputs[shown.Index] = update;
                    break;
                case DisplayOutput { DisplayId: { } id }:
                    _displays[id] = (_outputs, _outputs.Count);
                    _outputs.Add(output);
                    break;
                case ResultOutput result:
                    _outputs.Add(result with { ExecutionCount = _executionCount });
                    break;
                default:
                    _outputs.Add(output);
                    break;
            }
        }
    }

    // A cleared display is added again by its next update.
    private void Clear()
    {
        _clearsNext = false;
        _outputs.Clear();
        foreach (var (id, _) in _displays.Where(display => display.Value.Outputs == _outputs).ToArray())
        {
            _displays.Remove(id);
        }
    }

    // stdout and stderr interleave differently from run to run: between displays each is merged into one output.
    private void Append(StreamOutput stream)
    {
        for (var i = _outputs.Count - 1; i >= 0 && _outputs[i] is StreamOutput earlier; i--)
        {
            if (earlier.Name == stream.Name)
            {
                _outputs[i] = stream with { Text = NotebookText.OnTerminal(earlier.Text + stream.Text) };
                return;
            }
        }

        _outputs.Add(stream with { Text = NotebookText.OnTerminal(stream.Text) });
    }
}
