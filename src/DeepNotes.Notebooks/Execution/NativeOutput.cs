using System.Text;

namespace DeepNotes.Notebooks.Execution;

/// <summary>Output of a process that bypasses System.Console: from native libraries, and from the runtime when it ends. Only the beginning is kept.</summary>
internal sealed class NativeOutput
{
    private const int Capacity = 64 << 10;

    private readonly StringBuilder _text = new();

    public NativeOutput(StreamReader reader) => Ended = ReadAsync(reader);

    public Task Ended { get; }

    /// <summary>Returns and clears the output since the last call.</summary>
    public string Take()
    {
        lock (_text)
        {
            var text = _text.ToString();
            _text.Clear();
            return text;
        }
    }

    private async Task ReadAsync(StreamReader reader)
    {
        var buffer = new char[4096];
        while (await reader.ReadAsync(buffer).ConfigureAwait(false) is > 0 and var read)
        {
            lock (_text)
            {
                _text.Append(buffer, 0, Math.Min(read, Capacity - _text.Length));
            }
        }
    }
}
