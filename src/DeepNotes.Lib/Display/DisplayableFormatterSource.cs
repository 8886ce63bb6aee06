using System.Collections;

namespace DeepNotes;

/// <summary>The formatters of every <see cref="IDisplayable"/>: HTML, and plain text where that is all a host shows.</summary>
internal sealed class DisplayableFormatterSource
{
    public IEnumerable CreateTypeFormatters()
    {
        yield return new MimeFormatter<IDisplayable>(MimeTypes.Html, value => value.ToHtml());
        yield return new MimeFormatter<IDisplayable>(MimeTypes.PlainText, value => value.ToPlainText());
    }
}
