using DeepNotes.Cli.Tests.Support;
using DeepNotes.Notebooks.Documents;

namespace DeepNotes.Cli.Tests.Jupyter;

/// <summary>
/// Tests of the kernel in Jupyter's classic notebook, in a browser. If DEEPNOTES_PICTURES names a folder, screenshots are
/// saved there; those of the README are made this way.
/// </summary>
public sealed class ClassicNotebookTests(ClassicNotebookFixture fixture) : IClassFixture<ClassicNotebookFixture>
{
    private const string Progress = "document.querySelector('progress')?.position";

    private static readonly string? Pictures = Environment.GetEnvironmentVariable("DEEPNOTES_PICTURES");

    [ChapterInClassicNotebookTheory]
    [MemberData(nameof(Chapters.ToRun), MemberType = typeof(Chapters))]
    public async Task A_chapter_runs_and_displays_its_formulas_tables_and_charts(string chapter)
    {
        await using var notebook = await fixture.OpenAsync(chapter);
        var cells = NotebookDocument.Load(Chapters.PathOf(chapter)).Cells.ToList();
        var expected = cells.Where(cell => cell.IsCode).Select(cell => cell.Outputs).ToArray();

        await notebook.RunAllAsync();

        Assert.Equal("DeepNotes C#", await notebook.KernelNameAsync());
        Assert.Equal(
            cells.Where(cell => cell.IsCode).Select(cell => cell.Tags.Contains("raises-exception") ? 1 : 0),
            await notebook.CountInCellsAsync(".output_error"));
        Assert.Equal(expected.Select(outputs => outputs.Count(IsChart)), await notebook.CountInCellsAsync("svg[role=img]"));
        Assert.Equal(expected.Select(outputs => outputs.Count(IsHtml)), await notebook.CountInCellsAsync(".output_html"));
        await AssertFormulasAsync(notebook);
        if (cells.FindIndex(cell => cell.Id == "log-sum-exp-proof") is >= 0 and var index)
        {
            await SaveAsync(notebook, $".cell:nth-child({index + 1})", 830, "jupyter-chapter.png");
        }
    }

    [Fact]
    public void The_first_chapter_has_every_kind_of_output()
    {
        var first = Chapters.All.Single(chapter => Path.GetFileName(chapter.Path) == Chapters.First);

        Assert.Subset(Forms(first), Chapters.All.SelectMany(Forms).ToHashSet());
    }

    [ChapterInClassicNotebookFact]
    public async Task Every_TeX_command_of_the_chapters_is_rendered_and_updates_are_displayed()
    {
        await using var notebook = await fixture.OpenAsync(ClassicNotebookFixture.Sample);

        await notebook.RunAllAsync();

        Assert.Empty(await notebook.TextsAsync(".output_error"));
        var shown = await Task.WhenAll(ChapterSample.Selectors.Select(notebook.CountInCellsAsync));
        Assert.All(shown.Index(), output => Assert.Equal(1, output.Item[output.Index]));
        await AssertFormulasAsync(notebook);
    }

    [ClassicNotebookFact]
    public async Task A_live_display_is_updated_in_place_while_its_cell_reads_input()
    {
        await using var notebook = await fixture.OpenAsync(ClassicNotebookFixture.EmptyNotebook);
        await notebook.StartCellAsync("var shown = display(\"at 1\"); while (Console.ReadLine() is { Length: > 0 } next) { shown.Update(next); }");

        await notebook.WaitForOutputAsync("at 1");
        Assert.Equal(["var", "while", "is"], await notebook.TextsAsync(".cm-keyword"));
        await notebook.AnswerAsync("at 2");
        await notebook.WaitForOutputAsync("at 2");
        await notebook.AnswerAsync("at 3");
        await notebook.WaitForOutputAsync("at 3");
        await notebook.AnswerAsync("");
        await notebook.WaitUntilDoneAsync();

        Assert.Equal("at 3", (await notebook.TextsAsync(".output_text"))[0].Trim());
    }

