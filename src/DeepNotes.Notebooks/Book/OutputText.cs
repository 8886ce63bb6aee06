using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DeepNotes.Notebooks.Book;

/// <summary>
/// Renders the text of outputs. Long text is collapsed; very long text is truncated, with a link to the notebook that holds
/// all of it.
/// </summary>
/// <param name="notebook">The URL of the notebook.</param>
internal sealed class OutputText(string notebook)
{
    private const int MaxCharacters = 100_000;
    private const int MaxUnfoldedLines = 24;
    private const int LinesBeforeFold = 12;

    private static readonly JsonWriterOptions Readable = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="text">Text that may contain terminal escape sequences.</param>
    /// <param name="kind">The CSS class of the blocks.</param>
    public string Render(string text, string kind) => Render(Beginning(text), text.Length, kind);

    public string Render(JsonNode json, string kind)
    {
        var written = Written(json, MaxCharacters);
        return Render(written.Text, written.Length, kind);
    }

    /// <summary>The approximate number of characters of a value in a page.</summary>
    public static long Length(JsonNode json) => Written(json, 0).Length;

    /// <summary>Text without collapsing, for the message and the trace of an error.</summary>
    public string Unfolded(string text) => $"<pre>{TerminalText.ToHtml(Beginning(text))}</pre>{CutNote(text.Length)}";

    /// <summary>A note that a form is not in the page, with a link to the notebook.</summary>
    public string LeftOut(string what, long length) =>
        $"<p class=\"output missing\">The {Html.Escape(what)} of {Size(length)} would be too much for this page: {Link} holds it.</p>\n";

    public static string Size(long length) => length < 1_000_000 ? $"{length / 1e3:0} kB" : $"{length / 1e6:0.0} MB";

    private string Link => $"<a href=\"{notebook}\" download>the notebook</a>";

    private string Render(string shown, long length, string kind)
    {
        var lines = TerminalText.ToHtml(shown.TrimEnd('\n', '\r', ' ')).Split('\n');
        var note = CutNote(length);
        if (lines is [""])
        {
            return "";
        }

        if (lines.Length <= MaxUnfoldedLines)
        {
            return Block(lines) + note;
        }

        var rest = lines.Length - LinesBeforeFold;
        return $"{Block(lines[..LinesBeforeFold])}<details class=\"more\"><summary>{rest} more lines</summary>{Block(lines[LinesBeforeFold..])}{note}</details>\n";

        string Block(string[] part) => $"<pre class=\"output {kind}\">{string.Join('\n', part)}</pre>\n";
    }

    private static BeginningWriter Written(JsonNode json, int most)
    {
        var beginning = new BeginningWriter(most);
        using var writer = new Utf8JsonWriter(beginning, Readable);
        json.WriteTo(writer);
        writer.Flush();
        return beginning;
    }

    private string CutNote(long length) => length <= MaxCharacters
        ? "" : $"<p class=\"output missing\">Cut here: the first {Size(MaxCharacters)} of {Size(length)}. All of it is in {Link}.</p>\n";

    // Cuts at a line ending where there is one, and never inside a surrogate pair.
    private static string Beginning(string text)
    {
        if (text.Length <= MaxCharacters)
        {
            return text;
        }

        var feed = text.LastIndexOf('\n', MaxCharacters - 1, MaxCharacters / 2);
        var end = feed > 0 ? feed : char.IsHighSurrogate(text[MaxCharacters - 1]) ? MaxCharacters - 1 : MaxCharacters;
        return text[..end];
    }

    /// <summary>Keeps the beginning of the written bytes, and counts all of them.</summary>
    private sealed class BeginningWriter(int most) : IBufferWriter<byte>
    {
        private readonly byte[] _kept = new byte[most];
        private byte[] _buffer = [];

        public long Length { get; private set; }

        // A truncated multi-byte character is dropped.
        public string Text => Encoding.UTF8.GetString(_kept.AsSpan(0, (int)Math.Min(most, Length))).TrimEnd('\uFFFD');

        public void Advance(int count)
        {
            if (Length < most)
            {
                _buffer.AsSpan(0, (int)Math.Min(count, most - Length)).CopyTo(_kept.AsSpan((int)Length));
            }

            Length += count;
        }

        public Memory<byte> GetMemory(int sizeHint = 0) => _buffer = _buffer.Length >= Math.Max(sizeHint, 1) ? _buffer : new byte[Math.Max(sizeHint, 4096)];

        public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;
    }
}
