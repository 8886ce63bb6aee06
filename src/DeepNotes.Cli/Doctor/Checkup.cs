using DeepNotes.Backends;
using DeepNotes.Backends.Cpu;
using DeepNotes.Notebooks;
using DeepNotes.Notebooks.Browsers;
using DeepNotes.Notebooks.Running;

namespace DeepNotes.Cli.Doctor;

/// <summary>Looks at everything that DeepNotes needs or uses on this machine.</summary>
internal sealed class Checkup(CommandContext context)
{
    private const string SdkAddress = "https://dotnet.microsoft.com/download/dotnet/10.0";

    private readonly Workspace _workspace = context.Workspace;

    public async Task<IReadOnlyList<CheckupLine>> RunAsync(CancellationToken cancellation) =>
    [
        await SdkAsync(cancellation),
        Library(),
        await NodeAsync(cancellation),
        WebBrowser(),
        .. Data(),
        Processor(),
        Gpu(),
        .. await Hosts.LookAsync(_workspace.Root, cancellation),
        .. _workspace.WrittenFolders.Select(Writable),
    ];

    private async Task<CheckupLine> SdkAsync(CancellationToken cancellation)
    {
        var version = await ProgramAnswer.FirstLineAsync("dotnet", ["--version"], _workspace.Root, cancellation);
        return version is not null && version.StartsWith("10.", StringComparison.Ordinal)
            ? new(".NET SDK", Finding.Ok, version)
            : new(".NET SDK", Finding.Missing, version ?? "not found", $"install the .NET 10 SDK: {SdkAddress}");
    }

    private CheckupLine Library()
    {
        var path = _workspace.Library;
        return File.Exists(path)
            ? new("Library", Finding.Ok, $"{context.Shown(path)}, {Fingerprint().Library}")
            : new("Library", Finding.Missing, "not built", "run: deepnotes build");
    }

    private async Task<CheckupLine> NodeAsync(CancellationToken cancellation)
    {
        var version = await ProgramAnswer.FirstLineAsync("node", ["--version"], _workspace.Root, cancellation);
        return version is not null
            ? new("Node", Finding.Ok, version)
            : new("Node", Finding.Optional, "not found", "without it the book takes formulas and charts from a CDN: no interactive charts offline");
    }

    private static CheckupLine WebBrowser() => Browser.Find() is { } path
        ? new("Browser", Finding.Ok, path)
        : new("Browser", Finding.Optional, "not found", "without Chromium, Chrome or Edge figures has no .png and the browser tests are skipped");

    private static IEnumerable<CheckupLine> Data()
    {
        try
        {
            return [.. DataCatalog.Entries.Where(set => set.DownloadBytes > 0).Select(set => set.State == "absent"
                ? new CheckupLine($"Data: {set.Name}", Finding.Optional, set.State, $"generated stand-ins are used; get it with: deepnotes data get {set.Name}")
                : new CheckupLine($"Data: {set.Name}", Finding.Ok, set.State))];
        }
        catch (DirectoryNotFoundException error)
        {
            return [new("Data", Finding.Missing, "DEEPNOTES_DATA is wrong", error.Message)];
        }
    }

    private CheckupLine Processor()
    {
        var run = Fingerprint();
        return new("Processor", Finding.Ok, $"{run.Isa} vectors, {run.Threads} threads, {run.Runtime}");
    }

    private static CheckupLine Gpu()
    {
        try
        {
            return new("GPU", Finding.Ok, Device.Gpu().GpuDescription!);
        }
        catch (GpuException error)
        {
            return new("GPU", Finding.Optional, "none", error.Message);
        }
    }

    private CheckupLine Writable(string folder)
    {
        var subject = $"Writing to {(folder == _workspace.Root ? "this folder" : Path.GetRelativePath(_workspace.Root, folder))}";
        try
        {
            Directory.CreateDirectory(folder);
            using var probe = new FileStream(
                Path.Combine(folder, $".probe-{Guid.NewGuid():N}"), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            return new(subject, Finding.Ok, "allowed");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new(subject, Finding.Missing, "not possible", $"{error.Message} Give yourself write permission, or use a folder of yours.");
        }
    }

    private RunFingerprint Fingerprint() => RunFingerprint.Here("", RunMode.Full, CpuThreads.Count, _workspace.Library);
}
