using System.Collections;

namespace DeepNotes;

/// <summary>
/// A value with its own rendering as the result of a notebook cell. A type implements this interface and carries the
/// attribute <c>[TypeFormatterSource(typeof(DisplayableFormatterSource), MimeTypes.Html, MimeTypes.PlainText)]</c>.
/// </summary>
public interface IDisplayable
{
    /// <summary>The value as an HTML fragment, without scripts or external files.</summary>
    string ToHtml();

    /// <summary>The value in a few lines of plain text, for terminals and for hosts without HTML.</summary>
    string ToPlainText();
}

/// <summary>The formatters of every <see cref="IDisplayable"/>: HTML, and plain text for hosts without HTML.</summary>
internal sealed class DisplayableFormatterSource
{
    public IEnumerable CreateTypeFormatters()
    {
        yield return new MimeFormatter<IDisplayable>(MimeTypes.Html, value => value.ToHtml());
        yield return new MimeFormatter<IDisplayable>(MimeTypes.PlainText, value => value.ToPlainText());
    }
}
