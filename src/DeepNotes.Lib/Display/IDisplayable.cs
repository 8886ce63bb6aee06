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
