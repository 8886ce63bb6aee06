using DeepNotes.Notebooks.Execution;

namespace Microsoft.DotNet.Interactive;

/// <summary>What notebooks ask of .NET Interactive's kernel and a session can do; the rest says in one line that it can't.</summary>
public static class Kernel
{
    private const string NoKernels = "this engine runs C# cells in one session; it has no kernels that commands could be sent to. Call the code in C# instead.";

    [Obsolete(NoKernels, error: true)]
    public static object Root => throw new NotSupportedException(NoKernels);

    [Obsolete(NoKernels, error: true)]
    public static object Current => throw new NotSupportedException(NoKernels);

    /// <summary>A line from whoever reads the notebook; null where nobody can be asked, as in a run.</summary>
    public static Task<string?> GetInputAsync(string prompt = "", string typeHint = "text")
    {
        if (prompt.Length > 0)
        {
            Console.Write(prompt + " ");
        }

        return Task.FromResult(Console.ReadLine());
    }
}

/// <summary>The cell that is running, under the name that notebooks of .NET Interactive use.</summary>
public sealed class KernelInvocationContext
{
    private const string NoEvents = "this engine has no events of kernels; show a value with display(value).";

    private KernelInvocationContext()
    {
    }

    public static KernelInvocationContext Current { get; } = new();

    /// <summary>Cancelled when the cell is asked to stop.</summary>
    public CancellationToken CancellationToken => CellRun.CurrentCancellation;

    [Obsolete(NoEvents, error: true)]
    public object HandlingKernel => throw new NotSupportedException(NoEvents);

    /// <summary>Shows a value, as <c>display</c> does.</summary>
    public Formatting.DisplayedValue Display(object? value, params string[] mimeTypes) => Displays.Show(value, mimeTypes);

    [Obsolete(NoEvents, error: true)]
    public void Publish(object kernelEvent) => throw new NotSupportedException(NoEvents);
}
