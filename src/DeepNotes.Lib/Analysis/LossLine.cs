namespace DeepNotes;

/// <summary>A loss along a line through the parameters (Goodfellow et al. 2015): L(θ + α·d).</summary>
/// <param name="Positions">α; the network itself is at 0.</param>
/// <param name="Losses">L.</param>
public sealed record LossLine(IReadOnlyList<double> Positions, IReadOnlyList<double> Losses) : AnalysisResult
{
    /// <summary>Measures it, with the network in evaluation; the network is left as it was, also if the loss throws.</summary>
    /// <param name="network">Its parameters are θ.</param>
    /// <param name="loss">Computes the scalar loss anew at each call: <c>() => Loss.CrossEntropy(net.Forward(x), labels)</c>.</param>
    /// <param name="direction">d.</param>
    /// <param name="from">The first α.</param>
    /// <param name="to">The last α.</param>
    /// <param name="points">How many.</param>
    /// <exception cref="ShapeException">A direction of another network, or a loss that is not a scalar.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than two points, or a range that does not rise.</exception>
    public static LossLine Along(Layer network, Func<Tensor> loss, Direction direction, double from = -1, double to = 1, int points = 41)
    {
        const string operation = "LossLine.Along";
        var positions = LossSlice.Positions(operation, from, to, points);
        var slice = new LossSlice(operation, network, loss, direction);
        return new(positions, [.. positions.Select(alpha => slice.At(alpha))]);
    }

    /// <inheritdoc/>
    public override Chart Chart() => DeepNotes.Chart.Line(Positions, Losses)
        .WithTitle("Loss along a line")
        .WithXAxis("α")
        .WithYAxis("loss");
}
