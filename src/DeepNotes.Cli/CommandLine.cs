using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using DeepNotes.Cli.Commands;

namespace DeepNotes.Cli;

/// <summary>Parses the arguments, runs the command and returns its exit code.</summary>
internal static class CommandLine
{
    private static readonly TimeSpan TerminationTimeout = TimeSpan.FromSeconds(5);

    public static async Task<int> RunAsync(string[] arguments, CommandContext context, CancellationToken cancellation = default)
    {
        var invocation = Create(context).Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        var unrecognized = UnrecognizedOptions(invocation);
        if (invocation.Action is ParseErrorAction || (unrecognized.Count > 0 && invocation.Action is not HelpWithExamples))
        {
            return ReportUsage(invocation, unrecognized, context);
        }

        try
        {
            return await invocation.InvokeAsync(new InvocationConfiguration
            {
                Output = context.Output,
                Error = context.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = TerminationTimeout,
            }, cancellation);
        }
        catch (OperationCanceledException)
        {
            context.Error.WriteLine("Stopped. Unfinished results are not saved.");
            return ExitCode.Failed;
        }
        catch (Exception error)
        {
            context.Error.WriteLine(ErrorText.Of(error, context.ShowStackTraces));
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
        root.SetAction(result => help.Action is SynchronousCommandLineAction action ? action.Invoke(result) : ExitCode.Success);
        return root;
    }

    // An argument with several values accepts an unrecognized option as a value. After --, nothing is an option.
    private static List<string> UnrecognizedOptions(ParseResult invocation)
    {
        var words = invocation.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens).ToHashSet<Token>(ReferenceEqualityComparer.Instance);
        return
        [
            .. invocation.Tokens.TakeWhile(token => token.Type != TokenType.DoubleDash)
                .Where(token => token.Value.StartsWith('-') && words.Contains(token))
                .Select(token => $"Unrecognized option '{token.Value}'."),
        ];
    }

    private static int ReportUsage(ParseResult invocation, List<string> unrecognized, CommandContext context)
    {
        var command = invocation.CommandResult.Command;
        var name = command is RootCommand ? "deepnotes" : $"deepnotes {command.Name}";
        context.Error.WriteLine($"{name}: {string.Join(" ", invocation.Errors.Select(error => error.Message).Concat(unrecognized))} See: {name} --help");
        return ExitCode.Usage;
    }
}
