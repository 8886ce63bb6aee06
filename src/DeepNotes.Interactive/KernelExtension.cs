using Microsoft.DotNet.Interactive;

namespace DeepNotes.Interactive;

/// <summary>
/// The extension that <c>#r "nuget: DeepNotes.Interactive"</c> loads in a host of .NET Interactive. If the assembly is
/// referenced by path, call <c>DeepNotes.Interactive.KernelExtension.Load()</c> in a cell.
/// </summary>
public sealed class KernelExtension : IKernelExtension
{
    /// <summary>Registers the formatters; repeated calls have no further effect.</summary>
    public static void Load()
    {
        TableFormatters.Register();
        LibraryFormatters.Register(LibraryFormatters.ChartMimeTypes(Environment.GetCommandLineArgs()));
        PlotlyNetFormatters.TryRegister();
    }

    /// <inheritdoc/>
    public Task OnLoadAsync(Kernel kernel)
    {
        Load();
        return Task.CompletedTask;
    }
}
