namespace DeepNotes;

/// <summary>
/// Eigenvalues of a Hessian, the curvatures of the loss. Gradient descent diverges with step sizes above 2/λmax; a
/// stationary point with eigenvalues of both signs is a saddle.
/// </summary>
/// <param name="Eigenvalues">λ, in descending order.</param>
/// <param name="Size">The number of rows of the matrix.</param>
/// <param name="Residual">
/// The largest ‖Hq - λq‖ of the eigenpairs found by iteration: an eigenvalue of H lies within this distance of each λ. 0 if the whole spectrum was computed.
/// </param>
public sealed record Spectrum(IReadOnlyList<double> Eigenvalues, int Size, double Residual) : AnalysisResult
{
    /// <summary>The largest of them.</summary>
    public double Largest => Eigenvalues[0];

    /// <summary>The smallest of them.</summary>
    public double Smallest => Eigenvalues[^1];

    /// <inheritdoc/>
    public override Chart Chart() => DeepNotes.Chart.Line(Enumerable.Range(1, Eigenvalues.Count), Eigenvalues, markers: true)
        .WithTitle("Eigenvalues of the Hessian")
        .WithSubtitle(
            $"{Eigenvalues.Count} of {Size}: {Smallest:G4} to {Largest:G4}, {Eigenvalues.Count(value => value < 0)} negative"
            + (Residual > 0 ? $", residual {Residual:G2}" : ""))
        .WithXAxis("rank")
        .WithYAxis("λ");

    internal static Spectrum Of(IEnumerable<double> eigenvalues, int size, double residual) =>
        new([.. eigenvalues.OrderDescending()], size, residual);
}
