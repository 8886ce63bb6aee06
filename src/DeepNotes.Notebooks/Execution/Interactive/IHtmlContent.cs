namespace Microsoft.AspNetCore.Html;

/// <summary>HTML that is shown as it is; .NET Interactive takes the name from ASP.NET, and its notebooks put tables together from lists of these.</summary>
public interface IHtmlContent
{
    string ToHtml();
}

/// <summary>A text that is HTML.</summary>
public sealed class HtmlString(string value) : IHtmlContent
{
    public string ToHtml() => value;

    public override string ToString() => value;
}
