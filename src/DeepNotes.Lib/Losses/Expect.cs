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

    // x(x - 1) is above 0 outside of [0, 1] alone. Its largest value is all that is read, unless one is to be named.
    public static void Probabilities(string operation, Tensor values)
    {
        using var pause = Recording.Pause();
        if ((values * (values - 1)).Max().ToSingle() <= 0)
        {
            return;
        }

        foreach (var value in values.ToArray())
        {
            Check.InZeroToOne(value, operation, "target");
        }
    }
}
