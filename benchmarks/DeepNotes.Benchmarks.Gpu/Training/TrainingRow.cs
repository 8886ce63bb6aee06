using DeepNotes.Backends;
using DeepNotes.Benchmarks.Gpu.Checks;

namespace DeepNotes.Benchmarks.Gpu.Training;

/// <summary>The losses of a training on a device compared with those on the CPU.</summary>
/// <param name="Name">The name of the model.</param>
/// <param name="Steps">The number of steps, all on one batch.</param>
/// <param name="FirstLoss">The loss on the CPU before the first step.</param>
/// <param name="LastLoss">The loss on the CPU before the last step.</param>
/// <param name="LastLossOnDevice">The loss on the device before the last step.</param>
/// <param name="Error">max |difference| of the losses over all steps / the largest loss.</param>
/// <param name="Tolerance">The largest error allowed.</param>
/// <param name="IsRight">Whether the error is within the tolerance and the loss has decreased.</param>
/// <param name="Message">The error message, if the training failed.</param>
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
