namespace DeepNotes;

/// <summary>
/// Two recurrent layers on one sequence, one of which reads it from its end: [N, T, inputs] to [N, T, hidden + hidden],
/// where step t depends on what came before and after it (Schuster and Paliwal 1997). dx is the sum of both directions'.
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

    /// <summary>
    /// Reads a sequence [N, T, inputs] from a state for each way, zeros unless given: all hidden states [N, T, hidden + hidden],
    /// and the two states at the ends of their ways, which are the last step for one and the first for the other.
    /// </summary>
    /// <param name="x">The sequence.</param>
    /// <param name="leftToRight">Where <see cref="LeftToRight"/> begins, in front of step 0.</param>
    /// <param name="rightToLeft">Where <see cref="RightToLeft"/> begins, after the last step.</param>
    /// <exception cref="ShapeException">The sequence or a state does not fit.</exception>
    public (Tensor Outputs, RecurrentState LeftToRight, RecurrentState RightToLeft) Run(
        Tensor x, RecurrentState? leftToRight = null, RecurrentState? rightToLeft = null)
    {
        var (onward, right) = LeftToRight.Run(x, leftToRight);
        var (back, left) = RightToLeft.Run(Reversed(x), rightToLeft);
        return (Tensor.Concatenate(2, onward, Reversed(back)), right, left);
    }

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) =>
        Tensor.Concatenate(2, LeftToRight.Forward(x), Reversed(RightToLeft.Forward(Reversed(x))));

    /// <inheritdoc/>
    public override string ToString() => $"Bidirectional({LeftToRight}, {RightToLeft})";

    // An x that is no sequence is passed on unchanged: the layer's error names what it expected.
    private static Tensor Reversed(Tensor x) => x.Shape.Count != 3
        ? x
        : x.Take(1, [.. Enumerable.Range(0, x.Shape[1]).Reverse()]);
}
