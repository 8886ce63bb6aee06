using System.Text.RegularExpressions;
using DeepNotes.Notebooks.Documents;
using DeepNotes.Notebooks.Execution;

namespace DeepNotes.Notebooks.Running;

/// <summary>
/// Executes a notebook's code cells in order in one session and stops at the first that fails. Supports two of Jupyter's
/// tags: <c>skip-execution</c>, and <c>raises-exception</c>, for which an exception counts as success and a normal end as failure.
/// </summary>
public sealed class NotebookRunner(SessionStart start)
{
    private const string FastVariable = "DEEPNOTES_FAST";

    /// <summary>Executes a copy; the notebook itself is not changed.</summary>
    /// <exception cref="NotebookFormatException">The notebook is in another language; nothing was executed.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled; the session has ended.</exception>
    public async Task<NotebookRun> RunAsync(
        NotebookDocument notebook, RunOptions options, Action<CellProgress>? progress = null, CancellationToken cancellation = default)
    {
        NotebookLanguage.Require(notebook);
        var document = notebook.Clone();
        var folder = Path.GetDirectoryName(Path.GetFullPath(notebook.Path))!;
        var environment = new Dictionary<string, string> { [FastVariable] = options.Fingerprint.Mode == RunMode.Fast ? "1" : "0" };
        if (Refusals(document) is { Count: > 0 } refusals)
        {
            return new NotebookRun(notebook, document, [], refusals);
        }

        await using var session = await start(folder, environment, cancellation);
        var reports = new List<CellReport>();
        var failures = new List<CellFailure>();
        await ExecuteCellsAsync(document, session, options, reports, failures, progress, cancellation);
        if (failures.Count == 0)
        {
            failures.AddRange(await RefreshFiguresAsync(document, session, options, cancellation));
        }

        NotebookLanguage.StampOn(document);
        options.Fingerprint.StampOn(document);
        RunSources.StampOn(document);
        return new NotebookRun(notebook, document, reports, failures);
    }

    private static async Task ExecuteCellsAsync(
        NotebookDocument document, ISession session, RunOptions options, List<CellReport> reports, List<CellFailure> failures,
        Action<CellProgress>? progress, CancellationToken cancellation)
    {
        var collector = new OutputCollector();
        var shown = new List<(NotebookCell Cell, IReadOnlyList<CellOutput> Outputs)>();
        var cells = ExecutedCells(document);
        foreach (var cell in cells)
        {
            cell.ExecutionCount = null;
            cell.Outputs = [];
        }

        foreach (var cell in cells)
        {
            var number = cell.Index + 1;
            var position = shown.Count + 1;
            shown.Add((cell, collector.Begin(position)));
            cell.ExecutionCount = position;
            progress?.Invoke(new CellProgress(document, number, position, cells.Count, null, TimeSpan.Zero));

            var request = Request(cell) with { TimeLimit = options.CellTimeLimit, Next = cell.IsTiming ? null : cells.ElementAtOrDefault(position) is { } next ? Request(next) : null };
            var result = await session.ExecuteAsync(request, collector.Show, cancellation);
            cancellation.ThrowIfCancellationRequested();

            var failure = FailureOf(cell, result, options);
            var status = failure is null ? CellStatus.Done : result.Status;
            reports.Add(new CellReport(number, status, result.Duration));
            progress?.Invoke(new CellProgress(document, number, position, cells.Count, status, result.Duration));
            if (failure is not null)
            {
                failures.Add(failure);
                break;
            }
        }

        // Assigned at the end, because a later cell may update an earlier one's display.
        foreach (var (cell, outputs) in shown)
        {
            cell.Outputs = outputs;
        }
    }

    private static CellRequest Request(NotebookCell cell) => new(cell.Source, $"cell {cell.Index + 1}") { Language = NotebookLanguage.Of(cell) };

    private static List<NotebookCell> ExecutedCells(NotebookDocument document) =>
        [.. document.Cells.Where(cell => cell.IsCode && !cell.Tags.Contains("skip-execution"))];

    // Checked before the run: a cell of another language in the middle would waste everything computed before it.
    private static List<CellFailure> Refusals(NotebookDocument document) =>
    [
        .. from cell in ExecutedCells(document)
           where !cell.Tags.Contains("raises-exception")
           let refusal = CellParts.Of(cell.Source, NotebookLanguage.Of(cell)).Refusal
           where refusal is not null
           select new CellFailure(cell.Index + 1, refusal.Line, refusal.Message, []),
    ];

    private static Task<IReadOnlyList<CellFailure>> RefreshFiguresAsync(
        NotebookDocument document, ISession session, RunOptions options, CancellationToken cancellation) =>
        QuotedFigures.RefreshAsync(document, async expressions =>
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            limit.CancelAfter(options.CellTimeLimit);
            try
            {
                var values = await session.EvaluateAsync(expressions, limit.Token);
                cancellation.ThrowIfCancellationRequested();
                return values;
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                return new string?[expressions.Count];
            }
        });

    private static CellFailure? FailureOf(NotebookCell cell, CellResult result, RunOptions options)
    {
        var mustRaise = cell.Tags.Contains("raises-exception");
        var (line, message) = Split(result.Error?.Message ?? "failed.", $"cell {cell.Index + 1}");
        return result.Status switch
        {
            CellStatus.Done when !mustRaise => null,
            CellStatus.Done => Failure("is tagged raises-exception, but raised no exception."),
            CellStatus.Failed when mustRaise => null,
            CellStatus.TimedOut => Failure($"stopped at the time limit of {options.CellTimeLimit.TotalSeconds:0.###} s (--timeout raises it)."),
            _ => Failure(message),
        };

        CellFailure Failure(string reason) => new(cell.Index + 1, line, reason, result.Error?.Trace ?? []);
    }

    // Messages of a session begin with the location: "cell 7, line 3: …". Another cell's location is part of the message.
    private static (int? Line, string Message) Split(string message, string cellName)
    {
        var match = Regex.Match(message, $@"^{cellName}(?:, line (?<line>\d+))?: (?<rest>.*)$", RegexOptions.Singleline);
        var line = match.Groups["line"];
        return (line.Success ? int.Parse(line.Value) : null, match.Success ? match.Groups["rest"].Value : message);
    }
}

/// <param name="Fingerprint">The fingerprint of the run, which includes its mode.</param>
/// <param name="CellTimeLimit">The time limit of each cell.</param>
public sealed record RunOptions(RunFingerprint Fingerprint, TimeSpan CellTimeLimit);

/// <summary>Starts the session in which one notebook is executed.</summary>
/// <param name="workingDirectory">The notebook's folder, to which relative paths in cells refer.</param>
/// <param name="environment">Environment variables added to those of this process.</param>
/// <param name="cancellation">Cancels the start.</param>
public delegate Task<ISession> SessionStart(
    string workingDirectory, IReadOnlyDictionary<string, string> environment, CancellationToken cancellation);

/// <summary>Progress of a code cell, reported when it starts and when it ends.</summary>
/// <param name="Notebook">The notebook that is running.</param>
/// <param name="CellNumber">The cell's index among all cells, from 1.</param>
/// <param name="Position">Its index among the code cells that are executed, from 1.</param>
/// <param name="Count">The number of code cells that are executed.</param>
/// <param name="Status">The outcome; null while the cell runs.</param>
/// <param name="Duration">The cell's duration; zero while it runs.</param>
public sealed record CellProgress(
    NotebookDocument Notebook, int CellNumber, int Position, int Count, CellStatus? Status, TimeSpan Duration);
