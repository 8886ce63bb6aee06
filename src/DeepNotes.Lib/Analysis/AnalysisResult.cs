namespace DeepNotes;

/// <summary>The result of an analysis, displayed as its chart.</summary>
[TypeFormatterSource(typeof(DisplayableFormatterSource), MimeTypes.Html, MimeTypes.PlainText)]
public abstract record AnalysisResult : IDisplayable
{
    /// <summary>The figure.</summary>
    public abstract Chart Chart();

    /// <inheritdoc/>
    public string ToHtml() => Chart().ToHtml();

    /// <inheritdoc/>
    public string ToPlainText() => Chart().ToPlainText();

    /// <inheritdoc/>
    public sealed override string ToString() => ToPlainText();
}
