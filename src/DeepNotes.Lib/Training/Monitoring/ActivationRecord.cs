namespace DeepNotes;

/// <summary>What a layer gave out at one step.</summary>
/// <param name="Step">From 1, as <see cref="History.StepLosses"/> counts.</param>
/// <param name="Name">Its path in the network, with its kind: <c>1 ReLU</c>.</param>
/// <param name="Mean">Mean over the batch and all units.</param>
/// <param name="Deviation">Standard deviation over the same.</param>
/// <param name="ZeroShare">The share that is exactly 0.</param>
public sealed record ActivationRecord(int Step, string Name, double Mean, double Deviation, double ZeroShare);
