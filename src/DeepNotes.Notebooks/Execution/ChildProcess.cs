using System.Diagnostics;
using System.Globalization;
using System.IO.Pipes;

namespace DeepNotes.Notebooks.Execution;

/// <summary>
/// The process of a session: this assembly run as a program. Its runtimeconfig.json and deps.json are copied beside it by
/// every project that references it.
/// </summary>
internal sealed class ChildProcess : IDisposable
{
    // Inheritable handles are inherited by every process that starts while they are open.
    private static readonly Lock Starting = new();

    private static readonly TimeSpan OutputLimit = TimeSpan.FromSeconds(2);

    private readonly Process _process;
    private int _killed;

    private ChildProcess(Process process, MessageChannel channel)
    {
        _process = process;
        Id = process.Id;
        Channel = channel;
        Output = new NativeOutput(process.StandardOutput);
        Error = new NativeOutput(process.StandardError);
        Exited = WaitForExitAsync();
    }

    public MessageChannel Channel { get; }

    public NativeOutput Output { get; }

    public NativeOutput Error { get; }

    /// <summary>Completes when the process has ended and its output is read.</summary>
    public Task Exited { get; }

    /// <summary>Null while the process runs, and when it was killed by <see cref="Kill"/>.</summary>
    public int? ExitCode { get; private set; }

    public int Id { get; }

    public static ChildProcess Start(SessionOptions options)
    {
        lock (Starting)
        {
            var requests = new AnonymousPipeServerStream(PipeDirection.Out, HandleInheritability.Inheritable);
            var answers = new AnonymousPipeServerStream(PipeDirection.In, HandleInheritability.Inheritable);
            var process = Process.Start(StartInfo(options, requests.GetClientHandleAsString(), answers.GetClientHandleAsString()))!;
            requests.DisposeLocalCopyOfClientHandle();
            answers.DisposeLocalCopyOfClientHandle();
            process.StandardInput.Close();
            return new ChildProcess(process, new MessageChannel(answers, requests));
        }
    }

    public void Kill()
    {
        if (!_process.HasExited && Interlocked.Exchange(ref _killed, 1) == 0)
        {
            _process.Kill(entireProcessTree: true);
        }
    }

    public void Dispose()
    {
        Channel.Dispose();
        _process.Dispose();
    }

    // Child processes of a cell may keep its output open: the rest is awaited for a limited time only.
    private async Task WaitForExitAsync()
    {
        await _process.WaitForExitAsync().ConfigureAwait(false);
        await Task.WhenAny(Task.WhenAll(Output.Ended, Error.Ended), Task.Delay(OutputLimit)).ConfigureAwait(false);
        ExitCode = _killed != 0 ? null : _process.ExitCode;
    }

    private static ProcessStartInfo StartInfo(SessionOptions options, string requests, string answers)
    {
        var program = typeof(ChildProcess).Assembly.Location;
        if (!File.Exists(Path.ChangeExtension(program, ".runtimeconfig.json")))
        {
            throw new InvalidOperationException($"{program}: expected its .runtimeconfig.json beside it; build or publish the project that uses it again.");
        }

        var start = new ProcessStartInfo(
            DotnetHost.Path, ["exec", program, requests, answers, options.ConsoleLimit.ToString(CultureInfo.InvariantCulture)])
        {
            WorkingDirectory = Path.GetFullPath(options.WorkingDirectory),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // A session is killed in the end and would leave its diagnostic sockets in the temporary folder.
        start.Environment.TryAdd("DOTNET_EnableDiagnostics", "0");
        foreach (var (name, value) in options.Environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }
}
