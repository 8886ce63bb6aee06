using System.Text.Json;
using DeepNotes.Notebooks.Browsers;

namespace DeepNotes.Cli.Tests.Jupyter;

/// <summary>A notebook in Jupyter's classic front end, operated through its menus and buttons.</summary>
internal sealed class ClassicNotebook(BrowserPage page) : IAsyncDisposable
{
    private const int Width = 1200;
    private const string LastCell = "[...document.querySelectorAll('.code_cell')].at(-1)";
    private const string IsIdle = "Jupyter.notebook.kernel && Jupyter.notebook.kernel.is_connected() && !Jupyter.notebook.kernel_busy";

    public BrowserPage Page => page;

    public static async Task<ClassicNotebook> OpenAsync(Browser browser, NotebookServer server, string name)
    {
        var page = await browser.NewPageAsync();
        await page.SetViewportAsync(Width, 800);
        await page.OpenAsync(new Uri(server.Address, $"notebooks/{name}"));
        var notebook = new ClassicNotebook(page);
        await page.WaitForAsync($"window.Jupyter && Jupyter.notebook && Jupyter.notebook._fully_loaded && {IsIdle}");

        // MathJax pauses between cells to keep the page responsive, which adds up to most of a minute in a chapter.
        await page.EvaluateAsync<int>("MathJax.Hub.processSectionDelay = 0");
        return notebook;
    }

    /// <summary>Runs all cells and waits until they have finished and all formulas are rendered.</summary>
    public async Task RunAllAsync()
    {
        await ClickAsync("#run_all_cells a");
        await WaitUntilDoneAsync();
        await page.WaitForAsync("!MathJax.Hub.queue.pending && !MathJax.Hub.queue.running");
    }

    /// <summary>Starts code in a new cell, or in the last one if it is empty.</summary>
    public Task StartCellAsync(string code) => page.EvaluateAsync<bool>(
        $$"""
        (() => {
          const last = Jupyter.notebook.get_cells().at(-1);
          const cell = last.get_text() === '' ? last : Jupyter.notebook.insert_cell_at_bottom('code');
          cell.set_text({{Script(code)}});
          cell.execute();
          return true;
        })()
        """);

    /// <summary>Runs code in a cell and returns its output.</summary>
    public async Task<string> RunCellAsync(string code)
    {
        await StartCellAsync(code);
        await WaitUntilDoneAsync();
        return await LastOutputAsync();
    }

    /// <summary>The output text of the last cell, without its number.</summary>
    public async Task<string> LastOutputAsync() =>
        (await page.EvaluateAsync<string>($"[...{LastCell}.querySelectorAll('.output_subarea')].map(area => area.innerText).join('')"))!.Trim();

    public Task<string?> KernelNameAsync() => page.EvaluateAsync<string>("document.querySelector('.kernel_indicator_name').innerText");

    public Task<int> CountAsync(string selector) => page.EvaluateAsync<int>($"document.querySelectorAll({Script(selector)}).length");

    /// <summary>The number of matching elements in the output of each code cell.</summary>
    public async Task<int[]> CountInCellsAsync(string selector) => (await page.EvaluateAsync<int[]>(
        $"[...document.querySelectorAll('.code_cell')].map(cell => cell.querySelectorAll('.output ' + {Script(selector)}).length)"))!;

    public async Task<string[]> TextsAsync(string selector) =>
        (await page.EvaluateAsync<string[]>($"[...document.querySelectorAll({Script(selector)})].map(element => element.innerText)"))!;

    /// <summary>The texts of the Markdown cells, without code and formulas.</summary>
    public async Task<string[]> ProseAsync() => (await page.EvaluateAsync<string[]>(
        """
        [...document.querySelectorAll('.text_cell_render')].map(cell => {
          const copy = cell.cloneNode(true);
          copy.querySelectorAll('code, script, .MathJax').forEach(element => element.remove());
          return copy.textContent;
        })
        """))!;

    /// <summary>Waits until the kernel is idle and no cell is running.</summary>
    public Task WaitUntilDoneAsync() => page.WaitForAsync(
        $"{IsIdle} && Jupyter.notebook.get_cells().every(cell => cell.cell_type !== 'code' || !cell.element.hasClass('running'))");

    public Task WaitForOutputAsync(string text) => page.WaitForAsync(
        $"{LastCell}.querySelector('.output').innerText.includes({Script(text)})");

    /// <summary>Enters a line in the input field of the last cell.</summary>
    public async Task AnswerAsync(string line)
    {
        await page.WaitForAsync($"{LastCell}.querySelector('.raw_input')");
        await page.EvaluateAsync<bool>(
            $$"""
            (() => {
              const input = $({{LastCell}}).find('.raw_input');
              input.val({{Script(line)}}).trigger($.Event('keydown', { which: 13, keyCode: 13 }));
              return true;
            })()
            """);
    }

    public Task InterruptAsync() => ClickAsync("button[data-jupyter-action='jupyter-notebook:interrupt-kernel']");

    /// <summary>Restarts the kernel and confirms the dialog.</summary>
    public async Task RestartAsync()
    {
        await page.EvaluateAsync<bool>("(Jupyter.notebook.events.one('kernel_ready.Kernel', () => window.restarted = true), window.restarted = false)");
        await ClickAsync("#restart_kernel a");
        await ClickAsync(".modal.in .btn-danger");
        await page.WaitForAsync($"window.restarted && {IsIdle} && !document.querySelector('.modal')");
    }

    /// <summary>A screenshot of the page, scrolled to the end of an element.</summary>
    public async Task<byte[]> PictureAsync(string selector, int height)
    {
        await page.SetViewportAsync(Width, height);
        await page.EvaluateAsync<bool>($"(document.querySelector({Script(selector)}).scrollIntoView({{ block: 'end' }}), true)");
        return await page.ScreenshotAsync();
    }

    public async Task ClickAsync(string selector)
    {
        var element = $"document.querySelector({Script(selector)})";
        await page.WaitForAsync(element);
        await page.EvaluateAsync<bool>($"({element}.click(), true)");
    }

    private static string Script(string text) => JsonSerializer.Serialize(text);

    public ValueTask DisposeAsync() => page.DisposeAsync();
}
