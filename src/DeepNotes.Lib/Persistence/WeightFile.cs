namespace DeepNotes;

/// <summary>The tensors of a file, displayed as a table.</summary>
[TypeFormatterSource(typeof(DisplayableFormatterSource), MimeTypes.Html, MimeTypes.PlainText)]
public sealed class WeightFile : IDisplayable
{
    internal WeightFile(WeightFileHeader header, IReadOnlyDictionary<string, Tensor> tensors) =>
        (Header, Tensors) = (header, tensors);

    /// <summary>The header of the file, with the stored types of the tensors.</summary>
    public WeightFileHeader Header { get; }

    /// <summary>The tensors by name, in the order of the file, as float32.</summary>
    public IReadOnlyDictionary<string, Tensor> Tensors { get; }

    /// <summary>The strings under <c>__metadata__</c>.</summary>
    public IReadOnlyDictionary<string, string> Metadata => Header.Metadata;

    /// <inheritdoc/>
    public string ToHtml() => Header.ToHtml();

    /// <inheritdoc/>
    public string ToPlainText() => Header.ToPlainText();

    /// <inheritdoc/>
    public override string ToString() => Header.ToString();
}
