using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DeepNotes.Notebooks.Execution;

/// <summary>
/// Hints that the compiler's messages don't give: the rules of scripts, and the using directive or package of a well-known
/// name. A table from error codes to advice.
/// </summary>
internal static class CompilerHints
{
    private const string UsingStatement = "at the top level of a cell write using (var x = …) { … }, or put the using declaration within { … }";
    private const string NoExtensionClass = "in a cell write the extension method by itself, without the class: static string Loud(this string s) => s + \"!\";";
    private const string QuotedPath = "expected a plain \"path\" in quotes, without @ or $; separate folders by /. A package: #r \"nuget: Name, version\"";
    private const string ShellCommand = "a line with ! is a command of the system in IPython; C# starts a program with System.Diagnostics.Process.Start(\"name\", \"arguments\"), and gets packages with #r \"nuget: Name, version\"";
    private const string NoGenerators = "source generators do not run in cells";

    private static readonly Dictionary<string, Func<Problem, string?>> Table = new()
    {
        ["CS0825"] = problem => problem.IsInUsing ? UsingStatement : null,
        ["CS1519"] = problem => problem.Text == "using" ? UsingStatement : null,
        ["CS1109"] = _ => NoExtensionClass,
        ["CS1106"] = _ => NoExtensionClass,
        ["CS9283"] = _ => "a cell has no place for extension blocks; write the method by itself: static string Loud(this string s) => s + \"!\";",
        ["CS8345"] = _ => "variables at the top level of a cell are kept for later cells, which this type does not allow: declare it within { … } or in a function",
        ["CS8795"] = NotGenerated,
        ["CS0534"] = problem => problem.Message.Contains("JsonSerializerContext", StringComparison.Ordinal) ? $"{NoGenerators}: call JsonSerializer without a context" : null,
        ["CS0246"] = problem => problem.IsIncompleteUsing ? UsingStatement : Names(problem),
        ["CS0103"] = problem => problem.IsInUsing ? UsingStatement : problem.IsShellCommand ? ShellCommand : Names(problem) ?? Undeclared(problem),
        ["CS0234"] = problem => KnownNames.OfNamespace(problem.UsingName),
        ["CS1061"] = Member,
        ["CS1002"] = problem => problem.IsIncompleteUsing ? UsingStatement
            : problem.IsAtTopLevel ? "every statement ends with ; only the cell's last expression, whose value is shown, is without" : null,
        ["CS4033"] = _ => "declare the function as async Task or async Task<…>; at the top level of a cell await needs nothing",
        ["CS4034"] = _ => "write async before the lambda's parameters: async () => …",
        ["CS7020"] = _ => "put it in a function that returns IEnumerable<…>",
        ["CS7021"] = _ => "leave the namespace out: the types of a cell need none",
        ["CS7009"] = _ => QuotedPath,
        ["CS7010"] = _ => QuotedPath,
        ["CS1529"] = _ => "using directives belong at the top of a cell, before any code",
        ["CS8098"] = _ => "#load belongs at the top of a cell, before any code",
        ["CS9054"] = _ => "leave out file: a cell's types are seen by the cells after it",
        ["CS0102"] = _ => "a cell declares a name once: assign with name = …; a later cell may declare it again",
        ["CS0214"] = _ => "put it within unsafe { … }",
        ["CS1024"] = problem => problem.IsNumberSignAlone ? "a comment in C# begins with //; of other languages, as Python, no cell runs here"
            : "a cell knows #r, #load, #i, #if, #region, #nullable and #pragma; #!lsmagic lists the other commands",
        ["CS0029"] = problem => problem.Message.Contains("Span<", StringComparison.Ordinal) && problem.Message.EndsWith("to 'object'", StringComparison.Ordinal)
            ? "a span can't be the value of a cell: end with .ToArray() or .ToString()"
            : DeclaredAgain(problem),
        ["CS0266"] = DeclaredAgain,
        ["CS1503"] = DeclaredAgain,
    };

    /// <summary>One line of advice; null where the message suffices.</summary>
    public static string? For(Diagnostic error, CSharpCompilation compilation) =>
        error.Location.SourceTree is { } tree && Table.TryGetValue(error.Id, out var hint)
            ? hint(new Problem(error, tree.GetRoot().FindNode(error.Location.SourceSpan, getInnermostNodeForTie: true), compilation))
            : null;

