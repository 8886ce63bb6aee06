using DeepNotes.Backends;
using DeepNotes.Backends.Cpu;
using DeepNotes.Notebooks;
using DeepNotes.Notebooks.Browsers;
using DeepNotes.Notebooks.Running;

namespace DeepNotes.Cli;

/// <summary>Checks everything that DeepNotes needs or uses on this machine.</summary>
internal sealed class EnvironmentCheck(CommandContext context)
{
    private const string SdkAddress = "https://dotnet.microsoft.com/download/dotnet/10.0";

    private readonly Workspace _workspace = context.Workspace;

    public async Task<IReadOnlyList<CheckResult>> RunAsync(CancellationToken cancellation) =>
    [
        await SdkAsync(cancellation),
        Library(),
        await NodeAsync(cancellation),
        WebBrowser(),
        .. Data(),
        Processor(),
        Gpu(),
        .. await HostChecks.RunAsync(_workspace.Root, cancellation),
        .. _workspace.WrittenFolders.Select(Writable),
    ];

    private async Task<CheckResult> SdkAsync(CancellationToken cancellation)
    {
        var version = await ExternalProgram.FirstLineAsync("dotnet", ["--version"], _workspace.Root, cancellation);
        return version is not null && version.StartsWith("10.", StringComparison.Ordinal)
            ? new(".NET SDK", CheckStatus.Ok, version)
            : new(".NET SDK", CheckStatus.Missing, version ?? "not found", $"install the .NET 10 SDK: {SdkAddress}");
    }

    private CheckResult Library()
    {
        var path = _workspace.Library;
        return File.Exists(path)
            ? new("Library", CheckStatus.Ok, $"{context.DisplayPath(path)}, {Fingerprint().Library}")
            : new("Library", CheckStatus.Missing, "not built", "run: deepnotes build");
    }

    private async Task<CheckResult> NodeAsync(CancellationToken cancellation)
    {
        var version = await ExternalProgram.FirstLineAsync("node", ["--version"], _workspace.Root, cancellation);
        return version is not null
            ? new("Node", CheckStatus.Ok, version)
            : new("Node", CheckStatus.Optional, "not found", "without it the book loads formulas and interactive charts from a CDN, so they need a network");
    }

    private static CheckResult WebBrowser() => Browser.Find() is { } path
        ? new("Browser", CheckStatus.Ok, path)
        : new("Browser", CheckStatus.Optional, "not found", "without Chromium, Chrome or Edge, deepnotes figures writes no .png and browser tests are skipped");

    private static IEnumerable<CheckResult> Data()
    {
        try
        {
            return [.. DataCatalog.Entries.Where(set => set.DownloadBytes > 0).Select(set => set.State == "absent"
                ? new CheckResult($"Data: {set.Name}", CheckStatus.Optional, set.State, $"generated data is used instead; download it with: deepnotes data get {set.Name}")
                : new CheckResult($"Data: {set.Name}", CheckStatus.Ok, set.State))];
        }
        catch (DirectoryNotFoundException error)
        {
            return [new("Data", CheckStatus.Missing, "DEEPNOTES_DATA is invalid", error.Message)];
        }
    }

    private CheckResult Processor()
    {
        var run = Fingerprint();
        return new("Processor", CheckStatus.Ok, $"{run.Isa} vectors, {run.Threads} threads, {run.Runtime}");
    }

    private static CheckResult Gpu()
    {
        try
        {
            return new("GPU", CheckStatus.Ok, Device.Gpu().GpuDescription!);
        }
        catch (GpuException error)
        {
            return new("GPU", CheckStatus.Optional, "none", error.Message);
        }
    }

    private CheckResult Writable(string folder)
    {
        var subject = $"Write access to {(folder == _workspace.Root ? "this folder" : Path.GetRelativePath(_workspace.Root, folder))}";
        try
        {
            Directory.CreateDirectory(folder);
            using var probe = new FileStream(
                Path.Combine(folder, $".probe-{Guid.NewGuid():N}"), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            return new(subject, CheckStatus.Ok, "allowed");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new(subject, CheckStatus.Missing, "denied", $"{error.Message} Grant yourself write permission, or use another folder.");
        }
    }

    private RunFingerprint Fingerprint() => RunFingerprint.Here("", RunMode.Full, CpuThreads.Count, _workspace.Library);
}

/// <param name="Subject">The requirement.</param>
/// <param name="Status">Whether it is met.</param>
/// <param name="Detail">The version, path or state found.</param>
/// <param name="Advice">What to do, or the consequence; empty if there is nothing to do.</param>
internal sealed record CheckResult(string Subject, CheckStatus Status, string Detail, string Advice = "");

internal enum CheckStatus
{
    Ok,

    /// <summary>Missing, and some features are limited without it.</summary>
    Optional,

    /// <summary>Missing, and DeepNotes does not work without it.</summary>
    Missing,
}
