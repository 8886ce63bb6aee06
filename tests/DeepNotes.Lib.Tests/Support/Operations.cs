namespace DeepNotes.Tests.Support;

/// <summary>Everything that has a value and gradients, with PyTorch's numbers for it.</summary>
public static class Operations
{
    private static readonly string[] Files = ["operations.json", "layers.json", "recurrent.json", "losses.json"];

    /// <summary>The operations and losses; layers have their own, <see cref="LayerRows"/>.</summary>
    public static IReadOnlyList<OperationRow> Rows { get; } = [.. TensorOperations.Rows, .. LossOperations.Rows];

    public static IReadOnlyDictionary<string, Func<IReadOnlyList<Tensor>, Tensor>> All { get; } =
        Rows.SelectMany(row => row.Cases).Concat(LayerOperations.Rows).Concat(RecurrentOperations.Rows).ToDictionary();

    public static IReadOnlyDictionary<string, GoldenOperation> Golden { get; } =
        Files.SelectMany(GoldenFile.Read<GoldenOperation[]>).ToDictionary(row => row.Name);
}

public sealed record GoldenOperation(
    string Name, GoldenArray[] Inputs, GoldenArray Upstream, GoldenArray Value, GoldenArray[] Gradients);
