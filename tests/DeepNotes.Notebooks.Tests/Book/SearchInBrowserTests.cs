using DeepNotes.Notebooks.Book;
using DeepNotes.Notebooks.Browsers;
using DeepNotes.Notebooks.Documents;
using DeepNotes.Notebooks.Tests.Support;

namespace DeepNotes.Notebooks.Tests.Book;

/// <summary>Interaction with a page: search by keyboard, expandable elements, dark mode.</summary>
public sealed class SearchInBrowserTests
{
    private static readonly string Everything = Path.Combine(AppContext.BaseDirectory, "Book", "everything");

    private const string Type = """
        (async (text) => {
          const input = document.querySelector('.search input');
          input.focus();
          input.value = text;
          input.dispatchEvent(new Event('input', { bubbles: true }));
          const status = document.querySelector('.search-status');
          status.textContent = '';
          for (const start = Date.now(); Date.now() - start < 300e3 && !status.textContent;) await new Promise((done) => setTimeout(done, 20));
          return [...document.querySelectorAll('.search-panel a')].map((link) =>
            `${link.getAttribute('href')} [${[...link.querySelectorAll('mark')].map((mark) => mark.textContent).join('|')}] ${link.textContent}`);
        })
        """;

    [BookInBrowserFact]
    public async Task The_search_finds_words_prefixes_and_Chinese_and_navigates_to_the_result()
    {
        using var folder = new TemporaryFolder();
        await using var browser = await Browser.StartAsync();
        await using var page = await browser.NewPageAsync();
        await OpenAsync(page, Publish(folder["book"], "01-second.html"), 1280);

        foreach (var (query, place, marks) in Searches)
        {
            var found = await page.EvaluateAsync<string[]>($"{Type}({System.Text.Json.JsonSerializer.Serialize(query)})");
            Assert.Contains(found!, result => result.StartsWith(place, StringComparison.Ordinal) && result.Contains($"[{marks}]", StringComparison.Ordinal));
        }

        Assert.Empty((await page.EvaluateAsync<string[]>($"{Type}('ead')"))!); // no word has this prefix
        Assert.NotEmpty((await page.EvaluateAsync<string[]>($"{Type}('为什么会出现神经元死亡')"))!);
        await page.EvaluateAsync<bool>($"{Press("ArrowDown")}, {Press("Enter")}, true");
        await page.WaitForAsync("location.hash === '#card-D03' && document.getElementById('card-D03')?.getBoundingClientRect().top < innerHeight");
        Assert.Empty(BookInspection.Problems(page));
    }

    [BookInBrowserFact]
    public async Task On_a_phone_in_dark_mode_elements_expand_and_the_search_fits_the_screen()
    {
        using var folder = new TemporaryFolder();
        await using var browser = await Browser.StartAsync();
        await using var page = await browser.NewPageAsync();
        await page.SetMediaAsync("dark");
        await OpenAsync(page, Publish(folder["book"], "00-everything.html"), 390);

        await page.EvaluateAsync<string[]>($"{Type}('softmax')");
        Assert.True(await page.EvaluateAsync<bool>(
            "(() => { const box = document.querySelector('.search-panel').getBoundingClientRect(); return box.height > 0 && box.left >= 0 && box.right <= innerWidth; })()"));
        await page.EvaluateAsync<bool>($"{Press("Escape")}, true");
        Assert.True(await page.EvaluateAsync<bool>("document.querySelector('.search-panel').hidden"));

        Assert.True(await page.EvaluateAsync<bool>(
            "(() => { const box = document.querySelector('#card-D03 .folds'); const folded = box.offsetHeight; box.querySelector('summary').click(); return folded < box.offsetHeight; })()"));
        Assert.True(await page.EvaluateAsync<bool>(
            "(() => { const paper = () => getComputedStyle(document.body).backgroundColor; const dark = paper(); document.querySelector('.theme').click(); return dark !== paper(); })()"));
        Assert.Empty(page.Problems);
    }

