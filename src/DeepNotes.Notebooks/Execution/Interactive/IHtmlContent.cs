namespace Microsoft.AspNetCore.Html;

/// <summary>HTML content that is not encoded. The name is that of ASP.NET, as in .NET Interactive, whose notebooks compose tables from lists of these.</summary>
public interface IHtmlContent
{
    string ToHtml();
}

/// <summary>A string of HTML.</summary>
public sealed class HtmlString(string value) : IHtmlContent
{
    public string ToHtml() => value;

    public override string ToString() => value;
}
