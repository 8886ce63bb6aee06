using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DeepNotes.Notebooks.Browsers;

/// <summary>A browser page: opens URLs, runs JavaScript, takes screenshots, and records console messages and requests.</summary>
public sealed class BrowserPage : IAsyncDisposable
{
    private readonly DevToolsConnection _connection;
    private readonly string _target;
    private readonly string _session;
    private readonly ConcurrentQueue<string> _problems = new();
    private readonly ConcurrentQueue<string> _requests = new();
    private TaskCompletionSource _loaded = new();

    private BrowserPage(DevToolsConnection connection, string target, string session)
    {
        _connection = connection;
        _target = target;
        _session = session;
    }

    /// <summary>Console warnings and errors, uncaught exceptions, and failed requests.</summary>
    public IReadOnlyCollection<string> Problems => _problems;

    /// <summary>The URLs that the page requested, including its own but without data URLs.</summary>
    public IReadOnlyCollection<string> Requests => _requests;

    internal static async Task<BrowserPage> CreateAsync(
        DevToolsConnection connection, string target, string session, CancellationToken cancellation)
    {
        var page = new BrowserPage(connection, target, session);
        connection.Listen(session, page.OnEvent);
        foreach (var domain in new[] { "Page", "Runtime", "Network", "Log" })
        {
            await page.SendAsync($"{domain}.enable", null, cancellation);
        }

        return page;
    }

    /// <summary>Opens a URL and waits until it is loaded; clears the problems and requests of the previous page.</summary>
    public async Task OpenAsync(Uri address, CancellationToken cancellation = default)
    {
        _problems.Clear();
        _requests.Clear();
        _loaded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var response = await SendAsync("Page.navigate", new JsonObject { ["url"] = address.AbsoluteUri }, cancellation);
        if ((string?)response["errorText"] is { } error)
        {
            throw new BrowserException($"{address}: {error}");
        }

        try
        {
            await await Task.WhenAny(_loaded.Task, _connection.Ended).WaitAsync(Browser.WaitTimeout, cancellation);
        }
        catch (TimeoutException)
        {
            throw new BrowserException($"{address} was not loaded within {Browser.WaitTimeout.TotalMinutes:0} minutes.");
        }
    }

    public async Task SetContentAsync(string html, CancellationToken cancellation = default)
    {
        var tree = await SendAsync("Page.getFrameTree", null, cancellation);
        var frame = (string)tree["frameTree"]!["frame"]!["id"]!;
        await SendAsync("Page.setDocumentContent", new JsonObject { ["frameId"] = frame, ["html"] = html }, cancellation);
    }

    /// <summary>Waits until an expression is true, on this page or on a page that it navigates to.</summary>
    /// <param name="condition">A JavaScript expression.</param>
    /// <param name="cancellation">Cancels the wait.</param>
    public async Task WaitForAsync(string condition, CancellationToken cancellation = default)
    {
        var deadline = DateTime.UtcNow + Browser.WaitTimeout;
        while (!await HoldsAsync(condition, cancellation))
        {
            if (DateTime.UtcNow > deadline)
            {
                throw new BrowserException($"Not true within {Browser.WaitTimeout.TotalMinutes:0} minutes: {condition}");
            }

            await Task.Delay(50, cancellation);
        }
    }

    private async Task<bool> HoldsAsync(string condition, CancellationToken cancellation)
    {
        try
        {
            return await EvaluateAsync<bool>($"!!({condition})", cancellation);
        }
        catch (BrowserException error) when (error.WasNavigation)
        {
            return false;
        }
    }

    /// <summary>Evaluates an expression; a promise is awaited.</summary>
    public async Task<T?> EvaluateAsync<T>(string expression, CancellationToken cancellation = default)
    {
        var response = await SendAsync(
            "Runtime.evaluate",
            new JsonObject { ["expression"] = expression, ["returnByValue"] = true, ["awaitPromise"] = true },
            cancellation);
        if (response["exceptionDetails"] is { } failure)
        {
            throw new BrowserException($"{expression}: {(string?)failure["exception"]?["description"] ?? (string?)failure["text"]}");
        }

        return response["result"]!["value"] is { } value ? value.Deserialize<T>() : default;
    }

    public Task SetViewportAsync(int width, int height, double scale = 1, CancellationToken cancellation = default) => SendAsync(
        "Emulation.setDeviceMetricsOverride",
        new JsonObject { ["width"] = width, ["height"] = height, ["deviceScaleFactor"] = scale, ["mobile"] = false },
        cancellation);

    /// <param name="colorScheme">"light" or "dark".</param>
    /// <param name="media">"screen" or "print".</param>
    public Task SetMediaAsync(string colorScheme, string media = "screen", CancellationToken cancellation = default) => SendAsync(
        "Emulation.setEmulatedMedia",
        new JsonObject
        {
            ["media"] = media,
            ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = colorScheme }),
        },
        cancellation);

    /// <summary>A PNG screenshot of an element, or of the viewport.</summary>
    public async Task<byte[]> ScreenshotAsync(string? selector = null, CancellationToken cancellation = default)
    {
        var parameters = new JsonObject { ["format"] = "png" };
        if (selector is not null)
        {
            var box = await EvaluateAsync<double[]>(
                $"(() => {{ const b = document.querySelector({JsonSerializer.Serialize(selector)}).getBoundingClientRect(); return [b.x + scrollX, b.y + scrollY, b.width, b.height]; }})()",
                cancellation);
            parameters["captureBeyondViewport"] = true;
            parameters["clip"] = new JsonObject { ["x"] = box![0], ["y"] = box[1], ["width"] = box[2], ["height"] = box[3], ["scale"] = 1 };
        }

        var response = await SendAsync("Page.captureScreenshot", parameters, cancellation);
        return Convert.FromBase64String((string)response["data"]!);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _connection.SendAsync("Target.closeTarget", new JsonObject { ["targetId"] = _target }, null, CancellationToken.None);
        }
        catch (BrowserException)
        {
            // The browser has exited.
        }
    }

    private Task<JsonObject> SendAsync(string method, JsonObject? parameters, CancellationToken cancellation) =>
        _connection.SendAsync(method, parameters, _session, cancellation);

    private void OnEvent(string name, JsonObject parameters)
    {
        switch (name)
        {
            case "Page.loadEventFired":
                _loaded.TrySetResult();
                break;
            case "Network.requestWillBeSent" when (string?)parameters["request"]!["url"] is { } url && !url.StartsWith("data:", StringComparison.Ordinal):
                _requests.Enqueue(url);
                break;
            case "Network.loadingFailed" when (bool?)parameters["canceled"] is not true:
                _problems.Enqueue($"request failed: {(string?)parameters["errorText"]}");
                break;
            case "Runtime.exceptionThrown":
                _problems.Enqueue($"exception: {(string?)parameters["exceptionDetails"]!["exception"]?["description"]}");
                break;
            case "Runtime.consoleAPICalled" when (string?)parameters["type"] is "warning" or "error" or "assert":
                _problems.Enqueue($"console: {string.Join(' ', parameters["args"]!.AsArray().Select(argument => (string?)argument!["description"] ?? argument["value"]?.ToString()))}");
                break;
            case "Log.entryAdded" when (string?)parameters["entry"]!["level"] is "warning" or "error":
                _problems.Enqueue($"log: {(string?)parameters["entry"]!["text"]} {(string?)parameters["entry"]!["url"]}");
                break;
        }
    }
}
