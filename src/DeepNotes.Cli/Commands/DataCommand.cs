using System.CommandLine;
using DeepNotes.Cli.Execution;

namespace DeepNotes.Cli.Commands;

/// <summary>Which data sets there are, and getting one.</summary>
internal static class DataCommand
{
    public static Command Create(CommandContext context) => new ExampleCommand(
        "data", "List data sets and get them.",
        "deepnotes data list",
        "deepnotes data get mnist") { CreateList(context), CreateGet(context) };

    private static ExampleCommand CreateList(CommandContext context)
    {
        var command = new ExampleCommand("list", "All data sets: origin, licence, and what of them is on this machine.", "deepnotes data list");
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

            return ExitCode.Good;
        });
        return command;
    }

    private static ExampleCommand CreateGet(CommandContext context)
    {
        var name = new Argument<string>("NAME") { Description = "A name that `deepnotes data list` shows." };
        var command = new ExampleCommand("get", "Bring a data set onto this machine, unless it is there.", "deepnotes data get mnist") { name };
        command.SetAction(async (result, cancellation) =>
        {
            var place = await GetAsync(result.GetRequiredValue(name), context, cancellation);
            context.Output.WriteLine($"{result.GetRequiredValue(name)}: {place}");
            return ExitCode.Good;
        });
        return command;
    }

    private static async Task<string> GetAsync(string name, CommandContext context, CancellationToken cancellation)
    {
        if (DataCatalog.Entries.All(set => set.Name != name))
        {
            throw CommandFailure.Usage($"{name}: no such data set; there are {string.Join(", ", DataCatalog.Entries.Select(set => set.Name))}.");
        }

        return await DownloadDisplay.ShowAsync(context, progress => Task.Run(() => DataCatalog.Get(name, progress, cancellation), cancellation));
    }

    private static string Megabytes(long bytes) => $"{bytes / 1e6:0.0}";
}
