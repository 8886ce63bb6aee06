namespace DeepNotes.Notebooks.Execution;

/// <summary>Compiles and formats something small while the parent reads its notebook, so that the first cell starts warm.</summary>
internal static class Warmup
{
    public static void TryRun()
    {
        try
        {
            Run();
        }
        catch (Exception)
        {
            // The first cell will report the problem.
        }
    }

    private static void Run()
    {
        var compiler = new SubmissionCompiler(Environment.CurrentDirectory);
        var submission = compiler.Compile("int Twice(int x) => 2 * x; foreach (var i in new[] { 1 }) { } Twice(1)", "warm-up", CancellationToken.None);
        new CellRun(_ => { }).Execute(submission.Run, value => DisplayForms.Of(value));
    }
}
