namespace DeepNotes;

/// <summary>What <see cref="ReduceOnPlateau"/> remembers.</summary>
/// <param name="Factor">The factor now.</param>
/// <param name="Best">The best metric seen.</param>
/// <param name="Waited">Reports since then.</param>
/// <param name="Cooling">Reports that will not count yet.</param>
public sealed record PlateauState(double Factor, double Best, int Waited, int Cooling);
