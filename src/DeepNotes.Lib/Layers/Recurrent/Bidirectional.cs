namespace DeepNotes;

/// <summary>
/// Two recurrent layers on one sequence, one of which reads it backwards: [N, T, inputs] to [N, T, hidden + hidden],
/// where step t depends on what came before and after it (Schuster and Paliwal 1997). dx is the sum over both directions.
/// </summary>
public sealed class Bidirectional : Layer
{
    /// <summary>Combines two layers with separate weights.</summary>
    /// <exception cref="ArgumentException">The same layer twice, or layers with different inputs.</exception>
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

    /// <summary>The layer that reads forwards.</summary>
    public Recurrent LeftToRight { get; }

    /// <summary>The layer that reads backwards; its states are the last features.</summary>
    public Recurrent RightToLeft { get; }

    /// <summary>
    /// Reads a sequence [N, T, inputs] from a state for each direction, zeros unless given: all hidden states [N, T, hidden + hidden],
    /// and the two final states, after the last step for one and after the first for the other.
    /// </summary>
    /// <param name="x">The sequence.</param>
    /// <param name="leftToRight">The state of <see cref="LeftToRight"/> before step 0.</param>
    /// <param name="rightToLeft">The state of <see cref="RightToLeft"/> after the last step, where it begins.</param>
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

    // An x that is not a sequence is passed on unchanged: the layer's error names what it expected.
    private static Tensor Reversed(Tensor x) => x.Shape.Count != 3
        ? x
        : x.Take(1, [.. Enumerable.Range(0, x.Shape[1]).Reverse()]);
}
