namespace DeepNotes;

/// <summary>Everything that a step changes: weights, running statistics, the generators of random layers and the state of the optimizer.</summary>
internal sealed record LearnerState(NetworkSnapshot Network, IReadOnlyDictionary<string, ulong> Generators, OptimizerSnapshot Optimizer)
{
    public static LearnerState Of(Layer network, Optimizer optimizer)
    {
        var state = optimizer.Save(network.Parameters);
        return new LearnerState(
            NetworkSnapshot.Of(network),
            network.NamedGenerators.ToDictionary(named => named.Name, named => named.Generator.State),
            state with { Tensors = state.Tensors.ToDictionary(pair => pair.Key, pair => pair.Value.To(pair.Value.Device)) });
    }

    /// <summary>Describes why this is not a state of the network; null if it is.</summary>
    public string? Mismatch(Layer network)
    {
        var names = network.NamedGenerators.Select(named => named.Name).ToList();
        return Network.Mismatch(network)
            ?? (names.ToHashSet().SetEquals(Generators.Keys)
                ? null
                : $"its random layers are [{string.Join(", ", Generators.Keys)}], here they are [{string.Join(", ", names)}]");
    }

    /// <exception cref="ArgumentException">The state is that of another optimizer; nothing is changed.</exception>
    public void Restore(Layer network, Optimizer optimizer)
    {
        optimizer.Restore(Optimizer, network.Parameters);
        Network.Restore(network);
        foreach (var (name, generator) in network.NamedGenerators)
        {
            generator.State = Generators[name];
        }
    }
}
