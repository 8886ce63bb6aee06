using AngleSharp.Html.Parser;
using DeepNotes.Notebooks.Book;
using DeepNotes.Notebooks.Documents;
using DeepNotes.Notebooks.Tests.Support;

namespace DeepNotes.Notebooks.Tests.Book.Indexes;

public sealed class IndexPageTests : IDisposable
{
    private static readonly string Everything = Path.Combine(AppContext.BaseDirectory, "Book", "everything");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("questions.html", "question-D03", "href=\"00-everything.html#card-D03\"")]
    [InlineData("questions.html", "question-D03", "href=\"00-everything.html#cell-proof\"")]
    [InlineData("questions.html", "question-D03", "data-level=\"intermediate\"")]
    [InlineData("questions.html", "question-D03", "<span class=\"asked\">Why do units die, and how many?</span>")]
    [InlineData("questions.html", "question-D03", "<span class=\"original\" lang=\"zh\">为什么会出现神经元死亡？</span>")]
    [InlineData("questions.html", "question-D03", "negative for <em>all</em> inputs")]
    [InlineData("questions.html", "question-D03", "所有输入的预激活值都变成负数")]
    [InlineData("coverage.html", "question-D03", "href=\"00-everything.html#card-D03\"")]
    [InlineData("coverage.html", "question-D01", "href=\"00-everything.html#cell-verdicts\"")]
    [InlineData("coverage.html", "question-B06", "class=\"unwritten\"")]
    [InlineData("coverage.html", "question-V01", "Distillation &lt;with temperature&gt;")]
    [InlineData("coverage.html", "lost-L015", "href=\"00-everything.html#cell-proof\"")]
    [InlineData("verdicts.html", "claim-V01", "beside the matrix product it hardly counts")]
    [InlineData("verdicts.html", "claim-V01", "deepnotes-verdict-condition\"")]
    [InlineData("verdicts.html", "claim-V07", "deepnotes-verdict-wrong\"")]
    [InlineData("verdicts.html", "claim-V07", "<em>Say in the interview:</em> Look at the trend")]
    [InlineData("verdicts.html", "claim-V07", "href=\"00-everything.html#cell-verdicts\"")]
    [InlineData("verdicts.html", "claim-V02", "deepnotes-verdict-condition unwritten\"")]
    [InlineData("verdicts.html", "claim-V91", "not tried in the chapter yet")]
    [InlineData("notation.html", "group-1", "Network")]
    [InlineData("glossary.html", "term-dead-unit", "href=\"00-everything.html\">chapter 00</a>")]
    [InlineData("glossary.html", "term-saddle-point", "<span class=\"chapter-link\">chapter 12</span>")]
    [InlineData("00-everything.html", "cell-curves", "href=\"figures/00/curves.svg\" download")]
    [InlineData("00-everything.html", "cell-confusion", "href=\"figures/00/confusion-2.svg\" download")]
    [InlineData("00-everything.html", "card-D03", "href=\"#cell-proof\"")]
    [InlineData("00-everything.html", "card-D03", "<div class=\"folds\">")]
    public void An_element_has_its_content(string page, string id, string expected)
    {
        Publish(Everything);

        var place = new HtmlParser().ParseDocument(File.ReadAllText(_folder[$"book/{page}"])).GetElementById(id);

        Assert.NotNull(place);
        Assert.Contains(expected, place.OuterHtml.Replace("=\"\"", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("11", "11a-first.html")]
    [InlineData("11a", "11a-first.html")]
    [InlineData("11b", "11b-second.html")]
    public void A_chapter_in_two_notebooks_is_found_by_number_and_by_letter(string chapter, string page)
    {
        File.WriteAllText(_folder["glossary.tsv"], $"term\tchinese\tmeaning\tchapter\nBatch\t批次\tExamples of one step.\t{chapter}\n");
        var notebooks = ((string[])["11a-first", "11b-second"]).Select(name => NotebookDocument.Parse(
            """{"cells": [{"cell_type": "markdown", "id": "title", "metadata": {}, "source": "# Title"}], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}""",
            _folder[$"{name}.ipynb"]));

        BookPublisher.Publish([.. notebooks], new BookOptions { OutputFolder = _folder["book"], ListsFolder = _folder.Path });

        Assert.Contains($"href=\"{page}\">chapter {chapter}</a>", File.ReadAllText(_folder["book/glossary.html"]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_claim_with_two_sources_names_both_with_their_lines()
    {
        File.WriteAllText(_folder["topics.tsv"], "id\tkind\tchapter\tsource\toriginal\tenglish\truling\tcorrection\nV77\tclaim\t03\t003:67; 004:219\t距离\tA distance.\timprecise\tNo metric.\n");

        Publish(_folder.Path);

        Assert.Contains("<cite>source 003, line 67; source 004, line 219</cite>", File.ReadAllText(_folder["book/verdicts.html"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_lists_there_are_no_index_pages()
    {
        var result = Publish(null);

        Assert.Equal(["index.html", "00-everything.html", "01-second.html"], result.Pages.Select(Path.GetFileName));
    }

    [Fact]
    public void Pages_show_no_ids_and_no_link_to_the_list_of_topics()
    {
        Publish(Everything);

        var pages = Directory.GetFiles(_folder["book"], "*.html").Where(page => Path.GetFileName(page) != "coverage.html")
            .Select(page => new HtmlParser().ParseDocument(File.ReadAllText(page)).Body!);
        Assert.All(pages, page =>
        {
            Assert.DoesNotMatch(@"\b(D03|V0[17]|L015)\b", page.TextContent);
            Assert.Empty(page.QuerySelectorAll("a[href^='coverage.html']"));
        });
    }

    [Fact]
    public void Unknown_topics_and_cards_without_proof_are_noted()
    {
        File.WriteAllText(_folder["topics.tsv"], "id\tkind\tchapter\tsource\toriginal\tenglish\truling\tcorrection\nA01\tquestion\t01\t000\t为什么\tWhy\t\t\n");

        var notes = Publish(_folder.Path, cell => cell.Replace("\"proof\": \"proof\"", "\"proof\": \"gone\"", StringComparison.Ordinal)).Notes;

        Assert.Contains(notes, note => note.Contains("claim V07, which is not in the list of topics", StringComparison.Ordinal));
        Assert.Contains(notes, note => note.Contains("card D03 names the proof gone, which is not a cell", StringComparison.Ordinal));
        Assert.DoesNotContain("card-proof", File.ReadAllText(_folder["book/00-everything.html"]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("topics.tsv", "id\tkind\n", "line 1: expected 8 columns")]
    [InlineData("topics.tsv", "id\tkind\tchapter\tsource\toriginal\tenglish\truling\tcorrection\nA01\tquestion\n", "line 2: expected 8 columns")]
    [InlineData("topics.tsv", "id\tkind\tchapter\tsource\toriginal\tenglish\truling\tcorrection\nA01\tanswer\t01\t000\ta\tb\t\t\n", "line 2: expected question, claim or lost")]
    [InlineData("glossary.tsv", "term\tmeaning\n", "term, chinese, meaning, chapter")]
    [InlineData("notation.tsv", "group\tsymbol\tmeaning\tshape\nx\n", "line 2: expected 4 columns")]
    public void A_malformed_list_is_rejected_with_its_line(string name, string text, string message)
    {
        File.WriteAllText(_folder[name], text);

        var error = Assert.Throws<BookException>(() => Publish(_folder.Path));

        Assert.Contains(name, error.Message, StringComparison.Ordinal);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    private BookResult Publish(string? lists, Func<string, string>? change = null) => BookPublisher.Publish(
        [.. Directory.GetFiles(Everything, "*.ipynb").Order(StringComparer.Ordinal)
            .Select(path => NotebookDocument.Parse((change ?? (text => text))(File.ReadAllText(path)), path))],
        new BookOptions { OutputFolder = _folder["book"], ListsFolder = lists });
}
