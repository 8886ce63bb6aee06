namespace DeepNotes.Backends.Cpu;

/// <summary>One round of a convolution or of its input's gradient: each unit's planes with the weights of its group.</summary>
/// <param name="Planes">Of all units of the round.</param>
/// <param name="PlanesEach">Planes of a unit.</param>
/// <param name="Taps">Where each tap begins in the planes of its unit.</param>
/// <param name="Positions">Where outputs go.</param>
/// <param name="Weights">[groups · Rows, taps].</param>
/// <param name="Groups">Units whose weights differ.</param>
/// <param name="Rows">Output planes of a unit.</param>
/// <param name="Y">All units' outputs.</param>
/// <param name="Area">Of a plane of them.</param>
internal readonly record struct CorrelatedUnits(
    Planes Planes, int PlanesEach, int[] Taps, OutputPositions Positions, float[] Weights, int Groups, int Rows, float[] Y, int Area)
{
    // Multiply-adds worth handing to another thread.
    private const long Grain = 1 << 20;

    /// <summary>Computes the units of a round: whole images where there are many, some panels of them where there are few.</summary>
    public void Compute(int first, int count)
    {
        var panels = Correlation.Widest.Panels(Positions);
        var panelsEach = (int)Math.Clamp(Grain / ((long)Taps.Length * Rows * Correlation.Widest.PanelPositions), 1, panels);
        var pieces = Work.CeilDiv(panels, panelsEach);
        Work.InPieces(count * pieces, 1, (this, first, panels, panelsEach, pieces), static (in work, item, _) =>
        {
            var (units, first, panels, panelsEach, pieces) = work;
            var (unit, piece) = Math.DivRem(item, pieces);
            units.Compute(unit, first + unit, piece * panelsEach, Math.Min(panels, (piece + 1) * panelsEach));
        });
    }

    // A unit of the round, which is the i-th of all.
    private void Compute(int unit, int i, int firstPanel, int endPanel)
    {
        var planes = Planes.Values.AsSpan(unit * PlanesEach * Planes.Size.Area);
        var weights = Weights.AsSpan(i % Groups * Rows * Taps.Length);
        Correlation.Widest.Run(weights, Rows, planes, Taps, Positions, firstPanel, endPanel, Y.AsSpan(i * Rows * Area, Rows * Area));
    }
}