    [BookInBrowserFact]
    public async Task Switches_expand_code_and_parts_and_are_remembered_on_the_next_page()
    {
        using var folder = new TemporaryFolder();
        await using var browser = await Browser.StartAsync();
        await using var page = await browser.NewPageAsync();
        await OpenAsync(page, Publish(folder["book"], "00-everything.html"), 1280);
        Assert.All((await page.EvaluateAsync<int[]>(Opened))!, count => Assert.Equal(0, count));

        await page.EvaluateAsync<bool>("document.querySelectorAll('.switches button').forEach((button) => button.click()), true");
        await FollowAsync(page, "01-second.html");
        await FollowAsync(page, "00-everything.html");
        Assert.All((await page.EvaluateAsync<int[]>(Opened))!, count => Assert.True(count > 0));
        Assert.True(await page.EvaluateAsync<bool>("[...document.querySelectorAll('.folded-code, .folds > details')].every((box) => box.open)"));

        await page.EvaluateAsync<bool>("document.querySelector('.switches button').click(), true");
        await FollowAsync(page, "01-second.html");
        await FollowAsync(page, "00-everything.html");
        Assert.Equal(0, (await page.EvaluateAsync<int[]>(Opened))![0]);
        Assert.Empty(page.Problems);
    }

    [BookInBrowserFact]
    public async Task Code_is_copied_with_the_keyboard_and_figure_data_is_loaded_on_demand()
    {
        using var folder = new TemporaryFolder();
        await using var browser = await Browser.StartAsync();
        await using var page = await browser.NewPageAsync();
        await OpenAsync(page, Publish(folder["book"], "00-everything.html"), 1280);

        await page.EvaluateAsync<bool>("(() => { const copy = document.querySelector('#cell-softmax .copy'); copy.focus(); copy.click(); return document.activeElement === copy; })()");
        await page.WaitForAsync("(({ textContent: said }) => said === 'Copied' || (said === 'Press Ctrl+C' && String(getSelection()).includes('double[] Softmax')))(document.querySelector('#cell-softmax .copy'))");

        Assert.Equal(0, await page.EvaluateAsync<int>("document.querySelectorAll('.figure-data table').length"));
        await page.EvaluateAsync<bool>("document.querySelector('#cell-curves .figure-data summary').click(), true");
        await page.WaitForAsync("document.querySelectorAll('#cell-curves .figure-data td').length > 20");
        Assert.Empty(page.Problems);
    }

    // The numbers of expanded code cells and collapsible parts.
    private const string Opened = "[document.querySelectorAll('.folded-code[open]').length, document.querySelectorAll('.folds > details[open]').length]";

    private static IEnumerable<(string Query, string Place, string Marks)> Searches =>
    [
        ("dead ReLU", "00-everything.html#dead-units", "Dead|dead|ReLU"),
        ("DEAD rel", "00-everything.html#dead-units", "Dead|dead|ReLU"),
        ("sadle point", "glossary.html#term-saddle-point", "Saddle|point"), // a missing letter
        ("659001", "00-everything.html#cell-softmax", "659001"), // in a text output
        ("梯度消失", "00-everything.html#dead-units", "梯度消失"),
        ("梯度消失问题", "verdicts.html#claim-V02", "梯度消失问题"),
        ("鞍点", "glossary.html#term-saddle-point", "鞍点"),
        ("leaky follow", "00-everything.html#card-D03", "follow|Follow|Leaky"),
        ("never overflows", "00-everything.html#cell-softmax", "never|overflows"), // in code
    ];

    private static string Press(string key) =>
        $"document.querySelector('.search input').dispatchEvent(new KeyboardEvent('keydown', {{ key: '{key}', bubbles: true, cancelable: true }}))";

    private static async Task OpenAsync(BrowserPage page, string path, int width)
    {
        await page.SetViewportAsync(width, 844);
        await page.OpenAsync(new Uri(path));
        await page.WaitForAsync("document.documentElement.dataset.ready");
    }

    // By clicking a link: an address opened by the test may get its own process, which can read the storage before the last write.
    private static async Task FollowAsync(BrowserPage page, string to)
    {
        await page.EvaluateAsync<bool>($"document.querySelector('a[href=\"{to}\"]').click(), true");
        await page.WaitForAsync($"location.pathname.endsWith('/{to}') && document.documentElement?.dataset.ready");
    }

    private static string Publish(string folder, string page)
    {
        BookPublisher.Publish(
            [.. Directory.GetFiles(Everything, "*.ipynb").Order(StringComparer.Ordinal).Select(NotebookDocument.Load)],
            new BookOptions { OutputFolder = folder, ListsFolder = Everything, FrontEnd = FrontEndPackages.Install(Repository.Npm) });
        return Path.Combine(folder, page);
    }
}
