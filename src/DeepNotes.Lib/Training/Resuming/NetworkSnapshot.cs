namespace DeepNotes;

/// <summary>Copies of a network's parameters and running statistics, by path.</summary>
internal sealed class NetworkSnapshot(IReadOnlyDictionary<string, Tensor> tensors)
{
    public IReadOnlyDictionary<string, Tensor> Tensors { get; } = tensors;

    public static NetworkSnapshot Of(Module network) =>
        new(network.NamedTensors.ToDictionary(named => named.Name, named => named.Value.To(named.Value.Device)));

    public void Restore(Module network)
    {
        foreach (var (name, value) in network.NamedTensors)
        {
            value.Assign(Tensors[name].To(value.Device));
        }
    }

    /// <summary>Describes why this is not a snapshot of the network; null if it is.</summary>
    public string? Mismatch(Module network)
    {
        var current = network.NamedTensors.ToList();
        if (current.FirstOrDefault(named => !Tensors.ContainsKey(named.Name)) is { Name: { } missing })
        {
            return $"it has no {missing}";
        }

        if (current.FirstOrDefault(named => Tensors[named.Name].Shape != named.Value.Shape) is { Name: { } other, Value: var value })
        {
            return $"{other} is {Tensors[other].Shape} in it and {value.Shape} here";
        }

        return Tensors.Keys.Except(current.Select(named => named.Name)).FirstOrDefault() is { } unknown
            ? $"it also has {unknown}"
            : null;
    }
}
