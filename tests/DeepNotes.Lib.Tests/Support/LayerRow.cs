namespace DeepNotes.Tests.Support;

/// <summary>A layer: its parameters by name, what it makes of inputs of some shapes, of a tensor or an error, and what it refuses else.</summary>
/// <param name="Make">Makes the layer.</param>
/// <param name="Parameters">The names of its parameters.</param>
/// <param name="Inputs">Shapes of inputs, each with the shape that comes out or the beginning of the message that refuses it.</param>
public sealed record LayerRow(Func<Layer> Make, string Parameters, params (int[] Input, string Result)[] Inputs)
{
    /// <summary>Its settings that are refused, and what is wrong with more than a shape.</summary>
    public IReadOnlyList<Mistake> Mistakes { get; init; } = [];

    /// <summary>Whether it takes any shape and gives the same: no input is refused.</summary>
    public bool IsElementwise { get; private init; }

    public bool Refuses => Mistakes.Count > 0 || Inputs.Any(input => !input.Result.StartsWith('['));

    public static LayerRow Elementwise(Func<Layer> make) =>
        new(make, "", [.. Shapes.Any.Select(shape => (shape.ToArray(), shape.ToString()))]) { IsElementwise = true };

    public override string ToString() => Make().ToString()!;
}
