using DeepNotes.Notebooks.Execution;

namespace Microsoft.DotNet.Interactive;

/// <summary>The supported members of .NET Interactive's kernel; unsupported ones throw an exception with a one-line message.</summary>
public static class Kernel
{
    private const string NoKernels = "this engine runs C# cells in one session; it has no kernels that commands could be sent to. Call the code in C# instead.";

    [Obsolete(NoKernels, error: true)]
    public static object Root => throw new NotSupportedException(NoKernels);

    [Obsolete(NoKernels, error: true)]
    public static object Current => throw new NotSupportedException(NoKernels);

    /// <summary>Reads a line of input from the user; null if input is not available, as in a headless run.</summary>
    public static Task<string?> GetInputAsync(string prompt = "", string typeHint = "text")
    {
        if (prompt.Length > 0)
        {
            Console.Write(prompt + " ");
        }

        return Task.FromResult(Console.ReadLine());
    }
}

/// <summary>The context of the running cell, with the API of .NET Interactive.</summary>
public sealed class KernelInvocationContext
{
    private const string NoEvents = "this engine has no events of kernels; show a value with display(value).";

    private KernelInvocationContext()
    {
    }

    public static KernelInvocationContext Current { get; } = new();

    /// <summary>Cancelled when the cell is interrupted.</summary>
    public CancellationToken CancellationToken => CellRun.CurrentCancellation;

    [Obsolete(NoEvents, error: true)]
    public object HandlingKernel => throw new NotSupportedException(NoEvents);

    /// <summary>Displays a value, like <c>display</c>.</summary>
    public Formatting.DisplayedValue Display(object? value, params string[] mimeTypes) => Displays.Show(value, mimeTypes);

    [Obsolete(NoEvents, error: true)]
    public void Publish(object kernelEvent) => throw new NotSupportedException(NoEvents);
}
