namespace DeepNotes.Cli.Benchmarks;

/// <summary>A row of the table, built when its turn comes, so that one row's arrays are not held during the next.</summary>
internal sealed record Workload(string Name, Func<PreparedWorkload> Prepare);

/// <summary>What is timed, ready to run.</summary>
/// <param name="Run">One execution.</param>
/// <param name="MultiplyAccumulates">Of one execution's products; a FLOP count is twice that.</param>
/// <param name="Training">The step that it runs, where it trains.</param>
internal sealed record PreparedWorkload(Action Run, double MultiplyAccumulates, TrainingStep? Training = null)
{
    public static PreparedWorkload Of(TrainingStep step) => new(() => step.Run(), step.MultiplyAccumulates, step);
}
