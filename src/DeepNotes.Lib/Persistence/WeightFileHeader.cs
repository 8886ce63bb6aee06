namespace DeepNotes;

/// <summary>The contents of a weight file without the values: names, types and shapes, displayed as a table.</summary>
[TypeFormatterSource(typeof(DisplayableFormatterSource), MimeTypes.Html, MimeTypes.PlainText)]
public sealed class WeightFileHeader : IDisplayable
{
    private const int ShownRows = 1000;

    private static readonly string[] Columns = ["Tensor", "Type", "Shape", "Count"];

    internal WeightFileHeader(
        string path,
        IReadOnlyList<StoredTensor> tensors,
        IReadOnlyDictionary<string, string> metadata,
        long dataStart) => (Path, Tensors, Metadata, DataStart) = (path, tensors, metadata, dataStart);

    /// <summary>The path of the file.</summary>
    public string Path { get; }

    /// <summary>The tensors in the order of their values in the file.</summary>
    public IReadOnlyList<StoredTensor> Tensors { get; }

    /// <summary>The strings under <c>__metadata__</c>.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>The offset of the values, in bytes from the start of the file.</summary>
    internal long DataStart { get; }

    private string Caption =>
        $"{this}: {Tensors.Count:N0} tensors, {Tensors.Sum(tensor => (long)tensor.Shape.Elements):N0} values, "
        + $"{Tensors.Select(tensor => tensor.End).LastOrDefault():N0} bytes"
        + string.Concat(Metadata.Select(entry => $"; {entry.Key}: {entry.Value}"));

    /// <summary>A row for each tensor, and the totals.</summary>
    public string ToHtml() => HtmlTable.Write("deepnotes-weights", Columns, Rows(), Caption);

    /// <inheritdoc cref="ToHtml"/>
    public string ToPlainText()
    {
        var width = Tensors.Take(ShownRows).Select(tensor => tensor.Name.Length).Append(8).Max() + 2;
        return string.Join('\n', Rows().Prepend(Columns)
            .Select(row => row[0].PadRight(width) + $"{row[1],-6}{row[2],-22}{row[3],14}")
            .Append(Caption));
    }

    /// <summary>The name of the file.</summary>
    public override string ToString() => System.IO.Path.GetFileName(Path);

    private IEnumerable<string[]> Rows()
    {
        var rows = Tensors.Take(ShownRows).Select(tensor =>
            new[] { tensor.Name, tensor.ElementType, $"{tensor.Shape}", $"{tensor.Shape.Elements:N0}" });
        return Tensors.Count > ShownRows ? rows.Append(["⋮", "", "", ""]) : rows;
    }
}

/// <summary>A tensor as a file's header describes it.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="ElementType">The element type in the format: <c>F32</c>, <c>BF16</c>, <c>I64</c>, …</param>
/// <param name="Shape">The lengths of its axes.</param>
/// <param name="Start">The offset of its values, in bytes from the start of the data.</param>
/// <param name="End">The offset of the first byte after its values.</param>
public sealed record StoredTensor(string Name, string ElementType, Shape Shape, long Start, long End);
