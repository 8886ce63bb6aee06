using System.ComponentModel;
using System.Diagnostics;

namespace DeepNotes.Cli;

/// <summary>Runs other programs and reads their output.</summary>
internal static class ExternalProgram
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    /// <returns>The first line of its output, or null if the program is not found, fails or exceeds the time limit.</returns>
    public static async Task<string?> FirstLineAsync(string program, IEnumerable<string> arguments, string folder, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Timeout);
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            var line = await process.StandardOutput.ReadLineAsync(limit.Token);
            await errors;
            await process.WaitForExitAsync(limit.Token);
            return process.ExitCode == 0 ? line : null;
        }
        catch (Exception error) when (error is Win32Exception or OperationCanceledException)
        {
            cancellation.ThrowIfCancellationRequested();
            return null;
        }
    }
}
