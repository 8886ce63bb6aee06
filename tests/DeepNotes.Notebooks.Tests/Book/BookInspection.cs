using System.Collections.Concurrent;
using DeepNotes.Notebooks.Browsers;

namespace DeepNotes.Notebooks.Tests.Book;

/// <summary>Finds rendering faults of pages in a browser.</summary>
internal static class BookInspection
{
    // Performance advice on plotly.js's use of the canvas, which a page cannot change.
    private static readonly string[] PlotlyAdvice = ["willReadFrequently", "GPU stall due to ReadPixels"];

    private const string Script = """
        ({
          async charts() {
            const faults = [];
            for (const [index, chart] of [...document.querySelectorAll('.chart')].entries()) {
              chart.scrollIntoView({ behavior: 'instant', block: 'center' });
              for (const start = Date.now(); Date.now() - start < 300e3 && !/drawn|failed/.test(chart.dataset.state ?? '');) await new Promise((done) => setTimeout(done, 5));
              if (!chart.querySelector('.js-plotly-plot .main-svg')) faults.push(`chart ${index + 1} is not drawn (${chart.dataset.state})`);
              const title = chart.querySelector('.gtitle');
              if (title && title.getBoundingClientRect().top < chart.querySelector('.chart-live').getBoundingClientRect().top) faults.push(`the title of chart ${index + 1} is cut off`);
              if (chart.querySelector('[data-title^="Share"], .plotlyjsicon')) faults.push(`chart ${index + 1} offers a button to somebody's server`);
            }
            return faults;
          },
          formulas() {
            // KaTeX shows unknown commands in its error colour, and formulas that it cannot parse as an error element.
            const unknown = (formula) => [...formula.querySelectorAll('[style]')].some((part) => part.style.color === 'rgb(204, 0, 0)');
            return [...document.querySelectorAll('.math')]
              .filter((formula) => !formula.querySelector('.katex') || formula.querySelector('.katex-error') || unknown(formula))
              .map((formula) => `formula not drawn: ${formula.textContent.slice(0, 80)}`);
          },
          lines() {
            // No line break between a formula and a following comma, or between a formula and a preceding parenthesis.
            const place = (node, at) => {
              const range = document.createRange();
              range.setStart(node, at);
              range.setEnd(node, at + 1);
              return range.getBoundingClientRect();
            };
            const ends = [...document.querySelectorAll('.math:not(.display)')].flatMap((formula) => {
              const boxes = [...formula.querySelectorAll('.katex-base')].map((box) => box.getBoundingClientRect());
              const [before, after] = [formula.previousSibling, formula.nextSibling];
              const isOpen = before?.nodeType === Node.TEXT_NODE && /[([]$/.test(before.data) && place(before, before.length - 1).bottom <= boxes.at(0)?.top;
              const isClosed = after?.nodeType === Node.TEXT_NODE && /^[,.;:)。，；：）]/.test(after.data) && place(after, 0).top >= boxes.at(-1)?.bottom;
              return [isOpen ? before.data.slice(-20) : '', isClosed ? after.data.slice(0, 20) : ''];
            });
            return ends.filter(Boolean).map((text) => `a line ends or begins beside a formula: ${text}`);
          },
          plots() {
            // The plotting area must not be squeezed between title and legend.
            return [...document.querySelectorAll('.chart-live')]
              .filter((live) => live.querySelectorAll('.nsewdrag').length === 1 && live.layout?.yaxis?.visible !== false && !live.layout?.yaxis?.scaleanchor)
              .map((live) => [live, Math.round(live.querySelector('.nsewdrag').getBoundingClientRect().height)])
              .filter(([, height]) => height > 0 && height < 150)
              .map(([live, height]) => `a plot of a height of ${height}: ${live.closest('.chart').textContent.trim().slice(0, 60)}`);
          },
          headings() {
            return [...document.querySelectorAll('.chart-live')].flatMap((live) => {
              const index = live.layout?.annotations?.findIndex((note) => note.name === 'subtitle') ?? -1;
              const [subtitle, legend] = [`.annotation[data-index="${index}"]`, '.legend'].map((part) => live.querySelector(part)?.getBoundingClientRect());
              return subtitle && legend && subtitle.bottom > legend.top + 7 ? [`a legend on a sub-title: ${live.layout.annotations[index].text.slice(0, 60)}`] : [];
            });
          },
          pictures() {
            const images = [...document.images].filter((image) => image.complete && image.naturalWidth === 0).map((image) => `picture not loaded: ${image.src.slice(0, 80)}`);
            const unnamed = [...document.querySelectorAll('svg[role=img]')].filter((svg) => !svg.querySelector('title') && !svg.ariaLabel).map(() => 'an SVG figure has no alternative text');
            return images.concat(unnamed);
          },
          overflow() {
            const width = document.documentElement.clientWidth;
            const scrolls = (element) => { for (let at = element.parentElement; at; at = at.parentElement) if (getComputedStyle(at).overflowX !== 'visible') return true; };
            return document.documentElement.scrollWidth > width
              ? [...document.querySelectorAll('main *')].filter((element) => element.getBoundingClientRect().right > width + 1 && !scrolls(element)).slice(0, 3)
                  .map((element) => `wider than the page of ${width}: ${element.outerHTML.slice(0, 80)}`).concat(`page is ${document.documentElement.scrollWidth} wide on a screen of ${width}`)
              : [];
          },
          code() {
            // Expanded code takes less than a fifth of the height of a page on a phone.
            const height = (boxes) => [...boxes].filter((box) => !box.closest('details:not([open])')).reduce((sum, box) => sum + box.getBoundingClientRect().height, 0);
            const share = height(document.querySelectorAll('.listing')) / height(document.querySelectorAll('main'));
            return share < 0.2 ? [] : [`code takes ${Math.round(100 * share)}% of the page`];
          },
          hints() {
            // Scrollable elements fade out at their edge to indicate more content.
            return [...document.querySelectorAll('main *:not(.js-plotly-plot *)')]
              .filter((box) => /auto|scroll/.test(getComputedStyle(box).overflowX) && box.scrollWidth > box.clientWidth + 1 && getComputedStyle(box).maskImage === 'none')
              .map((box) => `scrolls without a hint: ${box.outerHTML.slice(0, 80)}`);
          },
          contrast() {
            const channels = (color) => {
              const parts = color.match(/[\d.]+/g).map(Number);
              return color.startsWith('color(') ? [...parts.slice(0, 3).map((part) => part * 255), parts[3] ?? 1] : [...parts.slice(0, 3), parts[3] ?? 1];
            };
            const luminance = (color) => channels(color).slice(0, 3).map((part) => part / 255)
              .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
              .reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);
            const ground = (element) => {
              for (let at = element; at; at = at.parentElement) {
                const color = getComputedStyle(at).backgroundColor;
                if (channels(color)[3] > 0.5) return color;
              }
              return 'rgb(255, 255, 255)';
            };
            const faults = new Set();
            for (const element of document.querySelectorAll('body *:not(svg *):not(.katex *):not(.chart *):not(script)')) {
              if (![...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim())) continue;
              const pair = [getComputedStyle(element).color, ground(element)].map(luminance).sort((a, b) => b - a);
              const ratio = (pair[0] + 0.05) / (pair[1] + 0.05);
              if (ratio < 4.5) faults.add(`contrast ${ratio.toFixed(2)}: ${element.tagName.toLowerCase()}.${element.className}`);
            }
            return [...faults];
          },
          paper() {
            return [...document.querySelectorAll('.bar, .neighbours, .side')].filter((element) => getComputedStyle(element).display !== 'none').map((element) => `on paper: ${element.className}`)
              .concat([...document.querySelectorAll('.chart')].filter((chart) => !chart.querySelector('.chart-face').offsetHeight && !chart.querySelector('.chart-live').offsetHeight).map(() => 'on paper a chart has no face'));
          },
        })
        """;

