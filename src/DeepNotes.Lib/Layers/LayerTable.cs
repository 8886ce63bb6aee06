namespace DeepNotes;

/// <summary>A network as a table: each innermost layer, its parameters' shapes and their number.</summary>
internal sealed class LayerTable(Module network)
{
    private static readonly string[] Header = ["", "Layer", "Parameters", "Count"];

    public string ToHtml() => HtmlTable.Write("deepnotes-layers", Header, Rows(), Caption);

    public string ToPlainText() =>
        string.Join('\n', Rows().Select(row => $"{row[0],-6}{row[1],-28}{row[2],-28}{row[3],12}").Append(Caption));

    private string Caption => $"{network.ParameterCount:N0} parameters";

    private List<string[]> Rows() => [.. Leaves(network, "").Select(leaf => new[]
    {
        leaf.Path,
        leaf.Layer.ToString() ?? "",
        string.Join(", ", leaf.Layer.NamedParameters.Select(named => $"{named.Name} {named.Parameter.Shape}")),
        leaf.Layer.ParameterCount == 0 ? "" : $"{leaf.Layer.ParameterCount:N0}",
    })];

    private static IEnumerable<(string Path, Module Layer)> Leaves(Module module, string path)
    {
        var children = module.NamedChildren.ToList();
        return children.Count == 0
            ? [(path, module)]
            : children.SelectMany(child => Leaves(child.Module, path.Length == 0 ? child.Name : $"{path}.{child.Name}"));
    }
}
