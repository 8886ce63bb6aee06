using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DeepNotes.Notebooks.Execution;

/// <summary>A part of a cell; parts are executed in order.</summary>
internal abstract record CellPart;

/// <summary>C# code: the whole cell with the rest replaced by spaces, so that lines and columns are unchanged.</summary>
internal sealed record CodePart(string Code) : CellPart;

/// <summary>HTML, Markdown or a script, which is displayed.</summary>
internal sealed record TextPart(string Text, string MimeType) : CellPart;

internal sealed record CommandPart(CellCommand Command, string Argument) : CellPart;

/// <summary>The reason why this engine cannot run a cell.</summary>
/// <param name="Line">The line, from 1; null for the whole cell.</param>
/// <param name="Message">The reason; for the whole cell, a predicate such as "is JavaScript: …".</param>
internal sealed record CellRefusal(int? Line, string Message);

/// <summary>
/// Splits a cell into C#, commands (lines that begin with <c>#!</c> or <c>#i</c>) and text in other languages. Lines
/// within strings, comments and code excluded by <c>#if</c> are not commands. The compiler would ignore <c>#!</c> on the
/// first line as a comment.
/// </summary>
internal sealed partial class CellParts
{
    private readonly string _code;
    private readonly List<CellPart> _parts = [];
    private readonly List<(int Start, int End)> _blanked = [];
    private CellLanguage _language;
    private bool _languageFromMetadata;
    private int _partStart;
    private CSharpSyntaxNode? _tree;

    private CellParts(string code, string? language)
    {
        _code = code;
        _language = CellLanguage.Named(language);
        _languageFromMetadata = _language != CellLanguage.CSharp;
        Read();
    }

    public IReadOnlyList<CellPart> Parts => _parts;

    /// <summary>The reason why the cell cannot run, as far as it is known without compilation; otherwise null.</summary>
    public CellRefusal? Refusal { get; private set; }

    /// <summary>The C# of the whole cell, with the rest replaced by spaces.</summary>
    public string CSharp { get; private set; } = "";

    /// <param name="code">The cell's text.</param>
    /// <param name="language">The language in its metadata; null for C#.</param>
    public static CellParts Of(string code, string? language = null) => new(code, language);

    private void Read()
    {
        if (_language == CellLanguage.CSharp && !Candidate().IsMatch(_code))
        {
            CSharp = _code;
            _parts.Add(new CodePart(_code));
            return;
        }

        for (int start = 0, line = 1; start <= _code.Length && Refusal is null; line++)
        {
            var end = _code.IndexOf('\n', start) is >= 0 and var found ? found : _code.Length;
            if (Candidate().Match(_code[start..end]) is { Success: true } match)
            {
                if (IsDirective(start, match))
                {
                    Follow(start, end, line, match);
                }
                else if (_language == CellLanguage.CSharp && Directive(start, match) is { IsActive: false })
                {
                    // The compiler rejects #! even in code excluded by #if.
                    _blanked.Add((start, end));
                }
            }

            start = end + 1;
        }

        EndPart(_code.Length);
        CSharp = BlankOut(_blanked);
    }

    // In C#, the compiler's lexer decides. Text in other languages is ended only by a known name.
    private bool IsDirective(int start, Match match)
    {
        var name = match.Groups["name"].Value;
        if (_language != CellLanguage.CSharp)
        {
            return name.StartsWith("#!", StringComparison.Ordinal)
                && (CellLanguage.Known(name[2..]) is not null || CellCommands.Find(name) is not null || CellCommands.IsInteractiveCommand(name));
        }

        if (match.Groups["percent"].Success)
        {
            return string.IsNullOrWhiteSpace(_code[..start]);
        }

        return Directive(start, match) is { IsActive: true };
    }

    private DirectiveTriviaSyntax? Directive(int start, Match match)
    {
        _tree ??= (CSharpSyntaxNode)CSharpSyntaxTree.ParseText(BlankOut([.. _blanked, (0, _partStart)]), CellSource.ParseOptions).GetRoot();
        return _tree.FindTrivia(start + match.Groups["name"].Index).GetStructure() as DirectiveTriviaSyntax;
    }

