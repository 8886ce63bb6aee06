using DeepNotes.Backends;
using DeepNotes.Benchmarks.Gpu.Checks;

namespace DeepNotes.Benchmarks.Gpu.Training;

/// <summary>A training on a device beside the same on the CPU.</summary>
/// <param name="Name">The model.</param>
/// <param name="Steps">On one batch.</param>
/// <param name="FirstLoss">On the CPU, before the first step.</param>
/// <param name="LastLoss">On the CPU, before the last step.</param>
/// <param name="LastLossOnDevice">The same there.</param>
/// <param name="Error">The largest |difference| of all steps' losses as a share of the largest loss.</param>
/// <param name="Tolerance">What it may be.</param>
/// <param name="IsRight">Whether it is, and the loss has become less.</param>
/// <param name="Message">What went wrong, where nothing was trained.</param>
internal sealed record TrainingRow(
    string Name, int Steps, float FirstLoss, float LastLoss, float LastLossOnDevice, double Error, double Tolerance, bool IsRight, string? Message)
{
    public const double MostError = 1e-3;

    public static TrainingRow Of(TrainedModel model, Device device, int steps)
    {
        var onCpu = model.Losses(Device.Cpu, steps);
        try
        {
            var there = model.Losses(device, steps);
            var error = KernelCheck.WorstError(there, onCpu);
            return new TrainingRow(model.Name, steps, onCpu[0], onCpu[^1], there[^1], error, MostError, error <= MostError && onCpu[^1] < onCpu[0], null);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            return new TrainingRow(model.Name, steps, onCpu[0], onCpu[^1], float.NaN, double.NaN, MostError, false, failure.GetBaseException().Message);
        }
    }
}
