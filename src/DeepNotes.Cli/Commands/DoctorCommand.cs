using System.CommandLine;
using DeepNotes.Cli.Doctor;
using Spectre.Console;

namespace DeepNotes.Cli.Commands;

/// <summary>Looks whether this machine has what DeepNotes needs.</summary>
internal static class DoctorCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new ExampleCommand(
            "doctor", "Look whether everything needed is there, and say what to do where it is not.", "deepnotes doctor");
        command.SetAction(async (_, cancellation) =>
        {
            var lines = await new Checkup(context).RunAsync(cancellation);
            var grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn(new GridColumn().NoWrap()).AddColumn();
            foreach (var line in lines)
            {
                var advice = line.Advice.Length > 0 ? $"{line.Found}: {line.Advice}" : line.Found;
                grid.AddRow(Mark(line.Finding), Markup.Escape(line.Subject), Markup.Escape(advice));
            }

            context.CreateConsole().Write(grid);
            return lines.Any(line => line.Finding == Finding.Missing) ? ExitCode.Failed : ExitCode.Good;
        });
        return command;
    }

    private static string Mark(Finding verdict) => verdict switch
    {
        Finding.Ok => "[green]ok[/]",
        Finding.Optional => "[yellow]missing (optional)[/]",
        _ => "[red]missing[/]",
    };
}
