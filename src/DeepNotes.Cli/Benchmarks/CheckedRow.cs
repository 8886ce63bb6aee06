namespace DeepNotes.Cli.Benchmarks;

/// <summary>What one workload computes, for a comparison with the same in another framework.</summary>
/// <param name="Name">The workload.</param>
/// <param name="MultiplyAccumulates">Of one execution's products.</param>
/// <param name="Parameters">Trained values; null where nothing is trained.</param>
/// <param name="FirstLoss">Before the first step.</param>
/// <param name="LastLoss">After <see cref="Steps"/> steps on the same batch.</param>
internal sealed record CheckedRow(string Name, double MultiplyAccumulates, long? Parameters, float? FirstLoss, float? LastLoss)
{
    private const int Steps = 20;

    public static CheckedRow Of(Workload workload)
    {
        var prepared = workload.Prepare();
        var losses = Enumerable.Range(0, Steps + 1).Select(_ => prepared.Training?.Run()).ToList();
        return new CheckedRow(workload.Name, prepared.MultiplyAccumulates, prepared.Training?.Parameters, losses[0], losses[^1]);
    }
}
