namespace DeepNotes;

/// <summary>A loss along a line through the parameters (Goodfellow et al. 2015): L(θ + α·d).</summary>
/// <param name="Positions">α; the network itself is at 0.</param>
/// <param name="Losses">L.</param>
public sealed record LossLine(IReadOnlyList<double> Positions, IReadOnlyList<double> Losses) : AnalysisResult
{
    /// <summary>Evaluates the loss along a line. The network runs in evaluation mode and is restored afterwards, even if the loss throws.</summary>
    /// <param name="network">The network with the parameters θ.</param>
    /// <param name="loss">Recomputes the scalar loss at each call: <c>() => Loss.CrossEntropy(net.Forward(x), labels)</c>.</param>
    /// <param name="direction">d.</param>
    /// <param name="from">The first α.</param>
    /// <param name="to">The last α.</param>
    /// <param name="points">The number of points.</param>
    /// <exception cref="ShapeException">The direction belongs to another network, or the loss is not a scalar.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than two points, or <paramref name="from"/> is not below <paramref name="to"/>.</exception>
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
