using System.Collections;

namespace DeepNotes;

/// <summary>
/// A value that shows itself as the result of a notebook cell. A type declares its two faces by this interface and
/// one line above it: <c>[TypeFormatterSource(typeof(DisplayableFormatterSource), MimeTypes.Html, MimeTypes.PlainText)]</c>.
/// </summary>
public interface IDisplayable
{
    /// <summary>The value as an HTML fragment, without scripts or outside files.</summary>
    string ToHtml();

    /// <summary>The value in a few lines of plain text, for terminals and for hosts without HTML.</summary>
    string ToPlainText();
}

/// <summary>The formatters of every <see cref="IDisplayable"/>: HTML, and plain text where that is all a host shows.</summary>
internal sealed class DisplayableFormatterSource
{
    public IEnumerable CreateTypeFormatters()
    {
        yield return new MimeFormatter<IDisplayable>(MimeTypes.Html, value => value.ToHtml());
        yield return new MimeFormatter<IDisplayable>(MimeTypes.PlainText, value => value.ToPlainText());
    }
}
