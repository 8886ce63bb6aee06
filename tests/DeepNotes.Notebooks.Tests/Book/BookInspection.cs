using System.Collections.Concurrent;
using DeepNotes.Notebooks.Browsers;

namespace DeepNotes.Notebooks.Tests.Book;

/// <summary>What is wrong with a page in a real browser; nothing, when all is well.</summary>
internal static class BookInspection
{
    // The browser's advice on how plotly.js reads its canvas: nothing that a page can change.
    private const string PlotlyAdvice = "willReadFrequently";

    private const string Script = """
        ({
          async charts() {
            const faults = [];
            for (const [index, chart] of [...document.querySelectorAll('.chart')].entries()) {
              chart.scrollIntoView({ behavior: 'instant', block: 'center' });
              for (const start = Date.now(); Date.now() - start < 300e3 && !/drawn|failed/.test(chart.dataset.state ?? '');) await new Promise((done) => setTimeout(done, 5));
              if (!chart.querySelector('.js-plotly-plot .main-svg')) faults.push(`chart ${index + 1} is not drawn (${chart.dataset.state})`);
              if (chart.querySelector('[data-title^="Share"], .plotlyjsicon')) faults.push(`chart ${index + 1} offers a button to somebody's server`);
            }
            return faults;
          },
          formulas() {
            // KaTeX writes an unknown command in its error colour, and what it can't parse as an element of its own.
            const unknown = (formula) => [...formula.querySelectorAll('[style]')].some((part) => part.style.color === 'rgb(204, 0, 0)');
            return [...document.querySelectorAll('.math')]
              .filter((formula) => !formula.querySelector('.katex') || formula.querySelector('.katex-error') || unknown(formula))
              .map((formula) => `formula not drawn: ${formula.textContent.slice(0, 80)}`);
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
            return [...document.querySelectorAll('.bar, .neighbours, .headings')].filter((element) => getComputedStyle(element).display !== 'none').map((element) => `on paper: ${element.className}`)
              .concat([...document.querySelectorAll('.chart')].filter((chart) => !chart.querySelector('.chart-face').offsetHeight && !chart.querySelector('.chart-live').offsetHeight).map(() => 'on paper a chart has no face'));
          },
        })
        """;

    public static async Task<IReadOnlyCollection<string>> FindFaultsAsync(IReadOnlyList<string> pages)
    {
        var faults = new ConcurrentQueue<string>();
        await using var browser = await Browser.StartAsync();
        await Parallel.ForEachAsync(pages, new ParallelOptions { MaxDegreeOfParallelism = Math.Min(4, Environment.ProcessorCount) }, async (path, cancellation) =>
        {
            await using var page = await browser.NewPageAsync(cancellation);
            foreach (var fault in await InspectAsync(page, path))
            {
                faults.Enqueue($"{Path.GetFileName(path)}: {fault}");
            }
        });
        return faults;
    }

    private static async Task<List<string>> InspectAsync(BrowserPage page, string path)
    {
        var faults = new List<string>();
        await page.SetMediaAsync("light");
        await page.SetViewportAsync(1280, 900);
        await OpenAsync(page, path);
        await Ask("charts", "formulas", "pictures", "overflow", "contrast");

        await page.SetMediaAsync("dark");
        await Ask("contrast", "charts");
        await page.SetMediaAsync("light", "print");
        await Ask("paper");

        await page.SetMediaAsync("light");
        await page.SetViewportAsync(390, 844);
        await OpenAsync(page, path);
        await page.EvaluateAsync<bool>("document.querySelectorAll('details').forEach((box) => { box.open = true; }), true");
        await Ask("charts", "overflow");

        var folder = new Uri(Path.GetDirectoryName(path)! + Path.DirectorySeparatorChar).AbsoluteUri;
        faults.AddRange(page.Requests.Where(request => !request.StartsWith(folder, StringComparison.Ordinal)).Select(request => $"asks for {request}"));
        faults.AddRange(page.Problems.Where(problem => !problem.Contains(PlotlyAdvice, StringComparison.Ordinal)));
        return faults;

        async Task Ask(params string[] questions)
        {
            foreach (var question in questions)
            {
                faults.AddRange(await page.EvaluateAsync<string[]>($"{Script}.{question}()") ?? []);
            }
        }
    }

    private static async Task OpenAsync(BrowserPage page, string path)
    {
        await page.OpenAsync(new Uri(path));
        await page.WaitForAsync("document.documentElement.dataset.ready");
    }
}
