using System.Diagnostics;
using System.Globalization;
using DeepNotes.Notebooks.Documents;
using DeepNotes.Notebooks.Running;
using Microsoft.DotNet.Interactive.Formatting;

namespace DeepNotes.Notebooks.Execution;

/// <summary>Executes the requests of a session one after another.</summary>
internal sealed class CellExecutor(string workingDirectory, Outbox outbox, CellChain cells, SessionConsole console)
{
    private readonly SubmissionCompiler _compiler = new(workingDirectory);
    private readonly HashSet<string> _importing = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private CellRun? _run;
    private int _runId;
    private int _interruptedId;

    /// <summary>The name of the running cell in messages: "cell 7".</summary>
    public string CurrentCell { get; private set; } = "";

    /// <param name="id">The request's number, for <see cref="Interrupt"/>.</param>
    /// <param name="cell">What to execute.</param>
    /// <param name="next">The expected next cell, which is compiled in the meantime; null for none.</param>
    public void Execute(int id, CellRequest cell, CellRequest? next)
    {
        CurrentCell = cell.Name;
        var watch = Stopwatch.StartNew();
        var run = Begin(id);
        outbox.Send(Messages.CellBegan());
        outbox.BeginCell();
        console.Input.WasRefused = false;
        var (status, error) = Run(run, cell, next, watch);
        console.Install();
        SendPendingDisplays();
        End(run);
        var result = new CellResult(status, watch.Elapsed, GC.GetTotalMemory(forceFullCollection: false), error);
        outbox.EndCell(Messages.CellEnded(result));
    }

    public void Evaluate(int id, QuotedExpression[] expressions)
    {
        CurrentCell = "expression";
        outbox.Send(Messages.EvaluatedTo(EvaluateTogether(id, expressions) ?? Array.ConvertAll(expressions, expression => Evaluate(id, expression))));
    }

    /// <summary>Stops the request of this id, even if it has not begun yet.</summary>
    public void Interrupt(int id)
    {
        lock (_gate)
        {
            _interruptedId = id;
            if (_runId == id)
            {
                _run?.Stop();
            }
        }
    }

    // One compilation for all, because compiling dominates. Null where they do not compile together: one may have an error.
    private string?[]? EvaluateTogether(int id, QuotedExpression[] expressions)
    {
        if (expressions.Length < 2)
        {
            return null;
        }

        string?[]? texts = null;
        var run = Begin(id);
        var code = $"new System.Func<object?>[] {{ {string.Join(", ", expressions.Select(expression => $"() => ({expression.Code}\n)"))} }}";
        Run(run, code, CurrentCell, keep: false, values => texts = [.. ((Func<object?>[])values!).Select(TextAt)], next: null);
        End(run);

        // "1), () => (2" is not an expression but yields two functions.
        return texts?.Length == expressions.Length ? texts : null;

        string? TextAt(Func<object?> value, int place)
        {
            try
            {
                return Text(value(), expressions[Math.Min(place, expressions.Length - 1)].Format);
            }
            catch (Exception) when (!run.WasStopped)
            {
                return null;
            }
        }
    }

    private string? Evaluate(int id, QuotedExpression expression)
    {
        string? text = null;
        var run = Begin(id);
        Run(run, expression.Code, CurrentCell, keep: false, value => text = Text(value, expression.Format), next: null);
        End(run);
        return text;
    }

    private static string? Text(object? value, string? format) => value switch
    {
        null => null,
        IFormattable formattable => formattable.ToString(format, CultureInfo.InvariantCulture),
        _ => ValueText.Of(value),
    };

    private CellRun Begin(int id)
    {
        lock (_gate)
        {
            _run = new CellRun(error => Console.Error.WriteLine($"Unhandled in an async void method: {CellErrors.Exception(error, CurrentCell).Message}"));
            _runId = id;
            if (_interruptedId == id)
            {
                _run.Stop();
            }

            return _run;
        }
    }

    private void End(CellRun run)
    {
        lock (_gate)
        {
            _run = null;
        }

        run.End();
    }

    // Runs the parts of a cell in order, up to the first that fails.
    private (CellStatus Status, ErrorOutput? Error) Run(CellRun run, CellRequest cell, CellRequest? next, Stopwatch watch)
    {
        var (parts, name) = (CellParts.Of(cell.Code, cell.Language), cell.Name);
        if (parts.Refusal is { } refusal)
        {
            return (CellStatus.Failed, CellErrors.Rejected(refusal, name));
        }

        var isTimed = false;
        (CellStatus Status, ErrorOutput? Error) result = (CellStatus.Done, null);
        foreach (var part in parts.Parts.TakeWhile(_ => result.Status == CellStatus.Done))
        {
            switch (part)
            {
                case CodePart { Code: var code }:
                    result = Run(run, code, name, keep: true, Show, next: ReferenceEquals(part, parts.Parts[^1]) ? next : null);
                    break;
                case TextPart text:
                    Displays.Show(text.Text, text.MimeType);
                    break;
                case CommandPart { Command: CellCommand.Time }:
                    isTimed = true;
                    break;
                case CommandPart { Command: CellCommand.Import, Argument: var file }:
                    result = Import(run, file, name, watch);
                    break;
                case CommandPart command:
                    result = Run(run, command, name);
                    break;
            }
        }

        if (isTimed)
        {
            Displays.Show($"Wall time: {watch.Elapsed.TotalMilliseconds.ToString("0.0", CultureInfo.InvariantCulture)} ms", MimeBundle.PlainText);
        }

        return result;
    }

