using DeepNotes.Notebooks.Book;
using DeepNotes.Notebooks.Browsers;
using DeepNotes.Notebooks.Documents;
using DeepNotes.Notebooks.Tests.Support;

namespace DeepNotes.Notebooks.Tests.Book;

/// <summary>The slider and the play button of an animated figure, in a browser.</summary>
public sealed class AnimationInBrowserTests
{
    private const string Data = "document.querySelector('.js-plotly-plot').data[0].y.join(' ')";

    private const string PressSlider = """
        ((share) => {
          const rail = document.querySelector('.slider-rail-touch-rect');
          const { left, width, top, height } = rail.getBoundingClientRect();
          const at = { bubbles: true, view: window, clientX: left + share * width, clientY: top + height / 2 };
          rail.dispatchEvent(new MouseEvent('mousedown', at));
          document.querySelector('.js-plotly-plot').dispatchEvent(new MouseEvent('mouseup', at));
          return true;
        })
        """;

    private const string PressPlay =
        "document.querySelector('.updatemenu-button').dispatchEvent(new MouseEvent('click', { bubbles: true, view: window }))";

    [BookInBrowserFact]
    public async Task The_slider_and_the_play_button_change_the_figure()
    {
        using var folder = new TemporaryFolder();
        await using var browser = await Browser.StartAsync();
        await using var page = await browser.NewPageAsync();
        await page.SetViewportAsync(1280, 900);
        await page.OpenAsync(new Uri(Publish(folder["book"])));
        await page.WaitForAsync("document.querySelector('.chart[data-state=drawn]')");
        Assert.Equal("0 0 7", await page.EvaluateAsync<string>(Data));

        await page.EvaluateAsync<bool>($"{PressSlider}(0.99)");
        await page.WaitForAsync($"{Data} === '2 4 7'");
        await page.EvaluateAsync<bool>($"{PressSlider}(0.01)");
        await page.WaitForAsync($"{Data} === '0 0 7'");

        // Polling may miss a frame, so the page itself records the frames.
        await page.EvaluateAsync<bool>($"(window.shown = [], document.querySelector('.js-plotly-plot').on('plotly_animatingframe', () => shown.push({Data})), {PressPlay})");
        await page.WaitForAsync($"{Data} === '2 4 7'");
        Assert.Contains("1 2 7", await page.EvaluateAsync<string[]>("shown") ?? []);
        Assert.Empty(page.Problems);
    }

    private static string Publish(string folder)
    {
        var notebooks = Path.Combine(AppContext.BaseDirectory, "Book", "animation");
        return Assert.Single(BookPublisher.Publish(
            [NotebookDocument.Load(Path.Combine(notebooks, "00-animation.ipynb"))],
            new BookOptions { OutputFolder = folder, ListsFolder = notebooks, FrontEnd = FrontEndPackages.Install(Repository.Npm) }).Pages,
            path => path.EndsWith("00-animation.html", StringComparison.Ordinal));
    }
}
