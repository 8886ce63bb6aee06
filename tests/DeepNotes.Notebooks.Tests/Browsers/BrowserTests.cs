using System.Buffers.Binary;
using DeepNotes.Notebooks.Browsers;
using DeepNotes.Notebooks.Tests.Support;

namespace DeepNotes.Notebooks.Tests.Browsers;

public sealed class BrowserTests
{
    [BrowserFact]
    public async Task An_SVG_is_rendered_as_a_PNG_of_its_size_times_the_scale()
    {
        await using var browser = await Browser.StartAsync();

        var png = await browser.ScreenshotSvgAsync(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 40 20\"><rect width=\"40\" height=\"20\" fill=\"red\"/></svg>", 40, 20, 2.5);

        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], png[..4]);
        Assert.Equal((100, 50), (BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20))));
    }

    [BrowserFact]
    public async Task A_page_reports_values_problems_and_requests()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["page.html"], "<title>T</title><img src='missing.png'><script>console.error('said', 1); setTimeout(() => { throw new Error('thrown'); })</script>");
        await using var browser = await Browser.StartAsync();
        await using var page = await browser.NewPageAsync();

        await page.OpenAsync(new Uri(folder["page.html"]));
        await page.WaitForAsync("document.title === 'T'");
        await Eventually.True(() => page.Problems.Count >= 3, () => string.Join('\n', page.Problems));

        Assert.Equal(42, await page.EvaluateAsync<int>("Promise.resolve(6 * 7)"));
        Assert.Contains(page.Problems, problem => problem.Contains("said 1", StringComparison.Ordinal));
        Assert.Contains(page.Problems, problem => problem.Contains("thrown", StringComparison.Ordinal));
        Assert.Contains(page.Problems, problem => problem.Contains("request failed", StringComparison.Ordinal));
        Assert.Contains(page.Requests, request => request.EndsWith("missing.png", StringComparison.Ordinal));
    }

    [BrowserFact]
    public async Task A_missing_page_and_a_failing_script_are_errors()
    {
        await using var browser = await Browser.StartAsync();
        await using var page = await browser.NewPageAsync();

        var missing = await Assert.ThrowsAsync<BrowserException>(() => page.OpenAsync(new Uri("file:///no/such/page.html")));
        var failing = await Assert.ThrowsAsync<BrowserException>(() => page.EvaluateAsync<int>("nothing.there"));

        Assert.Contains("/no/such/page.html", missing.Message, StringComparison.Ordinal);
        Assert.Contains("nothing is not defined", failing.Message, StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task The_browser_leaves_no_files_behind()
    {
        string?[] folders;
        await using (var browser = await Browser.StartAsync())
        {
            var socket = new FileInfo(Path.Combine(browser.Profile, "SingletonSocket")).LinkTarget;
            folders = [browser.Profile, Path.GetDirectoryName(socket)];
        }

        Assert.All(folders, folder => Assert.False(Directory.Exists(folder), folder));
    }
}
