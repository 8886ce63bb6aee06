namespace DeepNotes;

/// <summary>A loss over a plane through the parameters (Li et al. 2018): L(θ + α·d + β·e).</summary>
/// <param name="X">α; the network itself is at 0, 0.</param>
/// <param name="Y">β.</param>
/// <param name="Losses">L, one row for each β.</param>
public sealed record LossSurface(IReadOnlyList<double> X, IReadOnlyList<double> Y, double[,] Losses) : AnalysisResult
{
    /// <summary>Evaluates the loss over a plane. The network runs in evaluation mode and is restored afterwards, even if the loss throws.</summary>
    /// <param name="network">The network with the parameters θ.</param>
    /// <param name="loss">Recomputes the scalar loss at each call: <c>() => Loss.CrossEntropy(net.Forward(x), labels)</c>.</param>
    /// <param name="first">d.</param>
    /// <param name="second">e.</param>
    /// <param name="from">The first α and β.</param>
    /// <param name="to">The last α and β.</param>
    /// <param name="points">The number of points of each; the loss is evaluated at every pair.</param>
    /// <exception cref="ShapeException">A direction belongs to another network, or the loss is not a scalar.</exception>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than two points, or <paramref name="from"/> is not below <paramref name="to"/>.</exception>
    public static LossSurface Over(
        Layer network, Func<Tensor> loss, Direction first, Direction second, double from = -1, double to = 1, int points = 21)
    {
        const string operation = "LossSurface.Over";
        var positions = LossSlice.Positions(operation, from, to, points);
        var slice = new LossSlice(operation, network, loss, first, second);
        var losses = new double[points, points];
        for (var row = 0; row < points; row++)
        {
            for (var column = 0; column < points; column++)
            {
                losses[row, column] = slice.At(positions[column], positions[row]);
            }
        }

        return new(positions, positions, losses);
    }

    /// <summary>The losses as a surface plot.</summary>
    public override Chart Chart() => Titled(DeepNotes.Chart.Surface(Losses, X, Y)).WithZAxis("loss");

    /// <summary>The losses as a contour plot.</summary>
    public Chart Contour() => Titled(DeepNotes.Chart.Contour(Losses, X, Y));

    private static Chart Titled(Chart chart) => chart.WithTitle("Loss over a plane").WithXAxis("α").WithYAxis("β");
}
