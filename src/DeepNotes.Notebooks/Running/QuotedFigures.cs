using System.Text.RegularExpressions;
using DeepNotes.Notebooks.Documents;
using DeepNotes.Notebooks.Execution;

namespace DeepNotes.Notebooks.Running;

/// <summary>
/// Figures that Markdown quotes from the code: <c>&lt;!--=accuracy:0.0%--&gt;94.2%&lt;!--/--&gt;</c>. The text after the last colon
/// is a format string, unless it follows a blank (<c>a ? b : c</c>).
/// </summary>
public static partial class QuotedFigures
{
    private const string Opening = "<!--=";

    /// <summary>Updates the value of every quoted figure; returns the failures.</summary>
    /// <param name="evaluate">Evaluates expressions with their formats; null for an expression that fails.</param>
    internal static async Task<IReadOnlyList<CellFailure>> RefreshAsync(
        NotebookDocument document, Func<IReadOnlyList<QuotedExpression>, Task<IReadOnlyList<string?>>> evaluate)
    {
        var failures = new List<CellFailure>();
        var cells = document.Cells.Where(cell => cell.IsMarkdown && cell.Source.Contains(Opening, StringComparison.Ordinal)).ToList();
        var quotes = cells.SelectMany(cell => Quote().Matches(cell.Source)).ToList();
        var values = new Queue<string?>(quotes.Count == 0 ? [] : await evaluate([.. quotes.Select(ExpressionOf)]));
        foreach (var cell in cells)
        {
            var source = cell.Source;
            var fresh = Quote().Replace(source, quote =>
            {
                var value = values.Dequeue();
                if (value is null || value.Contains('\n'))
                {
                    failures.Add(Failure(cell, source, quote.Index, Reason(quote, value)));
                }

                return Filled(quote, value ?? quote.Groups["value"].Value);
            });
            failures.AddRange(Unclosed(cell, source));
            if (fresh != source)
            {
                cell.Source = fresh;
            }
        }

        return failures;
    }

    /// <summary>The expressions quoted in a text, in order.</summary>
    internal static IEnumerable<string> Expressions(string source) => Quote().Matches(source).Select(quote => Filled(quote, ""));

    /// <summary>The text without the quoted figures' values: what the author wrote.</summary>
    public static string WithoutValues(string source) => Quote().Replace(source, quote => Filled(quote, ""));

    /// <summary>The quoted figures in the order of the text: the expression with its format, and the present value.</summary>
    public static IReadOnlyList<(string Quoted, string Value)> In(string source) =>
        [.. Quote().Matches(source).Select(quote => (quote.Groups["quoted"].Value, quote.Groups["value"].Value))];

    private static string Filled(Match quote, string value) => $"{Opening}{quote.Groups["quoted"]}-->{value}<!--/-->";

    private static string Reason(Match quote, string? value) => value is null
        ? $"quotes \"{quote.Groups["expression"]}\", which is not defined by any cell, or fails."
        : $"quotes \"{quote.Groups["expression"]}\", whose value is not one line of text.";

    private static QuotedExpression ExpressionOf(Match quote) =>
        new(quote.Groups["expression"].Value, quote.Groups["format"].Success ? quote.Groups["format"].Value : null);

    private static IEnumerable<CellFailure> Unclosed(NotebookCell cell, string source)
    {
        var rest = Quote().Replace(source, quote => new string(' ', quote.Length));
        var index = rest.IndexOf(Opening, StringComparison.Ordinal);
        return index < 0 ? [] : [Failure(cell, source, index, $"a quoted figure ({Opening}…-->) is not closed by <!--/-->.")];
    }

    private static CellFailure Failure(NotebookCell cell, string source, int index, string message) =>
        new(cell.Index + 1, source.AsSpan(0, index).Count('\n') + 1, message, []);

    [GeneratedRegex(@"<!--=(?<quoted>(?<expression>(?:(?!-->).)+?)(?::(?<format>[^\s:""]+?))?)-->(?<value>(?:(?!<!--).)*?)<!--/-->")]
    private static partial Regex Quote();
}