    // A direct or indirect import of itself would never end.
    private (CellStatus Status, ErrorOutput? Error) Import(CellRun run, string file, string name, Stopwatch watch)
    {
        var path = Path.GetFullPath(file.Trim('"'), workingDirectory);
        if (!_importing.Add(path))
        {
            return (CellStatus.Failed, CellErrors.Describe("ReferenceError", $"{name}: #!import {Path.GetFileName(path)}: it imports itself."));
        }

        try
        {
            (CellStatus Status, ErrorOutput? Error) result = (CellStatus.Done, null);
            foreach (var cell in ImportedCells.Of(path, name).TakeWhile(_ => result.Status == CellStatus.Done))
            {
                result = Run(run, cell, next: null, watch);
            }

            return result;
        }
        catch (ReferenceException error)
        {
            return (CellStatus.Failed, CellErrors.Describe("ReferenceError", $"{name}: {error.Message}"));
        }
        finally
        {
            _importing.Remove(path);
        }
    }

    // On the cell's own thread: formatting variables runs the reader's code.
    private (CellStatus Status, ErrorOutput? Error) Run(CellRun run, CommandPart command, string name) =>
        run.Execute(() => Task.FromResult<object?>(null), _ => Follow(command)) switch
        {
            null => (CellStatus.Done, null),
            ReferenceException error => (CellStatus.Failed, CellErrors.Describe("ReferenceError", $"{name}: {error.Message}")),
            var failure => (run.WasStopped ? CellStatus.Interrupted : CellStatus.Failed, CellErrors.Exception(failure, name)),
        };

    private void Follow(CommandPart part)
    {
        switch (part.Command)
        {
            case CellCommand.PackageSource:
                _compiler.AddPackageSource(part.Argument);
                break;
            case CellCommand.About:
                Displays.Show(NotebookLanguage.About, MimeBundle.PlainText);
                break;
            case CellCommand.ListMagic:
                Displays.Show(CellCommands.Known.Select(known => (known.Name, known.Description)).ToDictionary());
                break;
            case CellCommand.Who:
                Displays.Show(string.Join("\n", _compiler.Variables().Select(variable => variable.Name)), MimeBundle.PlainText);
                break;
            case CellCommand.Whos:
                Displays.Show(_compiler.Variables());
                break;
        }
    }

    private (CellStatus Status, ErrorOutput? Error) Run(CellRun run, string code, string name, bool keep, Action<object?> use, CellRequest? next)
    {
        Exception? failure;
        try
        {
            var submission = _compiler.Compile(code, name, run.Cancellation);
            if (submission.Note is { } note)
            {
                outbox.Show(new StreamOutput("stderr", note));
            }

            if (next is not null)
            {
                _compiler.CompileAhead(next, after: submission);
            }

            failure = run.Execute(submission.Run, use);
            if (keep)
            {
                // Kept after a failure, too: variables that were assigned before it keep their values.
                _compiler.Keep(submission, run.WasStopped);
                cells.Add(code, submission.Compilation.ExternalReferences);
            }
        }
        catch (CellRejectedException error)
        {
            return (CellStatus.Failed, error.Error);
        }
        catch (Exception error)
        {
            // An error before the cell's own code runs is an error of this cell and does not end the session.
            failure = error;
        }

        return run.WasStopped ? (CellStatus.Interrupted, failure is null ? null : CellErrors.Exception(failure, name))
            : failure is null ? (CellStatus.Done, null)
            : (CellStatus.Failed, Described(failure, name));
    }

    private ErrorOutput Described(Exception failure, string name)
    {
        var error = CellErrors.Exception(failure, name);
        return console.Input.WasRefused ? error.WithHint("no input is available here, so Console.ReadLine() returned null")
            : _compiler.HintOn(failure) is { } hint ? error.WithHint(hint)
            : error;
    }

    private void Show(object? value)
    {
        Displays.SendPending();
        if (value is not (null or DisplayedValue))
        {
            outbox.Show(new ResultOutput(DisplayForms.Of(value), null));
        }
    }

    // After a failure or a stop; formatting runs the reader's code, which must not delay the end of the cell.
    private static void SendPendingDisplays()
    {
        var thread = new Thread(Displays.TrySendPending) { IsBackground = true, Name = "displays" };
        thread.Start();
        thread.Join(TimeSpan.FromSeconds(3));
    }
}
