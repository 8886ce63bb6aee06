using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace DeepNotes.Notebooks.Execution;

/// <summary>A piece of a cell, in its order.</summary>
internal abstract record CellPart;

/// <summary>C#: the whole cell with all else blanked, so that lines and columns stay as they are.</summary>
internal sealed record CodePart(string Code) : CellPart;

/// <summary>HTML, Markdown or a script, which is shown and not run.</summary>
internal sealed record TextPart(string Text, string MimeType) : CellPart;

internal sealed record CommandPart(CellCommand Command, string Argument) : CellPart;

/// <summary>Why a cell can't be run by this engine; <paramref name="Line"/> from 1, null for the cell as a whole, of which the message then says what it is ("is JavaScript: …").</summary>
internal sealed record CellRefusal(int? Line, string Message);

/// <summary>
/// A cell cut at the lines that are not C#: those that begin with <c>#!</c> or <c>#i</c>, with what follows a change of
/// language. The compiler takes a first line with <c>#!</c> for a comment, and so for nothing. Lines within strings,
/// comments and text that <c>#if</c> leaves out are none of these.
/// </summary>
internal sealed partial class CellParts
{
    private readonly string _code;
    private readonly List<CellPart> _parts = [];
    private readonly List<(int Start, int End)> _taken = [];
    private CellLanguage _language;
    private bool _isByMetadata;
    private int _partStart;
    private CSharpSyntaxNode? _tree;

    private CellParts(string code, string? language)
    {
        _code = code;
        _language = CellLanguage.Named(language);
        _isByMetadata = _language != CellLanguage.CSharp;
        Read();
    }

    public IReadOnlyList<CellPart> Parts => _parts;

    /// <summary>Null when this engine can run the cell, as far as can be seen without compiling it.</summary>
    public CellRefusal? Refusal { get; private set; }

    /// <summary>The whole cell's C#, all else blanked.</summary>
    public string CSharp { get; private set; } = "";

    /// <param name="code">The cell's text.</param>
    /// <param name="language">What its metadata says; null for C#.</param>
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
                    // The compiler refuses #! also where #if leaves it out.
                    _taken.Add((start, end));
                }
            }

            start = end + 1;
        }

        EndPart(_code.Length);
        CSharp = Masked(_taken);
    }

    // In C# the compiler's lexer decides. In other text only a name that is known ends it.
    private bool IsDirective(int start, Match match)
    {
        var name = match.Groups["name"].Value;
        if (_language != CellLanguage.CSharp)
        {
            return name.StartsWith("#!", StringComparison.Ordinal)
                && (CellLanguage.Known(name[2..]) is not null || CellCommands.Find(name) is not null || CellCommands.IsOfInteractive(name));
        }

        if (match.Groups["percent"].Success)
        {
            return string.IsNullOrWhiteSpace(_code[..start]);
        }

        return Directive(start, match) is { IsActive: true };
    }

    private DirectiveTriviaSyntax? Directive(int start, Match match)
    {
        _tree ??= (CSharpSyntaxNode)CSharpSyntaxTree.ParseText(Masked([.. _taken, (0, _partStart)]), CellSource.ParseOptions).GetRoot();
        return _tree.FindTrivia(start + match.Groups["name"].Index).GetStructure() as DirectiveTriviaSyntax;
    }

    private void Follow(int start, int end, int line, Match match)
    {
        var name = match.Groups["name"].Value;
        var argument = match.Groups["argument"].Value.Trim();
        if (name.StartsWith("#!/", StringComparison.Ordinal) && line == 1)
        {
            // The first line of a file that Unix starts.
            _taken.Add((start, end));
        }
        else if (name == "#i")
        {
            AddSource(start, end, line, argument);
        }
        else if (name.StartsWith("#!", StringComparison.Ordinal) && !CellCommands.IsOfInteractive(name) && CellLanguage.Known(name[2..]) is { } language)
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

            _taken.Add((start, end));
            _parts.Add(new CommandPart(command, argument));
        }
        else
        {
            Refusal = new CellRefusal(line, match.Groups["percent"].Success
                ? $"{name} is a command of IPython; this engine does not know it. {(name.TrimStart('%') is "time" or "timeit" ? "Use #!time." : "Use C#.")}"
                : name == "#:" ? $"#:{argument} belongs to programs of one file. In a cell use #r \"nuget: name, version\"."
                : CellCommands.Refusal(name, argument));
        }
    }

    private void AddSource(int start, int end, int line, string argument)
    {
        var source = Source().Match(argument);
        if (source.Success)
        {
            _taken.Add((start, end));
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
        _taken.Add((start, end));
        _partStart = end;
        _tree = null;
        _language = language;
        _isByMetadata = false;
        if (language != CellLanguage.CSharp && language.MimeType is null)
        {
            Refusal ??= new CellRefusal(line, $"{name}: only C# runs here, not {language.Name}; {language.Instead}.");
        }
    }

    private void EndPart(int end)
    {
        var text = _code[Math.Min(_partStart, end)..end];
        if (_language == CellLanguage.CSharp)
        {
            var code = Masked([.. _taken, (0, _partStart), (end, _code.Length)]);
            if (!string.IsNullOrWhiteSpace(code))
            {
                _parts.Add(new CodePart(code));
            }

            return;
        }

        _taken.Add((_partStart, end));
        if (string.IsNullOrWhiteSpace(text))
        {
            return;
        }

        if (_isByMetadata && (_language.MimeType is null || _language == CellLanguage.JavaScript))
        {
            // A cell of another kernel counts on that kernel's variables and results; a script shown in a page has neither.
            Refusal ??= new CellRefusal(null, $"is {_language.Name}: only C# runs here; {_language.Instead}.");
        }
        else if (_language.MimeType is { } mimeType)
        {
            _parts.Add(new TextPart(_language.AsShown(text.Trim('\n')), mimeType));
        }
    }

    private string Masked(IReadOnlyList<(int Start, int End)> spans)
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
