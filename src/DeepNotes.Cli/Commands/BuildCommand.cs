using System.CommandLine;

namespace DeepNotes.Cli.Commands;

/// <summary>The start script has built by the time this runs: say where the library is.</summary>
internal static class BuildCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new ExampleCommand(
            "build", "Build the library that the notebooks load, if sources changed, and say where it is.", "deepnotes build");
        command.SetAction(_ =>
        {
            context.Workspace.RequireClone("build");
            var library = context.Workspace.Library;
            if (!File.Exists(library))
            {
                throw new CommandFailure($"{context.Shown(library)} is missing. Build it with: dotnet build src/DeepNotes.Lib -c Release");
            }

            context.Output.WriteLine($"The library is built: {context.Shown(library)}");
            context.Output.WriteLine("Notebooks that are open keep the old one until their kernel is restarted.");
            return ExitCode.Good;
        });
        return command;
    }
}
