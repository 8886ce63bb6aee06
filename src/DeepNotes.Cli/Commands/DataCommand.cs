using System.CommandLine;
using DeepNotes.Cli.Execution;

namespace DeepNotes.Cli.Commands;

/// <summary>Lists and downloads data sets.</summary>
internal static class DataCommand
{
    public static Command Create(CommandContext context) => new ExampleCommand(
        "data", "List and download data sets.",
        "deepnotes data list",
        "deepnotes data get mnist") { CreateList(context), CreateGet(context) };

    private static ExampleCommand CreateList(CommandContext context)
    {
        var command = new ExampleCommand("list", "List all data sets: origin, licence, and whether they are on this machine.", "deepnotes data list");
        command.SetAction(_ =>
        {
            foreach (var set in DataCatalog.Entries)
            {
                context.Output.WriteLine($"{set.Name}: {set.Title}");
                context.Output.WriteLine($"  samples  {set.Shapes}");
                context.Output.WriteLine($"  origin   {set.Origin}");
                context.Output.WriteLine($"  licence  {set.Licence}");
                context.Output.WriteLine($"  here     {set.State}{(set.DownloadBytes > 0 ? $" (download: {Megabytes(set.DownloadBytes)} MB)" : "")}");
            }

            return ExitCode.Success;
        });
        return command;
    }

    private static ExampleCommand CreateGet(CommandContext context)
    {
        var name = new Argument<string>("NAME") { Description = "A name from `deepnotes data list`." };
        var command = new ExampleCommand("get", "Download a data set, unless it is already on this machine.", "deepnotes data get mnist") { name };
        command.SetAction(async (result, cancellation) =>
        {
            var path = await GetAsync(result.GetRequiredValue(name), context, cancellation);
            context.Output.WriteLine($"{result.GetRequiredValue(name)}: {path}");
            return ExitCode.Success;
        });
        return command;
    }

    private static async Task<string> GetAsync(string name, CommandContext context, CancellationToken cancellation)
    {
        if (DataCatalog.Entries.All(set => set.Name != name))
        {
            throw CommandFailure.Usage($"{name}: no such data set; available: {string.Join(", ", DataCatalog.Entries.Select(set => set.Name))}.");
        }

        return await DownloadDisplay.ShowAsync(context, progress => Task.Run(() => DataCatalog.Get(name, progress, cancellation), cancellation));
    }

    private static string Megabytes(long bytes) => $"{bytes / 1e6:0.0}";
}