    private static string? NotGenerated(Problem problem)
    {
        var attributes = problem.Node.AncestorsAndSelf().OfType<MemberDeclarationSyntax>().FirstOrDefault()?.AttributeLists.ToString() ?? "";
        return attributes.Contains("GeneratedRegex", StringComparison.Ordinal) ? $"{NoGenerators}: write new Regex(\"…\", RegexOptions.Compiled)"
            : attributes.Contains("LibraryImport", StringComparison.Ordinal) ? $"{NoGenerators}: write [DllImport(\"…\")] static extern …"
            : attributes.Length > 0 ? $"{NoGenerators}, so nothing implements the method: write its body"
            : null;
    }

    private static string? Names(Problem problem) => problem.Text switch
    {
        "let" => "C# declares with var: var x = 1;",
        "print" => "C# prints with Console.WriteLine(…), and shows a value with display(…)",
        "def" or "function" => "C# declares a function by its types: int Twice(int x) => 2 * x;",
        "None" or "nil" => "C# writes null",
        "True" or "False" => "C# writes true and false",
        var name => problem.IsInUsing ? KnownNames.OfNamespace(problem.UsingName) : KnownNames.OfType(name, problem.Compilation),
    };

    private static string? Undeclared(Problem problem) =>
        problem.Node is IdentifierNameSyntax { Parent: AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } assignment }
        && assignment.Left == problem.Node
            ? $"declare it first: var {problem.Text} = …;"
            : null;

    private static string? Member(Problem problem) =>
        problem.Text == "ToTabularDataResource" ? "show a table with DisplayTable()"
        : problem.Message.StartsWith("'Task<", StringComparison.Ordinal) ? $"a task has to be awaited first: (await …).{problem.Text}"
        : null;

    // "Cannot implicitly convert type 'Point [cell 4(1)]' to 'Point [cell 5(1)]'".
    private static string? DeclaredAgain(Problem problem)
    {
        var names = problem.Message.Split('\'').Where((_, index) => index % 2 == 1).Select(name => name.Split(" [")[0]).ToArray();
        return names is [.., var from, var to] && from == to
            ? $"{to} was declared again since this value was made: run the cell that makes the value again"
            : null;
    }

    private sealed class Problem(Diagnostic error, SyntaxNode node, CSharpCompilation compilation)
    {
        private readonly UsingDirectiveSyntax? _using = node.AncestorsAndSelf().OfType<UsingDirectiveSyntax>().FirstOrDefault();

        public SyntaxNode Node => node;

        public CSharpCompilation Compilation => compilation;

        public string Message { get; } = error.GetMessage();

        /// <summary>The code at the error's location.</summary>
        public string Text { get; } = error.Location.SourceTree!.GetText().ToString(error.Location.SourceSpan).Split('<')[0];

        public string UsingName => _using?.NamespaceOrType.ToString() ?? (node.Parent as QualifiedNameSyntax)?.ToString() ?? Text;

        public bool IsAtTopLevel => node.FirstAncestorOrSelf<BlockSyntax>() is null;

        // "# a comment", as other languages have it.
        public bool IsNumberSignAlone
        {
            get
            {
                var line = node.SyntaxTree.GetText().Lines.GetLineFromPosition(error.Location.SourceSpan.Start).ToString().TrimStart();
                return line.StartsWith("# ", StringComparison.Ordinal) || line.StartsWith("##", StringComparison.Ordinal);
            }
        }

        // "!pip install x"
        public bool IsShellCommand =>
            node.Parent is PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression, Parent: ExpressionStatementSyntax };

        // using var x = …; is read as the directive "using var;" and what follows it.
        public bool IsIncompleteUsing => PrecedingUsing is { SemicolonToken.IsMissing: true };

        public bool IsInUsing => _using is not null || IsIncompleteUsing;

        private UsingDirectiveSyntax? PrecedingUsing =>
            _using ?? node.SyntaxTree.GetRoot().DescendantNodes().OfType<UsingDirectiveSyntax>().LastOrDefault(one => one.Span.End <= error.Location.SourceSpan.Start
                && node.SyntaxTree.GetText().Lines.GetLineFromPosition(one.Span.End).LineNumber == error.Location.GetLineSpan().StartLinePosition.Line);
    }
}
