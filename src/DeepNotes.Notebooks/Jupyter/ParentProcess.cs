using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace DeepNotes.Notebooks.Jupyter;

/// <summary>
/// The server that started this kernel, given in JPY_PARENT_PID by its process id or, on Windows, by a handle. If it
/// dies without shutting down its kernels, the kernel must end by itself.
/// </summary>
public static class ParentProcess
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Completes when the parent exits; never if no parent is given or it cannot be observed.</summary>
    public static async Task WaitForEndAsync(CancellationToken cancellation)
    {
        if (!long.TryParse(Environment.GetEnvironmentVariable("JPY_PARENT_PID"), CultureInfo.InvariantCulture, out var parent))
        {
            await Task.Delay(Timeout.Infinite, cancellation).ConfigureAwait(false);
        }

        await (OperatingSystem.IsWindows() ? WaitForHandle((nint)parent, cancellation) : WaitForReparentingAsync(parent, cancellation)).ConfigureAwait(false);
    }

    // A process whose parent exits is adopted by another one. In a container, for example, the process id that the server
    // knows is not valid here.
    private static async Task WaitForReparentingAsync(long parent, CancellationToken cancellation)
    {
        var isParent = GetParentProcessId() == parent;
        while (!isParent || GetParentProcessId() == parent)
        {
            await Task.Delay(isParent ? Interval : Timeout.InfiniteTimeSpan, cancellation).ConfigureAwait(false);
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
                // The handle is not valid in this process, so the parent cannot be observed.
            }
        })
        { IsBackground = true, Name = "parent of the kernel" }.Start();
        return ended.Task.WaitAsync(cancellation);
    }

    [DllImport("libc", EntryPoint = "getppid")]
    private static extern int GetParentProcessId();
}
