using System.Text.Json.Nodes;
using AngleSharp.Html.Parser;
using DeepNotes.Notebooks.Book;
using DeepNotes.Notebooks.Browsers;
using DeepNotes.Notebooks.Documents;
using DeepNotes.Notebooks.Tests.Support;

namespace DeepNotes.Notebooks.Tests.Book;

/// <summary>A notebook with a script in every field that the book reads, except HTML outputs: none of them runs.</summary>
public sealed class HostileNotebookTests : IDisposable
{
    private const string Evil = "\"'><script>window.taken=1</script><img src=x onerror=\"window.taken=1\"></script><!--";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Only_the_scripts_of_the_page_template_can_run()
    {
        var result = Publish();
        foreach (var path in result.Pages)
        {
            var page = new HtmlParser().ParseDocument(File.ReadAllText(path));
            foreach (var own in page.QuerySelectorAll("form.search, form.filters"))
            {
                Assert.Empty(own.QuerySelectorAll("script, img"));
                own.Remove();
            }

            Assert.Empty(HostilePage.Dangers(page.Body!));
            Assert.Equal(["assets/search.js", "assets/book.js"], page.Head!.QuerySelectorAll("script[src]").Select(script => script.GetAttribute("src")!).Where(address => !address.Contains("katex", StringComparison.Ordinal)));
            Assert.Single(page.Head!.QuerySelectorAll("script:not([src])"));
        }

        Assert.DoesNotContain("</script", File.ReadAllText(_folder["book/search-index.js"]), StringComparison.OrdinalIgnoreCase);
        Assert.Empty(result.Failures);
        Assert.All(Directory.GetFiles(_folder["book"], "*", SearchOption.AllDirectories), path => Assert.StartsWith(_folder["book"], Path.GetFullPath(path), StringComparison.Ordinal));
    }

    [BookInBrowserFact]
    public async Task No_script_of_the_notebook_runs_in_a_browser()
    {
        var result = Publish(FrontEndPackages.Install(Repository.Npm)); // without a network, the page would wait for scripts from a CDN
        await using var browser = await Browser.StartAsync();
        foreach (var path in result.Pages)
        {
            await using var page = await browser.NewPageAsync();
            await page.SetViewportAsync(390, 844); // the width at which a chart's title becomes text of the page
            await page.OpenAsync(new Uri(path));
            await page.WaitForAsync("document.documentElement.dataset.ready");
            await page.EvaluateAsync<bool>("document.querySelectorAll('details').forEach((box) => { box.open = true; }), true");

            // Wait for everything that the page has begun to load.
            await page.WaitForAsync("document.readyState === 'complete' && [...document.images].every((image) => image.complete)");
            Assert.True(await page.EvaluateAsync<bool>("window.taken === undefined"), path);
        }
    }

