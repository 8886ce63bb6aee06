namespace DeepNotes;

/// <summary>
/// Two recurrent layers on one sequence, one of which reads it from its end: [N, T, inputs] to [N, T, hidden + hidden],
/// where step t knows what came before and what comes after (Schuster and Paliwal 1997). dx is the sum of both ways'.
/// </summary>
public sealed class Bidirectional : Layer
{
    /// <summary>Joins two layers, which have weights of their own.</summary>
    /// <exception cref="ArgumentException">The same layer twice, or layers of other inputs.</exception>
    public Bidirectional(Recurrent leftToRight, Recurrent rightToLeft)
    {
        if (ReferenceEquals(leftToRight, rightToLeft) || leftToRight.Inputs != rightToLeft.Inputs)
        {
            throw new ArgumentException(
                $"Bidirectional: expected two layers with the same inputs, got {leftToRight} and {(ReferenceEquals(leftToRight, rightToLeft) ? "itself" : rightToLeft)}.",
                nameof(rightToLeft));
        }

        (LeftToRight, RightToLeft) = (leftToRight, rightToLeft);
    }

    /// <summary>The layer that reads from step 0 on.</summary>
    public Recurrent LeftToRight { get; }

    /// <summary>The layer that reads from the last step back; its states are the last features.</summary>
    public Recurrent RightToLeft { get; }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) =>
        Tensor.Concatenate(2, LeftToRight.Forward(x), Reversed(RightToLeft.Forward(Reversed(x))));

    /// <inheritdoc/>
    public override string ToString() => $"Bidirectional({LeftToRight}, {RightToLeft})";

    // An x that is no sequence goes on as it is: the layer names what it expected.
    private static Tensor Reversed(Tensor x) => x.Shape.Count != 3
        ? x
        : x.Take(1, [.. Enumerable.Range(0, x.Shape[1]).Reverse()]);
}
