namespace DeepNotes.Cli.Benchmarks;

/// <summary>What one workload computes, for a comparison with the same in another framework.</summary>
/// <param name="Name">The workload.</param>
/// <param name="MultiplyAccumulates">Of one execution's products.</param>
/// <param name="Parameters">Trained values; null where nothing is trained.</param>
/// <param name="FirstLoss">Before the first step.</param>
/// <param name="LastLoss">After all steps, on the same batch.</param>
/// <param name="AllocatedBytes">Managed memory that a step takes: small objects, for tensors have theirs from the step before.</param>
/// <param name="OlderCollections">Collections of generation 1 or 2 in all these steps, from the third on.</param>
internal sealed record CheckedRow(
    string Name, double MultiplyAccumulates, long? Parameters, float? FirstLoss, float? LastLoss, long? AllocatedBytes, int? OlderCollections)
{
    // The first makes all memory, and after the second what stays is collected once.
    private const int UnsteadySteps = 2;

    public static CheckedRow Of(Workload workload, int steps)
    {
        var prepared = workload.Prepare();
        if (prepared.Training is not { } training)
        {
            return new CheckedRow(workload.Name, prepared.MultiplyAccumulates, null, null, null, null, null);
        }

        List<Step> taken = [.. Enumerable.Range(0, steps + 1).Select(_ => Step.Take(training))];
        return new CheckedRow(
            workload.Name, prepared.MultiplyAccumulates, training.Parameters, taken[0].Loss, taken[^1].Loss,
            taken.Skip(1).Min(step => step.Bytes), taken.Skip(UnsteadySteps).Sum(step => step.OlderCollections));
    }

    private readonly record struct Step(float Loss, long Bytes, int OlderCollections)
    {
        public static Step Take(TrainingStep training)
        {
            var (bytes, collections) = (GC.GetAllocatedBytesForCurrentThread(), GC.CollectionCount(1));
            var loss = training.Run();
            return new Step(loss, GC.GetAllocatedBytesForCurrentThread() - bytes, GC.CollectionCount(1) - collections);
        }
    }
}
