namespace DeepNotes;

/// <summary>Finds layers by their paths in a network, such as <c>1.Branch.0</c>.</summary>
internal static class LayerPath
{
    public static Layer Find(string operation, Layer network, string path) =>
        All(network).FirstOrDefault(found => found.Path == path).Layer ?? throw Unknown(operation, path, All(network).Select(found => found.Path));

    public static string FirstConvolution(string operation, Layer network) => Convolutions(operation, network)[0];

    public static string LastConvolution(string operation, Layer network) => Convolutions(operation, network)[^1];

    public static ArgumentException Unknown(string operation, string path, IEnumerable<string> known) =>
        new($"{operation}: there is no layer \"{path}\"; there are {string.Join(", ", known)}.", nameof(path));

    private static List<string> Convolutions(string operation, Layer network) =>
        All(network).Where(found => found.Layer is Conv2d).Select(found => found.Path).ToList() is { Count: > 0 } paths
            ? paths
            : throw new ArgumentException($"{operation}: {network} has no Conv2d.", nameof(network));

    private static IEnumerable<(string Path, Layer Layer)> All(Module module, string prefix = "")
    {
        foreach (var (name, child) in module.NamedChildren)
        {
            if (child is Layer layer)
            {
                yield return (prefix + name, layer);
            }

            foreach (var inner in All(child, $"{prefix}{name}."))
            {
                yield return inner;
            }
        }
    }
}
