namespace DeepNotes;

/// <summary>A parameter at one step.</summary>
/// <param name="Step">From 1, as <see cref="History.StepLosses"/> counts.</param>
/// <param name="Name">Its path in the network: <c>1.Weight</c>.</param>
/// <param name="GradientNorm">‖g‖₂ before clipping.</param>
/// <param name="LargestGradient">max |g|.</param>
/// <param name="WeightNorm">‖w‖₂ before the step.</param>
/// <param name="UpdateRatio">‖Δw‖₂/‖w‖₂ of the step; about 1e-3 is healthy (CS231n). 0 while gradients are accumulated.</param>
public sealed record ParameterRecord(int Step, string Name, double GradientNorm, double LargestGradient, double WeightNorm, double UpdateRatio);
