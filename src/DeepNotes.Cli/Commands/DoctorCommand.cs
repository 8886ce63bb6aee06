using System.CommandLine;
using Spectre.Console;

namespace DeepNotes.Cli.Commands;

/// <summary>Checks whether this machine has everything that DeepNotes needs.</summary>
internal static class DoctorCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new ExampleCommand(
            "doctor", "Check whether everything needed is installed, and explain how to fix what is not.", "deepnotes doctor");
        command.SetAction(async (_, cancellation) =>
        {
            var lines = await new EnvironmentCheck(context).RunAsync(cancellation);
            var grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn(new GridColumn().NoWrap()).AddColumn();
            foreach (var line in lines)
            {
                var advice = line.Advice.Length > 0 ? $"{line.Detail}: {line.Advice}" : line.Detail;
                grid.AddRow(Mark(line.Status), Markup.Escape(line.Subject), Markup.Escape(advice));
            }

            context.CreateConsole().Write(grid);
            return lines.Any(line => line.Status == CheckStatus.Missing) ? ExitCode.Failed : ExitCode.Success;
        });
        return command;
    }

    private static string Mark(CheckStatus status) => status switch
    {
        CheckStatus.Ok => "[green]ok[/]",
        CheckStatus.Optional => "[yellow]missing (optional)[/]",
        _ => "[red]missing[/]",
    };
}
