namespace DeepNotes.Cli.Benchmarks;

/// <summary>What one workload computes, for a comparison with the same in another framework.</summary>
/// <param name="Name">The workload.</param>
/// <param name="MultiplyAccumulates">Of one execution's products.</param>
/// <param name="Parameters">Trained values; null where nothing is trained.</param>
/// <param name="FirstLoss">Before the first step.</param>
/// <param name="LastLoss">After <see cref="Steps"/> steps on the same batch.</param>
/// <param name="AllocatedBytes">Managed memory that a step takes: small objects, for tensors have theirs from the step before.</param>
internal sealed record CheckedRow(
    string Name, double MultiplyAccumulates, long? Parameters, float? FirstLoss, float? LastLoss, long? AllocatedBytes)
{
    private const int Steps = 20;

    public static CheckedRow Of(Workload workload)
    {
        var prepared = workload.Prepare();
        if (prepared.Training is not { } training)
        {
            return new CheckedRow(workload.Name, prepared.MultiplyAccumulates, null, null, null, null);
        }

        var steps = Enumerable.Range(0, Steps + 1).Select(_ => Run(training)).ToList();
        return new CheckedRow(
            workload.Name, prepared.MultiplyAccumulates, training.Parameters, steps[0].Loss, steps[^1].Loss, steps.Min(step => step.Bytes));
    }

    private static (float Loss, long Bytes) Run(TrainingStep training)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        return (training.Run(), GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