    [ChapterInClassicNotebookFact]
    public async Task Training_shows_its_progress_until_it_is_interrupted()
    {
        await using var notebook = await fixture.OpenAsync(ClassicNotebookFixture.EmptyNotebook);
        await notebook.RunCellAsync("#r \"../artifacts/bin/DeepNotes.Lib/release/DeepNotes.Lib.dll\"\nusing DeepNotes;");
        await notebook.RunCellAsync(
            """
            var (train, test) = Mnist.Load(maxTrain: 2000, maxTest: 500);
            Sequential net = [new Flatten(), new Linear(784, 64, seed: 1), new ReLU(), new Linear(64, 10, seed: 2)];
            var trainer = new Trainer(net, new Adam(learningRate: 2e-3f), Loss.CrossEntropy);
            """);
        await notebook.StartCellAsync("trainer.Fit(train, epochs: 1000, batchSize: 128, validation: test);");
        await notebook.Page.WaitForAsync($"{Progress} > 0.05");
        await notebook.Page.WaitForAsync($"{Progress} > 0.1");
        Assert.Equal(1, await notebook.CountAsync("progress"));
        await SaveAsync(notebook, ".cell:last-child", 380, "jupyter-training.png");

        await notebook.InterruptAsync();
        await notebook.WaitUntilDoneAsync();

        Assert.Contains("was interrupted", await notebook.LastOutputAsync(), StringComparison.Ordinal);
        Assert.Equal("true", await notebook.RunCellAsync("trainer.Evaluate(test).Accuracy > 0.8"));
    }

    [ClassicNotebookFact]
    public async Task An_endless_cell_is_interrupted_and_its_state_is_kept_until_a_restart()
    {
        await using var notebook = await fixture.OpenAsync(ClassicNotebookFixture.EmptyNotebook);
        await notebook.RunCellAsync("var kept = 41;");
        await notebook.StartCellAsync("Console.WriteLine(\"begun\"); while (true) { }");
        await notebook.WaitForOutputAsync("begun");

        await notebook.InterruptAsync();
        await notebook.WaitUntilDoneAsync();

        Assert.Contains("was interrupted", await notebook.LastOutputAsync(), StringComparison.Ordinal);
        Assert.Equal("42", await notebook.RunCellAsync("kept + 1"));
        await notebook.RestartAsync();
        Assert.Contains("CS0103: The name 'kept' does not exist", await notebook.RunCellAsync("kept + 1"), StringComparison.Ordinal);
        Assert.Equal("2", await notebook.RunCellAsync("1 + 1"));
    }

    // MathJax shows formulas with errors in a frame, and unknown commands in red.
    private static async Task AssertFormulasAsync(ClassicNotebook notebook)
    {
        Assert.NotEqual(0, await notebook.CountAsync(".text_cell .MathJax"));
        Assert.Equal(0, await notebook.CountAsync(".MathJax_Error, .merror, .noError, .MathJax [style*='color: red']"));
        Assert.DoesNotContain(await notebook.ProseAsync(), text => text.Contains('$', StringComparison.Ordinal));
    }

    private static HashSet<string> Forms(NotebookDocument chapter) => [.. chapter.Cells.SelectMany(cell => cell.Outputs).Select(output => output switch
    {
        DisplayOutput display => Describe(display.Data),
        ResultOutput result => Describe(result.Data),
        _ => output.GetType().Name,
    })];

    private static string Describe(MimeBundle data) => string.Join(' ', data.Forms.Keys.Order(StringComparer.Ordinal));

    private static bool IsChart(CellOutput output) => output is ResultOutput { Data: var data } && data.Forms.ContainsKey("image/svg+xml");

    private static bool IsHtml(CellOutput output) =>
        output is ResultOutput { Data: var result } && result.Forms.ContainsKey(MimeBundle.Html)
        || output is DisplayOutput { Data: var shown } && shown.Forms.ContainsKey(MimeBundle.Html);

    private static async Task SaveAsync(ClassicNotebook notebook, string selector, int height, string name)
    {
        if (Pictures is not null)
        {
            var path = Path.Combine(Workspace.Find(AppContext.BaseDirectory).Root, Pictures, name);
            await File.WriteAllBytesAsync(path, await notebook.PictureAsync(selector, height));
        }
    }
}
