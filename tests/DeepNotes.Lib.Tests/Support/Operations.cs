namespace DeepNotes.Tests.Support;

/// <summary>Everything that has a value and gradients, one row each, with PyTorch's numbers for it.</summary>
public static class Operations
{
    private static readonly (string File, IReadOnlyDictionary<string, Func<IReadOnlyList<Tensor>, Tensor>> Rows)[] Tables =
    [
        ("operations.json", TensorOperations.Rows),
        ("layers.json", LayerOperations.Rows),
        ("recurrent.json", RecurrentOperations.Rows),
        ("losses.json", LossOperations.Rows),
    ];

    public static IReadOnlyDictionary<string, Func<IReadOnlyList<Tensor>, Tensor>> All { get; } =
        Tables.SelectMany(table => table.Rows).ToDictionary();

    public static IReadOnlyDictionary<string, GoldenOperation> Golden { get; } =
        Tables.SelectMany(table => GoldenFile.Read<GoldenOperation[]>(table.File)).ToDictionary(row => row.Name);
}

public sealed record GoldenOperation(
    string Name, GoldenArray[] Inputs, GoldenArray Upstream, GoldenArray Value, GoldenArray[] Gradients);
