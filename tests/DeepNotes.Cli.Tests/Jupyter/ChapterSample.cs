using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using DeepNotes.Cli.Tests.Support;
using DeepNotes.Notebooks.Documents;
using static DeepNotes.Notebooks.Tests.Running.TestNotebook;

namespace DeepNotes.Cli.Tests.Jupyter;

/// <summary>
/// A small notebook that covers all chapters: the Markdown cells that first use each TeX command, and live outputs. Its
/// size depends on the number of commands, not of chapters.
/// </summary>
internal static partial class ChapterSample
{
    /// <summary>Code, and a selector of its output.</summary>
    private static readonly (string Code, string Selector)[] Outputs =
    [
        ("#r \"../artifacts/bin/DeepNotes.Lib/release/DeepNotes.Lib.dll\"\nusing DeepNotes;\nTensor.From(1, 2)", ".output_html table"),
        ("Chart.Animate(Enumerable.Range(1, 3).Select(i => Chart.Line([0.0, 1, 2], [0.0, i, 3])), [\"1\", \"2\", \"3\"])", "svg[role=img]"),
        ("var live = display(HTML(\"<b>before</b>\")); live.Update(HTML(\"<i>after</i>\"));", ".output_html i"),
    ];

    public static IEnumerable<string> Selectors => Outputs.Select(output => output.Selector);

    public static JsonObject[] Cells =>
        [.. NewFormulas().Select(cell => Markdown(cell.Source)), .. Outputs.Select(output => Code(output.Code))];

    private static IEnumerable<NotebookCell> NewFormulas()
    {
        var known = new HashSet<string>();
        foreach (var cell in Chapters.All.SelectMany(chapter => chapter.Cells).Where(cell => cell.IsMarkdown))
        {
            var before = known.Count;
            known.UnionWith(Commands(cell.Source));
            if (known.Count > before)
            {
                yield return cell;
            }
        }
    }

    private static IEnumerable<string> Commands(string markdown) => Formula().Matches(markdown)
        .SelectMany(formula => Command().Matches(formula.Value)).Select(command => command.Value);

    [GeneratedRegex(@"\$\$.+?\$\$|\$.+?\$|\\begin.+?\\end\{\w+\*?\}", RegexOptions.Singleline)]
    private static partial Regex Formula();

    [GeneratedRegex(@"\\(?:begin\{\w+\*?\}|[A-Za-z]+|.)")]
    private static partial Regex Command();
}