    private BookResult Publish(FrontEnd? frontEnd = null)
    {
        var cells = new JsonArray(
            Cell("markdown", $"# Title {Evil}\n\nSummary {Evil} $x {Evil}$ [a](javascript:window.taken=1 \"{Evil}\") <javascript:window.taken=1> ![{Evil}](data:text/html,x)", "t"),
            Cell("markdown", $"## {Evil}\n\n<div id='{Evil}' onclick='window.taken=1' style=\"x\">{Evil}</div>\n\n$$ {Evil} $$\n\n\\begin{{align}}{Evil}\\end{{align}}\n\n```{Evil}\n{Evil}\n```\n\n```csharp\n{Evil}\n```\n\n[^1]\n\n[^1]: {Evil}", Evil),
            Cell("markdown", $"## {Evil}\n\n<span lang=\"zh\">{Evil}</span>\n\n{Evil}\n\n<details {Evil} id=\"x\" ontoggle=window.taken=1>\n<summary onclick=window.taken=1>30 秒</summary>\n{Evil}\n</details>", "card"),
            Cell("raw", Evil, "raw"),
            Cell("strange", Evil, "strange"),
            Cell("code", $"// {Evil}\nvar x = \"{Evil}\";", "code",
                Output(MimeBundle.PlainText, Evil), Output(MimeBundle.Png, Evil), Output("image/jpeg", "/9j/4AAQSkZJRg==", Evil), Output(MimeBundle.Latex, Evil),
                Output(MimeBundle.Markdown, $"{Evil} [a](javascript:window.taken=1)"), Output("application/json", new JsonObject { [Evil] = Evil }),
                Output($"application/{Evil}", Evil), Output(MimeBundle.Svg, Drawing("<script>window.taken=1</script>")), Output(MimeBundle.Svg, $"<svg {Evil}"),
                Output(MimeBundle.Svg, Drawing($"<g id=\"{Evil.Replace("\"", "&quot;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)}\" onclick=\"window.taken=1\"/>")),
                Output(MimeBundle.Plotly, Figure()),
                new JsonObject { ["output_type"] = "stream", ["name"] = Evil, ["text"] = Evil },
                new JsonObject { ["output_type"] = "error", ["ename"] = Evil, ["evalue"] = Evil, ["traceback"] = new JsonArray(Evil) },
                new JsonObject { ["output_type"] = Evil }));
        cells[2]!["metadata"]!["deepnotes"] = new JsonObject { ["card"] = new JsonObject { ["id"] = Evil, ["proof"] = "code" } };
        cells[1]!["attachments"] = new JsonObject { ["a.png"] = new JsonObject { [Evil] = Evil } };
        cells[5]!["metadata"] = new JsonObject
        {
            ["tags"] = new JsonArray(Evil),
            ["deepnotes"] = new JsonObject { ["covers"] = new JsonArray(Evil), ["verdicts"] = new JsonArray(Evil), ["restores"] = new JsonArray(Evil) },
        };
        var notebook = new JsonObject
        {
            ["cells"] = cells,
            ["nbformat"] = 4,
            ["nbformat_minor"] = 5,
            ["metadata"] = new JsonObject { ["deepnotes"] = new JsonObject { ["chapter"] = $"0{Evil}", ["title"] = Evil, ["summary"] = Evil, ["status"] = Evil } },
        };
        File.WriteAllText(_folder["topics.tsv"], $"id\tkind\tchapter\tsource\toriginal\tenglish\truling\tcorrection\n{Evil}\tquestion\t{Evil}\t{Evil}\t{Evil}\t{Evil}\t{Evil}\t{Evil}\n{Evil}\tclaim\t{Evil}\t{Evil}\t{Evil}\t{Evil}\t{Evil}\t{Evil}\n");
        File.WriteAllText(_folder["glossary.tsv"], $"term\tchinese\tmeaning\tchapter\n{Evil}\t{Evil}\t{Evil}\t{Evil}\n");
        File.WriteAllText(_folder["notation.tsv"], $"group\tsymbol\tmeaning\tshape\n{Evil}\t{Evil}\t{Evil}\t{Evil}\n");
        var document = NotebookDocument.Parse(notebook.ToJsonString(), _folder[$"notebooks/{Evil.Replace('/', '+')}.ipynb"]);
        return BookPublisher.Publish([document], new BookOptions { OutputFolder = _folder["book"], ListsFolder = _folder.Path, Title = Evil, Subtitle = Evil, FrontEnd = frontEnd ?? FrontEnd.FromCdn() });
    }

    private static JsonObject Cell(string type, string source, string id, params JsonObject[] outputs) => new()
    {
        ["cell_type"] = type,
        ["id"] = id,
        ["metadata"] = new JsonObject { ["raw_mimetype"] = Evil },
        ["source"] = source,
        ["outputs"] = new JsonArray([.. outputs]),
    };

    private static JsonObject Output(string type, JsonNode data, string? text = null)
    {
        var forms = new JsonObject { [type] = data };
        if (text is not null)
        {
            forms[MimeBundle.PlainText] = text;
        }

        return new JsonObject { ["output_type"] = "display_data", ["metadata"] = new JsonObject(), ["data"] = forms };
    }

    private static string Drawing(string inside) =>
        $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"4\" height=\"2\"><title>{System.Net.WebUtility.HtmlEncode(Evil)}</title>{inside}</svg>";

    private static JsonObject Figure() => new()
    {
        ["data"] = new JsonArray(new JsonObject { ["name"] = Evil, ["x"] = new JsonArray(Evil), ["y"] = new JsonArray(1) }),
        ["layout"] = new JsonObject
        {
            ["title"] = Evil,
            ["xaxis"] = new JsonObject { ["title"] = Evil },
            ["annotations"] = new JsonArray(new JsonObject { ["name"] = "subtitle", ["text"] = Evil }),
        },
    };
}
