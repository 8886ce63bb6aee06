using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace DeepNotes.Notebooks.Jupyter;

/// <summary>
/// The server that has started this kernel. It names itself in JPY_PARENT_PID, by its process id or, on Windows, by a
/// handle; should it die without a word, nobody else would ever end the kernel.
/// </summary>
public static class ParentProcess
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Waits for its end; for ever when no parent is named, or none that can be watched.</summary>
    public static async Task WaitForEndAsync(CancellationToken cancellation)
    {
        if (!long.TryParse(Environment.GetEnvironmentVariable("JPY_PARENT_PID"), CultureInfo.InvariantCulture, out var parent))
        {
            await Task.Delay(Timeout.Infinite, cancellation).ConfigureAwait(false);
        }

        await (OperatingSystem.IsWindows() ? WaitForHandle((nint)parent, cancellation) : WaitForAnotherAsync(parent, cancellation)).ConfigureAwait(false);
    }

    // A process whose parent ends is given another one. Where something stands between, as a container does, the id
    // that the server knows means nothing here.
    private static async Task WaitForAnotherAsync(long parent, CancellationToken cancellation)
    {
        var isOurs = GetParentProcessId() == parent;
        while (!isOurs || GetParentProcessId() == parent)
        {
            await Task.Delay(isOurs ? Interval : Timeout.InfiniteTimeSpan, cancellation).ConfigureAwait(false);
        }
    }

    private static Task WaitForHandle(nint handle, CancellationToken cancellation)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            try
            {
                using var process = new ManualResetEvent(false) { SafeWaitHandle = new SafeWaitHandle(handle, ownsHandle: false) };
                process.WaitOne();
                ended.TrySetResult();
            }
            catch (Exception error) when (error is IOException or InvalidOperationException or ExternalException or UnauthorizedAccessException)
            {
                // Not a handle that was given to us: there is nobody to watch.
            }
        })
        { IsBackground = true, Name = "parent of the kernel" }.Start();
        return ended.Task.WaitAsync(cancellation);
    }

    [DllImport("libc", EntryPoint = "getppid")]
    private static extern int GetParentProcessId();
}
