using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using DeepNotes.Cli.Commands;

namespace DeepNotes.Cli;

/// <summary>The commands, and the way from arguments to an exit code.</summary>
internal static class CommandLine
{
    private static readonly TimeSpan TimeToStopSessions = TimeSpan.FromSeconds(5);

    public static async Task<int> RunAsync(string[] arguments, CommandContext context, CancellationToken cancellation = default)
    {
        var invocation = Create(context).Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        var misspelt = Misspelt(invocation);
        if (invocation.Action is ParseErrorAction || (misspelt.Count > 0 && invocation.Action is not HelpWithExamples))
        {
            return ReportUsage(invocation, misspelt, context);
        }

        try
        {
            return await invocation.InvokeAsync(new InvocationConfiguration
            {
                Output = context.Output,
                Error = context.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = TimeToStopSessions,
            }, cancellation);
        }
        catch (OperationCanceledException)
        {
            context.Error.WriteLine("Stopped. What was running is not saved.");
            return ExitCode.Failed;
        }
        catch (Exception error)
        {
            context.Error.WriteLine(ErrorText.Of(error, context.ShowsTraces));
            return error is CommandFailure failure ? failure.ExitCode : ExitCode.Failed;
        }
    }

    private static RootCommand Create(CommandContext context)
    {
        var root = new RootCommand("DeepNotes: interactive C# notebooks on deep learning.")
        {
            RunCommand.Create(context),
            ImportCommand.Create(context),
            CheckCommand.Create(context),
            BookCommand.Create(context),
            FiguresCommand.Create(context),
            KernelCommand.Create(context),
            DataCommand.Create(context),
            DoctorCommand.Create(context),
            BenchCommand.Create(context),
            BuildCommand.Create(context),
        };
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((HelpAction)help.Action!);
        root.SetAction(result => help.Action is SynchronousCommandLineAction action ? action.Invoke(result) : ExitCode.Good);
        return root;
    }

    // A list of words takes a misspelt option as one of them. After -- nothing is an option.
    private static List<string> Misspelt(ParseResult invocation)
    {
        var words = invocation.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens).ToHashSet<Token>(ReferenceEqualityComparer.Instance);
        return
        [
            .. invocation.Tokens.TakeWhile(token => token.Type != TokenType.DoubleDash)
                .Where(token => token.Value.StartsWith('-') && words.Contains(token))
                .Select(token => $"Unrecognized option '{token.Value}'."),
        ];
    }

    private static int ReportUsage(ParseResult invocation, List<string> misspelt, CommandContext context)
    {
        var command = invocation.CommandResult.Command;
        var name = command is RootCommand ? "deepnotes" : $"deepnotes {command.Name}";
        context.Error.WriteLine($"{name}: {string.Join(" ", invocation.Errors.Select(error => error.Message).Concat(misspelt))} See: {name} --help");
        return ExitCode.Usage;
    }
}
