using Microsoft.DotNet.Interactive;

namespace DeepNotes.Interactive;

/// <summary>
/// What <c>#r "nuget: DeepNotes.Interactive"</c> loads in a host of .NET Interactive; where the assembly is referenced by its
/// path, <c>DeepNotes.Interactive.KernelExtension.Load()</c> in a cell does the same.
/// </summary>
public sealed class KernelExtension : IKernelExtension
{
    /// <summary>Registers the formatters; a second time has no effect of its own.</summary>
    public static void Load()
    {
        TableFormatters.Register();
        LibraryFormatters.Register(ChartMimeTypes.OfHost(Environment.GetCommandLineArgs()));
        PlotlyNetFormatters.TryRegister();
    }

    /// <inheritdoc/>
    public Task OnLoadAsync(Kernel kernel)
    {
        Load();
        return Task.CompletedTask;
    }
}
