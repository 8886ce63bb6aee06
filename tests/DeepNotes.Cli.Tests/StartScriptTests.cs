using System.Diagnostics;
using System.Runtime.Versioning;
using DeepNotes.Notebooks.Tests.Support;

namespace DeepNotes.Cli.Tests;

/// <summary>The script <c>deepnotes</c> in a temporary checkout, with a fake <c>dotnet</c> that records its arguments.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class StartScriptTests : IDisposable
{
    private const string FakeDotnet = """
        #!/usr/bin/env bash
        case "$1" in
          --version) echo "${FAKE_SDK:-10.0.100}" ;;
          build)
            echo build >>"$CALLS"
            sleep "${FAKE_SECONDS:-0}"
            [ -z "${FAKE_BREAK:-}" ] || { echo "error CS1002: ; expected"; exit 1; }
            mkdir -p "$ROOT/artifacts/bin/DeepNotes.Cli/release"
            touch "$ROOT/artifacts/bin/DeepNotes.Cli/release/deepnotes.dll" ;;
          *) shift; echo "run in $PWD: $*" ;;
        esac
        """;

    private readonly string _root = Directory.CreateTempSubdirectory("deepnotes script ").FullName;

    private readonly Dictionary<string, string> _environment = [];

    public StartScriptTests()
    {
        Directory.CreateDirectory(In("src"));
        Directory.CreateDirectory(In("bin"));
        foreach (var file in (string[])["src/a.cs", "Directory.Build.props", "Directory.Packages.props", "global.json"])
        {
            File.WriteAllText(In(file), "");
        }

        WriteProgram("deepnotes", File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "deepnotes.sh")));
        WriteProgram("bin/dotnet", FakeDotnet);
        _environment["PATH"] = $"{In("bin")}:/usr/bin:/bin";
        _environment["ROOT"] = _root;
        _environment["CALLS"] = In("calls");
    }

    private int Builds => File.Exists(In("calls")) ? File.ReadAllLines(In("calls")).Length : 0;

    [UnixFact]
    public async Task The_script_builds_once_and_passes_arguments_from_any_folder()
    {
        var folder = Directory.CreateDirectory(In("some where")).FullName;
        var first = await RunAsync(folder, "run", "a b");
        var second = await RunAsync(folder, "run", "a b");

        Assert.Equal((0, $"run in {folder}: run a b\n"), (first.Code, first.Output));
        Assert.Equal("Building DeepNotes (first run only: about a minute)…\n", first.Error);
        Assert.Equal((0, $"run in {folder}: run a b\n", ""), second);
        Assert.Equal(1, Builds);
    }

    [UnixTheory]
    [InlineData("src/a.cs")]
    [InlineData("Directory.Packages.props")]
    public async Task The_script_rebuilds_after_a_source_changed(string file)
    {
        await RunAsync(_root);
        File.SetLastWriteTimeUtc(In(file), DateTime.UtcNow.AddSeconds(5));
        var (_, _, error) = await RunAsync(_root);

        Assert.Equal(2, Builds);
        Assert.Equal("Building DeepNotes (sources changed)…\n", error);
    }

    [UnixFact]
    public async Task The_script_rebuilds_after_a_source_was_deleted()
    {
        await RunAsync(_root);
        await Eventually.True(() => FileTime() > File.GetLastWriteTimeUtc(In("artifacts/deepnotes.stamp")), () => "the file time does not advance");
        File.Delete(In("src/a.cs"));
        await RunAsync(_root);

        Assert.Equal(2, Builds);
    }

    [UnixFact]
    public async Task Concurrent_starts_build_once()
    {
        _environment["FAKE_SECONDS"] = "0.3";
        var results = await Task.WhenAll(RunAsync(_root, "a"), RunAsync(_root, "b"), RunAsync(_root, "c"));

        Assert.All(results, result => Assert.Equal(0, result.Code));
        Assert.Equal(1, Builds);
    }

    [UnixFact]
    public async Task A_stale_lock_does_not_prevent_the_build()
    {
        Directory.CreateDirectory(In("artifacts/deepnotes.lock"));
        File.WriteAllText(In("artifacts/deepnotes.lock/owner"), "999999999");

        Assert.Equal(0, (await RunAsync(_root)).Code);
        Assert.False(Directory.Exists(In("artifacts/deepnotes.lock")));
    }

    [UnixFact]
    public async Task A_failed_build_shows_its_output_and_is_retried()
    {
        _environment["FAKE_BREAK"] = "1";
        var (code, _, error) = await RunAsync(_root);

        Assert.Equal(1, code);
        Assert.Contains("error CS1002", error);
        Assert.False(Directory.Exists(In("artifacts/deepnotes.lock")));
        _environment.Remove("FAKE_BREAK");
        Assert.Equal(0, (await RunAsync(_root)).Code);
    }

    [UnixFact]
    public async Task Another_SDK_is_rejected_with_the_download_address()
    {
        _environment["FAKE_SDK"] = "9.0.100";
        var (code, _, error) = await RunAsync(_root);

        Assert.Equal(1, code);
        Assert.Contains("needs the .NET 10 SDK (found: 9.0.100)", error);
        Assert.Contains("https://dotnet.microsoft.com/download/dotnet/10.0", error);
        Assert.Equal(0, Builds);
    }

    [UnixFact]
    public async Task A_folder_that_cannot_be_written_is_reported()
    {
        File.WriteAllText(In("artifacts"), "a file where the folder should be");
        var (code, _, error) = await RunAsync(_root);

        Assert.Equal(1, code);
        Assert.Contains($"can't write to {In("artifacts")}", error);
    }

    [UnixFact]
    public async Task The_script_works_through_a_symbolic_link()
    {
        File.CreateSymbolicLink(In("bin/dn"), "../deepnotes");
        Assert.Equal((0, $"run in {_root}: x\n"), await RunLinkAsync());

        async Task<(int, string)> RunLinkAsync()
        {
            var (code, output, _) = await StartAsync(In("bin/dn"), _root, "x");
            return (code, output);
        }
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private string In(string path) => Path.Combine(_root, path);

    // The time stamp of a file written now.
    private DateTime FileTime()
    {
        File.WriteAllText(In("now"), "");
        return File.GetLastWriteTimeUtc(In("now"));
    }

    private void WriteProgram(string path, string text)
    {
        File.WriteAllText(In(path), text.ReplaceLineEndings("\n"));
        File.SetUnixFileMode(In(path), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private Task<(int Code, string Output, string Error)> RunAsync(string folder, params string[] arguments) =>
        StartAsync(In("deepnotes"), folder, arguments);

    private async Task<(int Code, string Output, string Error)> StartAsync(string script, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("bash", [script, .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in _environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }
}
