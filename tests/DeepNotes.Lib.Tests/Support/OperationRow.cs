namespace DeepNotes.Tests.Support;

/// <summary>One operation or loss: its cases, functions that PyTorch has numbers for under the same name, and what it refuses.</summary>
public sealed record OperationRow(string Name, Cases Cases, params Mistake[] Mistakes)
{
    public OperationRow(string name, Func<IReadOnlyList<Tensor>, Tensor> function, params Mistake[] mistakes)
        : this(name, new Cases { [name] = function }, mistakes)
    {
    }

    /// <summary>Whether it takes any shape and gives the same: what does so may refuse nothing.</summary>
    public bool IsElementwise { get; private init; }

    public static OperationRow Elementwise(string name, Func<IReadOnlyList<Tensor>, Tensor> function, params Mistake[] mistakes) =>
        new(name, function, mistakes) { IsElementwise = true };

    public static OperationRow Elementwise(string name, Cases cases, params Mistake[] mistakes) =>
        new(name, cases, mistakes) { IsElementwise = true };
}

public sealed class Cases : Dictionary<string, Func<IReadOnlyList<Tensor>, Tensor>>;
