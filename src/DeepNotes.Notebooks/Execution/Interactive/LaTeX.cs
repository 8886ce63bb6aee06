using DeepNotes.Notebooks.Documents;
using DeepNotes.Notebooks.Execution;

namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>LaTeX that is displayed as a formula: <c>(LaTeXString)@"$\frac{a}{b}$"</c>.</summary>
public sealed class LaTeXString(string latexCode) : IDisplayable
{
    private readonly string _code = latexCode ?? throw new ArgumentNullException(nameof(latexCode));

    public static implicit operator LaTeXString(string source) => new(source);

    public override string ToString() => _code;

    MimeBundle IDisplayable.Forms() => new() { [MimeBundle.Latex] = _code, [MimeBundle.PlainText] = _code };
}

/// <summary>A formula without its dollar signs: <c>(MathString)@"\frac{a}{b}"</c>.</summary>
public sealed class MathString : IDisplayable
{
    private readonly string _formula;

    public MathString(string latexCode)
    {
        ArgumentNullException.ThrowIfNull(latexCode);
        var bare = latexCode.Trim();
        _formula = bare.StartsWith("$$", StringComparison.Ordinal) && bare.EndsWith("$$", StringComparison.Ordinal) && bare.Length >= 4 ? bare : $"$${bare}$$";
    }

    public static implicit operator MathString(string source) => new(source);

    public override string ToString() => _formula;

    MimeBundle IDisplayable.Forms() => new() { [MimeBundle.Latex] = _formula, [MimeBundle.PlainText] = _formula };
}
