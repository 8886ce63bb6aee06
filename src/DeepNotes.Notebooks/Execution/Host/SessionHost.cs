using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.IO.Pipes;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using DeepNotes.Notebooks.Documents;

namespace DeepNotes.Notebooks.Execution;

/// <summary>The entry point of a session's process: reads requests from a pipe until it is closed, and executes them.</summary>
internal static class SessionHost
{
    // A terminal sends Ctrl+C to the whole process group, and the parent decides how to stop a cell. The list keeps the
    // registrations alive: a collected one is removed.
    private static readonly List<PosixSignalRegistration> IgnoredSignals = [];

    private static Outbox? _outbox;
    private static CellExecutor? _executor;

    private static int Main(string[] arguments)
    {
        if (arguments is not [var input, var output, var consoleLimit])
        {
            Console.Error.WriteLine("DeepNotes.Notebooks is started by a session; run ./deepnotes instead.");
            return 2;
        }

        IgnoreSignals();
        using var channel = new MessageChannel(
            new AnonymousPipeClientStream(PipeDirection.In, input), new AnonymousPipeClientStream(PipeDirection.Out, output));
        var outbox = new Outbox(channel, int.Parse(consoleLimit, CultureInfo.InvariantCulture));
        _outbox = outbox;
        var cells = new CellChain(Environment.CurrentDirectory);
        var language = new LanguageService(cells, outbox);
        var console = new SessionConsole(outbox);
        _executor = new CellExecutor(Environment.CurrentDirectory, outbox, cells, console);
        console.Install();
        Displays.Connect(outbox);
        ReportBeforeExit();
        var requests = new BlockingCollection<JsonObject>();
        new Thread(() => Serve(_executor, language, requests)) { IsBackground = true, Name = "session" }.Start();
        outbox.Send(new JsonObject { ["type"] = Messages.Ready });
        Receive(channel, requests, _executor, language, console.Input);

        // The parent is gone, so exit handlers and remaining threads are not waited for.
        Process.GetCurrentProcess().Kill();
        return 0;
    }

    private static void Receive(
        MessageChannel channel, BlockingCollection<JsonObject> requests, CellExecutor executor, LanguageService language, ConsoleInput console)
    {
        while (channel.Receive() is { } message)
        {
            switch (Messages.Type(message))
            {
                case Messages.Interrupt:
                    executor.Interrupt((int)message["id"]!);
                    break;
                case Messages.Input:
                    console.Answer((int)message["number"]!, (string?)message["line"]);
                    break;
                case Messages.Execute or Messages.Evaluate:
                    requests.Add(message);
                    break;
                default:
                    language.Ask(message);
                    break;
            }
        }
    }

    private static void Serve(CellExecutor executor, LanguageService language, BlockingCollection<JsonObject> requests)
    {
        Warmup.TryRun();

        // Not during the warm-up: the first cell is more urgent than the first completion.
        language.Start();
        foreach (var request in requests.GetConsumingEnumerable())
        {
            var id = (int)request["id"]!;
            if (Messages.Type(request) == Messages.Execute)
            {
                executor.Execute(id, Messages.ReadCell(request["cell"])!, Messages.ReadCell(request["next"]));
            }
            else
            {
                executor.Evaluate(id, Messages.ReadExpressions(request));
            }
        }
    }

    private static void IgnoreSignals()
    {
        foreach (var signal in (PosixSignal[])[PosixSignal.SIGINT, PosixSignal.SIGQUIT])
        {
            IgnoredSignals.Add(PosixSignalRegistration.Create(signal, context => context.Cancel = true));
        }
    }

    private static void ReportBeforeExit()
    {
        AppDomain.CurrentDomain.UnhandledException += (_, unhandled) =>
        {
            var error = CellErrors.Exception((Exception)unhandled.ExceptionObject, _executor!.CurrentCell);
            ReportEnd(error with { Message = $"{error.Message} (unhandled, on another thread)" });
        };
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            var name = _executor!.CurrentCell;
            ReportEnd(CellErrors.Describe("ProcessExit", $"{name}: Environment.Exit({Environment.ExitCode}) ended the session"));
        };
    }

    private static void ReportEnd(ErrorOutput reason)
    {
        _outbox!.Send(Messages.SessionEnding(reason));
        _outbox.Drain(TimeSpan.FromSeconds(10));
    }
}

/// <summary>Compiles and formats something small while the parent reads its notebook, so that the first cell starts warm.</summary>
internal static class Warmup
{
    public static void TryRun()
    {
        try
        {
            Run();
        }
        catch (Exception)
        {
            // The first cell will report the problem.
        }
    }

    private static void Run()
    {
        var compiler = new SubmissionCompiler(Environment.CurrentDirectory);
        var submission = compiler.Compile("int Twice(int x) => 2 * x; foreach (var i in new[] { 1 }) { } Twice(1)", "warm-up", CancellationToken.None);
        new CellRun(_ => { }).Execute(submission.Run, value => DisplayForms.Of(value));
    }
}
