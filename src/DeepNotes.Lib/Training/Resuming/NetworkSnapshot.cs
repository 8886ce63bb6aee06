namespace DeepNotes;

/// <summary>Copies of a network's parameters and running statistics, by path.</summary>
internal sealed class NetworkSnapshot(IReadOnlyDictionary<string, Tensor> tensors)
{
    public IReadOnlyDictionary<string, Tensor> Tensors { get; } = tensors;

    public static NetworkSnapshot Of(Module network) =>
        new(Slots(network).ToDictionary(slot => slot.Name, slot => slot.Value.To(slot.Value.Device)));

    public void Restore(Module network)
    {
        foreach (var (name, value) in Slots(network))
        {
            value.Assign(Tensors[name].To(value.Device));
        }
    }

    /// <summary>Describes why this is not a snapshot of the network; null if it is.</summary>
    public string? Mismatch(Module network)
    {
        var slots = Slots(network).ToList();
        if (slots.FirstOrDefault(slot => !Tensors.ContainsKey(slot.Name)) is { Name: { } missing })
        {
            return $"it has no {missing}";
        }

        if (slots.FirstOrDefault(slot => Tensors[slot.Name].Shape != slot.Value.Shape) is { Name: { } other, Value: var value })
        {
            return $"{other} is {Tensors[other].Shape} in it and {value.Shape} here";
        }

        return Tensors.Keys.Except(slots.Select(slot => slot.Name)).FirstOrDefault() is { } unknown
            ? $"it also has {unknown}"
            : null;
    }

    private static IEnumerable<(string Name, Tensor Value)> Slots(Module network) =>
        network.NamedParameters.Select(named => (named.Name, named.Parameter.Value))
            .Concat(network.NamedStatistics.Select(named => (named.Name, named.Statistic.Value)));
}
