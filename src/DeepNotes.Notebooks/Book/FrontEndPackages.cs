using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DeepNotes.Notebooks.Book;

/// <summary>Locates the pinned npm packages in a cache folder, or installs them there once.</summary>
public static class FrontEndPackages
{
    private static readonly TimeSpan InstallTimeout = TimeSpan.FromMinutes(5);

    /// <summary>The packages of this cache folder if they are complete and of the pinned versions; otherwise null.</summary>
    public static FrontEnd? Locate(string cacheFolder)
    {
        var packages = Path.Combine(cacheFolder, "node_modules");
        return IsComplete(packages) ? FrontEnd.FromPackages(packages) : null;
    }

    /// <summary>Installs missing packages; never throws: without Node or network the pages fall back to a CDN.</summary>
    public static FrontEnd Install(string cacheFolder)
    {
        if (Locate(cacheFolder) is { } found)
        {
            return found;
        }

        if (CommandPath.Find(OperatingSystem.IsWindows() ? "npm.cmd" : "npm") is not { } npm)
        {
            return FrontEnd.FromCdn("Node not found");
        }

        var staging = Path.Combine(cacheFolder, $".install-{Guid.NewGuid():N}");
        try
        {
            Directory.CreateDirectory(staging);
            File.WriteAllText(Path.Combine(staging, "package.json"), Asset.Text("package.json"));
            if (RunNpm(npm, staging) is { } failure)
            {
                return FrontEnd.FromCdn($"npm install failed ({failure})");
            }

            TakePlace(Path.Combine(staging, "node_modules"), Path.Combine(cacheFolder, "node_modules"));
            return Locate(cacheFolder) ?? FrontEnd.FromCdn("npm install left the packages incomplete");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or System.ComponentModel.Win32Exception)
        {
            return Locate(cacheFolder) ?? FrontEnd.FromCdn($"npm install failed ({FirstLine(error.Message)})");
        }
        finally
        {
            DeleteQuietly(staging);
        }
    }

    private static bool IsComplete(string packages)
    {
        var files = FrontEnd.FromPackages(packages);
        return FrontEnd.Versions.All(package => VersionOf(Path.Combine(packages, package.Key)) == package.Value)
            && files.All.All(file => File.Exists(file.SourceIn(packages)))
            && Directory.Exists(Path.Combine(packages, "katex", "dist", "fonts"));
    }

    private static string? VersionOf(string package)
    {
        try
        {
            return (string?)JsonNode.Parse(File.ReadAllText(Path.Combine(package, "package.json")))?["version"];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <returns>Null on success, otherwise the reason.</returns>
    private static string? RunNpm(string npm, string folder)
    {
        var start = new ProcessStartInfo(npm)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var argument in new[] { "install", "--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error" })
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(InstallTimeout))
        {
            process.Kill(entireProcessTree: true);
            return $"timed out after {InstallTimeout.TotalSeconds:0} s";
        }

        Task.WaitAll(errors, output);
        return process.ExitCode == 0 ? null : FirstLine(errors.Result);
    }

    // Another process may have installed the packages in the meantime: a complete folder is kept.
    private static void TakePlace(string fresh, string target)
    {
        if (IsComplete(target))
        {
            return;
        }

        DeleteQuietly(target);
        Directory.Move(fresh, target);
    }

    private static void DeleteQuietly(string folder)
    {
        try
        {
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A leftover folder in a cache is harmless.
        }
    }

    private static string FirstLine(string text) =>
        text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault() ?? "no reason given";
}
