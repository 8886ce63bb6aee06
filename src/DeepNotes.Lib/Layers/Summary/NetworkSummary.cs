namespace DeepNotes;

/// <summary>
/// A network for an input of a given shape: every layer's output, parameters, multiply-accumulates, activation
/// memory and receptive field, found by running it on a device that computes and stores nothing.
/// </summary>
[TypeFormatterSource(typeof(DisplayableFormatterSource), MimeTypes.Html, MimeTypes.PlainText)]
public sealed class NetworkSummary : IDisplayable
{
    private static readonly string[] Header =
        ["", "Layer", "Output", "Parameters", "Multiply-accumulates", "Activations", "Receptive field"];

    internal NetworkSummary(Layer network, Shape input, IReadOnlyList<LayerSummary> layers, long multiplyAccumulates) =>
        (Network, Input, Layers, MultiplyAccumulates) = (network, input, layers, multiplyAccumulates);

    /// <summary>The network.</summary>
    public Layer Network { get; }

    /// <summary>The shape of the input.</summary>
    public Shape Input { get; }

    /// <summary>The innermost layers, in the order in which they run.</summary>
    public IReadOnlyList<LayerSummary> Layers { get; }

    /// <summary>The number of trained values.</summary>
    public long ParameterCount => Network.ParameterCount;

    /// <summary>The multiply-accumulates of all matrix products; a FLOP count is twice that.</summary>
    public long MultiplyAccumulates { get; }

    /// <summary>
    /// Of a training step's matrix products, forward and backward: three times as many as forward, but that the first
    /// layer's input needs no gradient.
    /// </summary>
    public long TrainingMultiplyAccumulates => SummaryBuilder.TrainingMultiplyAccumulates(Network, Input);

    /// <summary>
    /// The input and what every layer gives, as CS231n counts: activation functions work in place and dropout is the identity, so
    /// that they add nothing; sums inside of a block are not counted. 15,237,608 for VGG-16 at 224×224, 58.1 MiB. A training keeps
    /// at least as many for its backward pass.
    /// </summary>
    public long Activations => Input.Elements + Layers.Sum(layer => layer.Activations);

    /// <inheritdoc/>
    public string ToHtml() => HtmlTable.Write("deepnotes-layers", Header, Rows(), Caption);

    /// <inheritdoc/>
    public string ToPlainText() => string.Join('\n', Rows().Prepend(Header)
        .Select(row => $"{row[0],-24}{row[1],-44}{row[2],-22}{row[3],14}{row[4],22}{row[5],14}{row[6],17}")
        .Append(Caption));

    private string Caption =>
        $"{Network} on {Input}: {ParameterCount:N0} parameters ({Mebibytes(ParameterCount)}), {MultiplyAccumulates:N0} multiply-accumulates, "
        + $"{Activations:N0} activations ({Mebibytes(Activations)}): the input and each layer's output, activation functions in place";

    private List<string[]> Rows() => [.. Layers.Select(layer => new[]
    {
        layer.Path,
        layer.Layer.ToString() ?? "",
        layer.Output.ToString(),
        Number(layer.Parameters),
        Number(layer.MultiplyAccumulates),
        Number(layer.Activations),
        layer.Field is { } field ? field.Seen.ToString() : layer.Output.Count == 2 && Input.Count == 4 ? "all" : "",
    })];

    private static string Number(long value) => value == 0 ? "" : $"{value:N0}";

    private static string Mebibytes(long floats) => $"{floats * sizeof(float) / (1024.0 * 1024):N1} MiB";
}

/// <summary>One layer's line in a <see cref="NetworkSummary"/>.</summary>
/// <param name="Path">Its path: <c>Layer1.0.Conv1</c>.</param>
/// <param name="Layer">The layer.</param>
/// <param name="Output">The shape of its output.</param>
/// <param name="Parameters">The number of its trained values.</param>
/// <param name="MultiplyAccumulates">The multiply-accumulates of its matrix products; a FLOP count is twice that.</param>
/// <param name="Activations">The number of values that it allocates; 0 if it returns its input, and for an activation function, which can work in place.</param>
/// <param name="Field">The receptive field of one of its values; null if that is the whole image, or there is no image.</param>
public sealed record LayerSummary(
    string Path, Layer Layer, Shape Output, long Parameters, long MultiplyAccumulates, long Activations, ReceptiveField? Field);