    /// <param name="pages">The pages of a book.</param>
    /// <param name="isThorough">Whether to check charts on a desktop, dark mode and print as well, which takes most of the time.</param>
    public static async Task<IReadOnlyCollection<string>> FindFaultsAsync(IReadOnlyList<string> pages, bool isThorough)
    {
        var faults = new ConcurrentQueue<string>();
        await using var browser = await Browser.StartAsync();
        await Parallel.ForEachAsync(pages, new ParallelOptions { MaxDegreeOfParallelism = Math.Min(4, Environment.ProcessorCount) }, async (path, _) =>
        {
            foreach (var fault in (string[])[.. await OnDeskAsync(browser, path, isThorough), .. await OnPhoneAsync(browser, path)])
            {
                faults.Enqueue($"{Path.GetFileName(path)}: {fault}");
            }
        });
        return faults;
    }

    private static async Task<IEnumerable<string>> OnDeskAsync(Browser browser, string path, bool isThorough)
    {
        await using var page = await OpenAsync(browser, path, "light", 1280, 900);
        var faults = new List<string>();
        if (isThorough)
        {
            faults.AddRange(await AskAsync(page, "charts"));
        }

        faults.AddRange(await AskAsync(page, "formulas", "pictures", "overflow", "contrast"));
        if (isThorough)
        {
            await page.SetMediaAsync("dark");
            faults.AddRange(await AskAsync(page, "contrast", "charts", "headings"));
            await page.SetMediaAsync("light", "print");
            faults.AddRange(await AskAsync(page, "paper"));
        }

        return [.. faults, .. Said(page, path)];
    }

    private static async Task<IEnumerable<string>> OnPhoneAsync(Browser browser, string path)
    {
        await using var page = await OpenAsync(browser, path, "dark", 390, 844);
        var code = await AskAsync(page, "code");
        await page.EvaluateAsync<bool>("document.querySelectorAll('details').forEach((box) => { box.open = true; }), true");
        return [.. code, .. await AskAsync(page, "charts", "plots", "lines", "overflow", "hints", "contrast"), .. Said(page, path)];
    }

    private static async Task<BrowserPage> OpenAsync(Browser browser, string path, string colorScheme, int width, int height)
    {
        var page = await browser.NewPageAsync();
        await page.SetMediaAsync(colorScheme);
        await page.SetViewportAsync(width, height);
        await page.OpenAsync(new Uri(path));
        await page.WaitForAsync("document.documentElement.dataset.ready");
        return page;
    }

    private static async Task<List<string>> AskAsync(BrowserPage page, params string[] questions)
    {
        var faults = new List<string>();
        foreach (var question in questions)
        {
            faults.AddRange(await page.EvaluateAsync<string[]>($"{Script}.{question}()") ?? []);
        }

        return faults;
    }

    /// <summary>Console messages of a page, except for performance advice.</summary>
    public static IEnumerable<string> Problems(BrowserPage page) =>
        page.Problems.Where(problem => !PlotlyAdvice.Any(advice => problem.Contains(advice, StringComparison.Ordinal)));

    // Requests outside the folder of the book, and console messages.
    private static IEnumerable<string> Said(BrowserPage page, string path)
    {
        var folder = new Uri(Path.GetDirectoryName(path)! + Path.DirectorySeparatorChar).AbsoluteUri;
        return
        [
            .. page.Requests.Where(request => !request.StartsWith(folder, StringComparison.Ordinal)).Select(request => $"asks for {request}"),
            .. Problems(page),
        ];
    }
}
