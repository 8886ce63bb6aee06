using System.CommandLine;

namespace DeepNotes.Cli.Commands;

/// <summary>Prints the path of the library, which the start script has already built.</summary>
internal static class BuildCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new ExampleCommand(
            "build", "Build the library that the notebooks load, if sources changed, and print its path.", "deepnotes build");
        command.SetAction(_ =>
        {
            context.Workspace.RequireClone("build");
            var library = context.Workspace.Library;
            if (!File.Exists(library))
            {
                throw new CommandFailure($"{context.DisplayPath(library)} is missing. Build it with: dotnet build src/DeepNotes.Lib -c Release");
            }

            context.Output.WriteLine($"The library is built: {context.DisplayPath(library)}");
            context.Output.WriteLine("Open notebooks use the old one until you restart their kernel.");
            return ExitCode.Success;
        });
        return command;
    }
}
