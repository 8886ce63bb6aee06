using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace DeepNotes.Notebooks.Browsers;

/// <summary>A headless Chromium, Chrome or Edge, driven over the DevTools protocol.</summary>
public sealed partial class Browser : IAsyncDisposable
{
    /// <summary>Said where a browser would be used and none is there.</summary>
    public const string NotFound = "No Chromium, Chrome or Edge found; install one, or set DEEPNOTES_BROWSER to its path.";

    /// <summary>Waits end with what happens; after this, a browser that does nothing is given up.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan ClosingPatience = TimeSpan.FromSeconds(30);

    private readonly Process _process;
    private DevToolsConnection? _connection;

    private Browser(Process process, string profile)
    {
        _process = process;
        Profile = profile;
    }

    /// <summary>The folder of its settings and caches, which lasts as long as the browser.</summary>
    internal string Profile { get; }

    /// <summary>The browser of DEEPNOTES_BROWSER, of the PATH, or of the system's usual places; null when there is none.</summary>
    public static string? Find()
    {
        if (Environment.GetEnvironmentVariable("DEEPNOTES_BROWSER") is { Length: > 0 } chosen)
        {
            return File.Exists(chosen) ? chosen : null;
        }

        return OperatingSystem.IsWindows() || OperatingSystem.IsMacOS()
            ? UsualPlaces().FirstOrDefault(File.Exists)
            : CommandPath.Find("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge");
    }

    /// <exception cref="BrowserException">No browser, or it does not start.</exception>
    public static async Task<Browser> StartAsync(CancellationToken cancellation = default)
    {
        var path = Find() ?? throw new BrowserException(NotFound);
        var profile = Directory.CreateTempSubdirectory("deepnotes-browser-").FullName;
        var browser = new Browser(Process.Start(StartInfo(path, profile))!, profile);
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            patience.CancelAfter(Patience);
            browser._connection = await DevToolsConnection.OpenAsync(await browser.ReadAddressAsync(patience.Token), patience.Token);
            return browser;
        }
        catch (Exception error)
        {
            await browser.DisposeAsync();
            throw error is OperationCanceledException && !cancellation.IsCancellationRequested
                ? new BrowserException($"{path} did not start within {Patience.TotalMinutes:0} minutes.")
                : error;
        }
    }

    /// <summary>A new empty page.</summary>
    public async Task<BrowserPage> NewPageAsync(CancellationToken cancellation = default)
    {
        var connection = _connection!;
        var target = await connection.SendAsync("Target.createTarget", new JsonObject { ["url"] = "about:blank" }, null, cancellation);
        var targetId = (string)target["targetId"]!;
        var attached = await connection.SendAsync(
            "Target.attachToTarget", new JsonObject { ["targetId"] = targetId, ["flatten"] = true }, null, cancellation);
        return await BrowserPage.CreateAsync(connection, targetId, (string)attached["sessionId"]!, cancellation);
    }

    /// <summary>An SVG drawing as PNG, <paramref name="scale"/> pixels to each of its units.</summary>
    public async Task<byte[]> ScreenshotSvgAsync(string svg, int width, int height, double scale, CancellationToken cancellation = default)
    {
        await using var page = await NewPageAsync(cancellation);
        await page.SetViewportAsync(width, height, scale, cancellation);
        // As an image: nothing in it runs or is fetched.
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
            // It ended by itself.
        }

        _process.Dispose();
        await DeleteProfileAsync();
    }

    // A browser that closes itself deletes the files that it keeps outside its profile; one that is killed leaves them.
    private async Task CloseAsync(DevToolsConnection connection)
    {
        using var patience = new CancellationTokenSource(ClosingPatience);
        try
        {
            await connection.SendAsync("Browser.close", null, null, patience.Token);
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (Exception error) when (error is BrowserException or OperationCanceledException)
        {
            // It is gone already, or has to be killed.
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
            // The sandbox needs rights that containers and root don't have; only our own pages are opened.
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
                // What the browser writes later is of no interest, but a full pipe would stop it.
                _ = _process.StandardError.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);
                return new Uri(match.Groups[1].Value);
            }
        }

        throw new BrowserException($"{_process.StartInfo.FileName} ended before it listened (exit code {await ExitCodeAsync()}).");
    }

    private async Task<int> ExitCodeAsync()
    {
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    // Its last files may still be in use for a moment.
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

    private static IEnumerable<string> UsualPlaces()
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

/// <summary>The browser did not start, did not answer, or a page did not do what was waited for.</summary>
public sealed class BrowserException(string message) : Exception(message)
{
    // Chromium's words for a script whose page was left before it answered; the protocol has no code for it.
    private static readonly string[] Leaving = ["navigated or closed", "context was destroyed", "Cannot find context"];

    /// <summary>Whether the page on which a script ran was left for another one: the next page may be asked again.</summary>
    public bool PageWasLeft => Leaving.Any(words => Message.Contains(words, StringComparison.Ordinal));
}
