namespace DeepNotes;

/// <summary>What a callback remembers, for a checkpoint.</summary>
/// <param name="Tensors">Tensors by name.</param>
/// <param name="Numbers">Numbers by name.</param>
public sealed record CallbackState(IReadOnlyDictionary<string, Tensor> Tensors, IReadOnlyDictionary<string, double> Numbers)
{
    /// <summary>Nothing.</summary>
    public static CallbackState None { get; } = new(new Dictionary<string, Tensor>(), new Dictionary<string, double>());
}
