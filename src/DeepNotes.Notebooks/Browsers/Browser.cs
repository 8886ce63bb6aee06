using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace DeepNotes.Notebooks.Browsers;

/// <summary>A headless Chromium, Chrome or Edge, controlled over the Chrome DevTools Protocol.</summary>
public sealed partial class Browser : IAsyncDisposable
{
    /// <summary>The error message if no browser is installed.</summary>
    public const string NotFound = "No Chromium, Chrome or Edge found; install one, or set DEEPNOTES_BROWSER to its path.";

    /// <summary>The time limit of every wait for the browser.</summary>
    internal static readonly TimeSpan WaitTimeout = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private DevToolsConnection? _connection;

    private Browser(Process process, string profile)
    {
        _process = process;
        Profile = profile;
    }

    /// <summary>The profile folder, which is deleted with the browser.</summary>
    internal string Profile { get; }

    /// <summary>The browser named by DEEPNOTES_BROWSER, on the PATH, or in a default installation folder; null if there is none.</summary>
    public static string? Find()
    {
        if (Environment.GetEnvironmentVariable("DEEPNOTES_BROWSER") is { Length: > 0 } configured)
        {
            return File.Exists(configured) ? configured : null;
        }

        return OperatingSystem.IsWindows() || OperatingSystem.IsMacOS()
            ? DefaultPaths().FirstOrDefault(File.Exists)
            : CommandPath.Find("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge");
    }

    /// <exception cref="BrowserException">There is no browser, or it does not start.</exception>
    public static async Task<Browser> StartAsync(CancellationToken cancellation = default)
    {
        var path = Find() ?? throw new BrowserException(NotFound);
        var profile = Directory.CreateTempSubdirectory("deepnotes-browser-").FullName;
        var browser = new Browser(Process.Start(StartInfo(path, profile))!, profile);
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            limit.CancelAfter(WaitTimeout);
            browser._connection = await DevToolsConnection.OpenAsync(await browser.ReadAddressAsync(limit.Token), limit.Token);
            return browser;
        }
        catch (Exception error)
        {
            await browser.DisposeAsync();
            throw error is OperationCanceledException && !cancellation.IsCancellationRequested
                ? new BrowserException($"{path} did not start within {WaitTimeout.TotalMinutes:0} minutes.")
                : error;
        }
    }

    /// <summary>Opens an empty page.</summary>
    public async Task<BrowserPage> NewPageAsync(CancellationToken cancellation = default)
    {
        var connection = _connection!;
        var target = await connection.SendAsync("Target.createTarget", new JsonObject { ["url"] = "about:blank" }, null, cancellation);
        var targetId = (string)target["targetId"]!;
        var attached = await connection.SendAsync(
            "Target.attachToTarget", new JsonObject { ["targetId"] = targetId, ["flatten"] = true }, null, cancellation);
        return await BrowserPage.CreateAsync(connection, targetId, (string)attached["sessionId"]!, cancellation);
    }

    /// <summary>Renders an SVG as PNG, with <paramref name="scale"/> pixels per SVG unit.</summary>
    public async Task<byte[]> ScreenshotSvgAsync(string svg, int width, int height, double scale, CancellationToken cancellation = default)
    {
        await using var page = await NewPageAsync(cancellation);
        await page.SetViewportAsync(width, height, scale, cancellation);
        // As an image, so that its scripts do not run and its references are not loaded.
        var data = Convert.ToBase64String(Encoding.UTF8.GetBytes(svg));
        await page.SetContentAsync(
            $"<!DOCTYPE html><meta charset=\"utf-8\"><style>body {{ margin: 0 }} img {{ display: block; width: {width}px; height: {height}px }}</style><img src=\"data:image/svg+xml;base64,{data}\">",
            cancellation);
        await page.WaitForAsync("document.images[0].complete", cancellation: cancellation);
        return await page.ScreenshotAsync("img", cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
        {
            await CloseAsync(_connection);
            await _connection.DisposeAsync();
        }

        try
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync();
        }
        catch (InvalidOperationException)
        {
            // It has exited already.
        }

        _process.Dispose();
        await DeleteProfileAsync();
    }

    // A browser that exits normally deletes its files outside the profile; a killed browser leaves them.
    private async Task CloseAsync(DevToolsConnection connection)
    {
        using var limit = new CancellationTokenSource(CloseTimeout);
        try
        {
            await connection.SendAsync("Browser.close", null, null, limit.Token);
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (Exception error) when (error is BrowserException or OperationCanceledException)
        {
            // It has exited already, or is killed next.
        }
    }

    private static ProcessStartInfo StartInfo(string path, string profile)
    {
        var start = new ProcessStartInfo(path) { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var argument in new[]
        {
            "--headless", "--disable-gpu", "--disable-quic", "--no-first-run", "--no-default-browser-check",
            "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions",
            "--hide-scrollbars", "--force-color-profile=srgb", "--enable-unsafe-swiftshader", "--remote-debugging-port=0", $"--user-data-dir={profile}",
        })
        {
            start.ArgumentList.Add(argument);
        }

        if (OperatingSystem.IsLinux())
        {
            // The sandbox needs privileges that containers and root lack; only generated pages are opened.
            start.ArgumentList.Add("--no-sandbox");
        }

        start.ArgumentList.Add("about:blank");
        return start;
    }

    private async Task<Uri> ReadAddressAsync(CancellationToken cancellation)
    {
        _process.OutputDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        while (await _process.StandardError.ReadLineAsync(cancellation) is { } line)
        {
            if (Listening().Match(line) is { Success: true } match)
            {
                // Later output is discarded, because a full pipe would block the browser.
                _ = _process.StandardError.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
                return new Uri(match.Groups[1].Value);
            }
        }

        throw new BrowserException($"{_process.StartInfo.FileName} exited before it accepted connections (exit code {await ExitCodeAsync()}).");
    }

    private async Task<int> ExitCodeAsync()
    {
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    // Its files may still be in use for a short time.
    private async Task DeleteProfileAsync()
    {
        for (var attempt = 0; attempt < 20 && Directory.Exists(Profile); attempt++)
        {
            try
            {
                Directory.Delete(Profile, recursive: true);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                await Task.Delay(100);
            }
        }
    }

    private static IEnumerable<string> DefaultPaths()
    {
        if (OperatingSystem.IsMacOS())
        {
            return
            [
                "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
                "/Applications/Chromium.app/Contents/MacOS/Chromium",
                "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
            ];
        }

        string[] programs = [@"Google\Chrome\Application\chrome.exe", @"Chromium\Application\chrome.exe", @"Microsoft\Edge\Application\msedge.exe"];
        Environment.SpecialFolder[] folders =
            [Environment.SpecialFolder.ProgramFiles, Environment.SpecialFolder.ProgramFilesX86, Environment.SpecialFolder.LocalApplicationData];
        return programs.SelectMany(program => folders.Select(folder => Path.Combine(Environment.GetFolderPath(folder), program)));
    }

    [GeneratedRegex(@"DevTools listening on (ws://\S+)")]
    private static partial Regex Listening();
}

/// <summary>The browser did not start or respond, or a page did not reach an expected state.</summary>
public sealed class BrowserException(string message) : Exception(message)
{
    // Chromium's messages for a script whose page was navigated away; the protocol has no error code for it.
    private static readonly string[] NavigationErrors = ["navigated or closed", "context was destroyed", "Cannot find context"];

    /// <summary>Whether a script failed because its page was navigated away, so that it can be retried on the new page.</summary>
    public bool WasNavigation => NavigationErrors.Any(words => Message.Contains(words, StringComparison.Ordinal));
}