    private void Follow(int start, int end, int line, Match match)
    {
        var name = match.Groups["name"].Value;
        var argument = match.Groups["argument"].Value.Trim();
        if (name.StartsWith("#!/", StringComparison.Ordinal) && line == 1)
        {
            // The shebang of an executable script.
            _blanked.Add((start, end));
        }
        else if (name == "#i")
        {
            AddSource(start, end, line, argument);
        }
        else if (name.StartsWith("#!", StringComparison.Ordinal) && !CellCommands.IsInteractiveCommand(name) && CellLanguage.Known(name[2..]) is { } language)
        {
            Change(language, start, end, line, name);
        }
        else if (CellCommands.Find(name) is { } command)
        {
            if (command != CellCommand.Time || _language != CellLanguage.CSharp)
            {
                EndPart(start);
                _partStart = end;
            }

            _blanked.Add((start, end));
            _parts.Add(new CommandPart(command, argument));
        }
        else
        {
            Refusal = new CellRefusal(line, match.Groups["percent"].Success
                ? $"{name} is a command of IPython that this engine does not support. {(name.TrimStart('%') is "time" or "timeit" ? "Use #!time." : "Use C#.")}"
                : name == "#:" ? $"#:{argument} is for file-based programs. In a cell, use #r \"nuget: name, version\"."
                : CellCommands.Refusal(name, argument));
        }
    }

    private void AddSource(int start, int end, int line, string argument)
    {
        var source = Source().Match(argument);
        if (source.Success)
        {
            _blanked.Add((start, end));
            _parts.Add(new CommandPart(CellCommand.PackageSource, source.Groups["source"].Value.Trim()));
        }
        else
        {
            Refusal = new CellRefusal(line, $"#i {argument}: expected #i \"nuget: address or folder of packages\".");
        }
    }

    private void Change(CellLanguage language, int start, int end, int line, string name)
    {
        EndPart(start);
        _blanked.Add((start, end));
        _partStart = end;
        _tree = null;
        _language = language;
        _languageFromMetadata = false;
        if (language != CellLanguage.CSharp && language.MimeType is null)
        {
            Refusal ??= new CellRefusal(line, $"{name}: only C# runs here, not {language.Name}; {language.Alternative}.");
        }
    }

    private void EndPart(int end)
    {
        var text = _code[Math.Min(_partStart, end)..end];
        if (_language == CellLanguage.CSharp)
        {
            var code = BlankOut([.. _blanked, (0, _partStart), (end, _code.Length)]);
            if (!string.IsNullOrWhiteSpace(code))
            {
                _parts.Add(new CodePart(code));
            }

            return;
        }

        _blanked.Add((_partStart, end));
        if (string.IsNullOrWhiteSpace(text))
        {
            return;
        }

        if (_languageFromMetadata && (_language.MimeType is null || _language == CellLanguage.JavaScript))
        {
            // A cell of another kernel relies on that kernel's variables and results, which a script in a page does not have.
            Refusal ??= new CellRefusal(null, $"is {_language.Name}: only C# runs here; {_language.Alternative}.");
        }
        else if (_language.MimeType is { } mimeType)
        {
            _parts.Add(new TextPart(_language.ToDisplay(text.Trim('\n')), mimeType));
        }
    }

    private string BlankOut(IReadOnlyList<(int Start, int End)> spans)
    {
        var text = _code.ToCharArray();
        foreach (var (start, end) in spans)
        {
            for (var i = start; i < end; i++)
            {
                text[i] = text[i] is '\n' or '\r' ? text[i] : ' ';
            }
        }

        return new string(text);
    }

    [GeneratedRegex("""^[ \t]*(?:(?<name>#![^\s]*)|(?<name>#i)\b|(?<name>#:)|(?<percent>(?<name>%%?[a-z]\w*)))(?<argument>.*)$""", RegexOptions.Multiline)]
    private static partial Regex Candidate();

    [GeneratedRegex("""^"\s*nuget\s*:\s*(?<source>[^"]*[^"\s])\s*"\s*(?://.*)?$""", RegexOptions.IgnoreCase)]
    private static partial Regex Source();
}
