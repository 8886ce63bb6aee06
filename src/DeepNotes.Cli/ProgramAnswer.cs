using System.ComponentModel;
using System.Diagnostics;

namespace DeepNotes.Cli;

/// <summary>What a program prints.</summary>
internal static class ProgramAnswer
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <returns>The first line, or null when the program is not there or fails.</returns>
    public static async Task<string?> FirstLineAsync(string program, IEnumerable<string> arguments, string folder, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            var answer = await process.StandardOutput.ReadLineAsync(limit.Token);
            await errors;
            await process.WaitForExitAsync(limit.Token);
            return process.ExitCode == 0 ? answer : null;
        }
        catch (Exception error) when (error is Win32Exception or OperationCanceledException)
        {
            cancellation.ThrowIfCancellationRequested();
            return null;
        }
    }
}
