namespace DeepNotes;

/// <summary>The conditions that losses put on their inputs; each message names the loss, what it expects and what it got.</summary>
internal static class Expect
{
    public static void Rows(string operation, Tensor x, string what = "scores [N, C]")
    {
        if (x.Shape.Count != 2 || x.Length == 0)
        {
            throw new ShapeException($"{operation}: expected {what} of at least one sample, got {x.Shape}.");
        }
    }

    // A broadcast between an output and its target is nearly always a mistake.
    public static void SameShape(string operation, Tensor y, Tensor target, string what = "targets")
    {
        if (y.Length == 0)
        {
            throw new ShapeException($"{operation}: expected at least one value, got {y.Shape}.");
        }

        if (y.Shape != target.Shape)
        {
            throw new ShapeException($"{operation}: expected {what} of shape {y.Shape}, got {target.Shape}.");
        }
    }

    public static void That(bool holds, string operation, string expected, float given)
    {
        if (!holds)
        {
            throw new ArgumentOutOfRangeException(null, $"{operation}: expected {expected}, got {given}.");
        }
    }

    public static void Positive(string operation, string name, float given) =>
        That(given > 0 && float.IsFinite(given), operation, $"{name} > 0", given);

    public static void NotNegative(string operation, string name, float given) =>
        That(given >= 0 && float.IsFinite(given), operation, $"{name} of at least 0", given);

    public static void UnitInterval(string operation, string name, float given) =>
        That(given is >= 0 and <= 1, operation, $"{name} in [0, 1]", given);

    public static void Probabilities(string operation, Tensor values)
    {
        foreach (var value in values.ToArray())
        {
            UnitInterval(operation, "targets", value);
        }
    }
}
