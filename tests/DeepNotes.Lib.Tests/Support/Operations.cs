namespace DeepNotes.Tests.Support;

/// <summary>Every operation, layer and loss that has a value and gradients, with PyTorch's numbers for each.</summary>
public static class Operations
{
    private static readonly string[] Files = ["operations.json", "layers.json", "recurrent.json", "losses.json"];

    /// <summary>The operations and losses; the layers are in <see cref="LayerRows"/>.</summary>
    public static IReadOnlyList<OperationRow> Rows { get; } = [.. TensorOperations.Rows, .. LossOperations.Rows];

    public static IReadOnlyDictionary<string, Func<IReadOnlyList<Tensor>, Tensor>> All { get; } =
        Rows.SelectMany(row => row.Cases).Concat(LayerOperations.Rows).Concat(RecurrentOperations.Rows).ToDictionary();

    public static IReadOnlyDictionary<string, GoldenOperation> Golden { get; } =
        Files.SelectMany(GoldenFile.Read<GoldenOperation[]>).ToDictionary(row => row.Name);
}

public sealed record GoldenOperation(
    string Name, GoldenArray[] Inputs, GoldenArray Upstream, GoldenArray Value, GoldenArray[] Gradients);

/// <summary>One operation or loss: its cases, each with golden numbers of the same name, and the arguments that it refuses.</summary>
public sealed record OperationRow(string Name, Cases Cases, params Mistake[] Mistakes)
{
    public OperationRow(string name, Func<IReadOnlyList<Tensor>, Tensor> function, params Mistake[] mistakes)
        : this(name, new Cases { [name] = function }, mistakes)
    {
    }

    /// <summary>Whether it accepts any shape and preserves it; such an operation may have no refused arguments.</summary>
    public bool IsElementwise { get; private init; }

    public static OperationRow Elementwise(string name, Func<IReadOnlyList<Tensor>, Tensor> function, params Mistake[] mistakes) =>
        new(name, function, mistakes) { IsElementwise = true };

    public static OperationRow Elementwise(string name, Cases cases, params Mistake[] mistakes) =>
        new(name, cases, mistakes) { IsElementwise = true };
}

public sealed class Cases : Dictionary<string, Func<IReadOnlyList<Tensor>, Tensor>>;
