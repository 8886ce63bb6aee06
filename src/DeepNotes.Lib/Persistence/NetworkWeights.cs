namespace DeepNotes;

/// <summary>Saves the parameters and running statistics of a network to a file, and loads them.</summary>
public static class NetworkWeights
{
    // PyTorch also stores the number of batches that a batch normalisation has seen; it is not needed here.
    private const string BatchCounter = "num_batches_tracked";

    /// <summary>
    /// Writes all parameters and running statistics as safetensors, under their paths in the network, or under
    /// PyTorch's names: <c>net.Save("net.safetensors", WeightNames.ToPyTorch)</c>.
    /// </summary>
    /// <exception cref="WeightFileException">The file cannot be written; an existing one is unchanged.</exception>
    public static void Save(this Module network, string path, Func<string, string>? names = null) =>
        Safetensors.Save(path, Renamed(network, names).ToDictionary(named => named.Name, named => named.Value), new Dictionary<string, string> { ["format"] = "pt" });

    /// <summary>
    /// Loads a file written by <see cref="Save"/> or another tool. The file must contain every parameter and running statistic
    /// with its shape, and nothing else; everything is checked before the first value changes.
    /// </summary>
    /// <exception cref="WeightFileException">The file is damaged, belongs to another network, or contains weights that are not finite.</exception>
    public static void Load(this Module network, string path, Func<string, string>? names = null)
    {
        var file = Safetensors.Load(path);
        var tensors = Renamed(network, names).ToList();
        CheckNames(network, path, tensors, file);
        foreach (var named in tensors)
        {
            var loaded = file.Tensors[named.Name];
            if (loaded.Shape != named.Value.Shape)
            {
                throw new WeightFileException(path, named.Name, $"shape {named.Value.Shape}", $"{loaded.Shape}");
            }

            if (Array.FindIndex(loaded.ToArray(), value => !float.IsFinite(value)) is >= 0 and var index)
            {
                throw new WeightFileException(path, named.Name, "finite numbers", $"{loaded.ToArray()[index]} at element {index}");
            }
        }

        foreach (var named in tensors)
        {
            named.Value.Assign(file.Tensors[named.Name].To(named.Value.Device));
        }
    }

    private static IEnumerable<(string Name, Tensor Value)> Renamed(Module network, Func<string, string>? names) =>
        network.NamedTensors.Select(named => (names?.Invoke(named.Name) ?? named.Name, named.Value));

    private static void CheckNames(Module network, string path, List<(string Name, Tensor Value)> tensors, WeightFile file)
    {
        var known = tensors.Select(named => named.Name).ToHashSet();
        var missing = known.Where(name => !file.Tensors.ContainsKey(name)).ToList();
        var unknown = file.Tensors.Keys.Where(name => !known.Contains(name) && !name.EndsWith(BatchCounter, StringComparison.Ordinal)).ToList();
        if (missing.Count > 0)
        {
            var isPyTorch = Renamed(network, WeightNames.ToPyTorch).All(named => file.Tensors.ContainsKey(named.Name));
            var advice = isPyTorch ? "; these are PyTorch's names: Load(path, WeightNames.ToPyTorch)" : "";
            throw new WeightFileException(path, missing[0], $"a tensor of this name ({missing.Count} of {known.Count} are missing{advice})", Some(file.Tensors.Keys));
        }

        if (unknown.Count > 0)
        {
            throw new WeightFileException(path, unknown[0], $"nothing but the {known.Count} weights of this network", $"{unknown.Count} more");
        }
    }

    private static string Some(IEnumerable<string> names) => $"{string.Join(", ", names.Take(4))}…";
}
