namespace DeepNotes.Cli.Execution;

/// <summary>
/// Readers should see real digits: before chapters are executed for the book, MNIST is fetched once, unless the reader
/// has said which data to use. Other notebooks have data of their own. Without a network the generated digits serve.
/// </summary>
internal static class RealData
{
    public static async Task TryGetAsync(CommandContext context, CancellationToken cancellation)
    {
        if (!context.Workspace.IsClone || !CommandContext.MayDownload || context.DescribeData() != CommandContext.GeneratedData)
        {
            return;
        }

        try
        {
            await DownloadDisplay.ShowAsync(context, async progress =>
            {
                await context.GetRealData(progress, cancellation);
                return true;
            });
        }
        catch (DownloadException error)
        {
            context.Output.WriteLine($"No MNIST, so digits drawn by the library stand in. {error.Message}");
        }
    }
}
