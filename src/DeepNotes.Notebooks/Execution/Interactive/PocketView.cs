using System.Collections;
using System.Dynamic;
using System.Net;
using System.Text;
using DeepNotes.Notebooks.Execution;
using Microsoft.AspNetCore.Html;

namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>
/// An HTML element built in C#: <c>div[style: "color:red"](b("text"), 3)</c>. Attributes are in brackets (an underscore in
/// a name becomes a hyphen), content is in parentheses: text is encoded, elements are nested, other values are formatted
/// as for a display.
/// </summary>
public sealed class PocketView : DynamicObject, IHtmlContent
{
    private static readonly HashSet<string> WithoutContent = new(StringComparer.OrdinalIgnoreCase)
    {
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
    };

    private readonly List<KeyValuePair<string, string?>> _attributes = [];
    private readonly string? _tag;
    private object?[] _content = [];

    /// <param name="tagName">The name of the element; null for the root <c>_</c> of arbitrary elements, as in <c>_.article</c>.</param>
    public PocketView(string? tagName = null) => _tag = tagName;

    public override bool TryGetMember(GetMemberBinder binder, out object? result)
    {
        result = new PocketView(binder.Name);
        return true;
    }

    public override bool TryInvokeMember(InvokeMemberBinder binder, object?[]? args, out object? result)
    {
        result = new PocketView(binder.Name) { _content = args ?? [] };
        return true;
    }

    public override bool TryInvoke(InvokeBinder binder, object?[]? args, out object? result)
    {
        _content = args ?? [];
        result = this;
        return true;
    }

    public override bool TryGetIndex(GetIndexBinder binder, object?[] indexes, out object? result)
    {
        var names = binder.CallInfo.ArgumentNames;
        var unnamed = indexes.Length - names.Count;
        for (var i = 0; i < indexes.Length; i++)
        {
            if (i >= unnamed)
            {
                Set(names[i - unnamed].Replace('_', '-'), indexes[i]?.ToString() ?? "");
            }
            else if (indexes[i] is IDictionary<string, object> several)
            {
                foreach (var (name, value) in several)
                {
                    Set(name, value?.ToString() ?? "");
                }
            }
            else
            {
                Set(indexes[i]?.ToString() ?? "", null);
            }
        }

        result = this;
        return true;
    }

    public string ToHtml() => ToString();

    public override string ToString()
    {
        var html = new StringBuilder();
        Write(html);
        return html.ToString();
    }

    private void Set(string name, string? value)
    {
        if (name.Length == 0 || !name.All(character => char.IsLetterOrDigit(character) || character is '-' or '_' or ':' or '.'))
        {
            throw new ArgumentException($"{_tag}[…]: \"{name}\" is not the name of an attribute.");
        }

        _attributes.RemoveAll(attribute => attribute.Key == name);
        _attributes.Add(new(name, value));
    }

    private void Write(StringBuilder html)
    {
        if (_tag is null)
        {
            WriteContent(html, _content);
            return;
        }

        html.Append('<').Append(_tag);
        foreach (var (name, value) in _attributes)
        {
            html.Append(' ').Append(name);
            if (value is not null)
            {
                html.Append("=\"").Append(WebUtility.HtmlEncode(value)).Append('"');
            }
        }

        if (WithoutContent.Contains(_tag))
        {
            html.Append(" />");
            return;
        }

        html.Append('>');
        WriteContent(html, _content);
        html.Append("</").Append(_tag).Append('>');
    }

    private static void WriteContent(StringBuilder html, IEnumerable content)
    {
        foreach (var item in content)
        {
            if (item is PocketView element)
            {
                element.Write(html);
            }
            else if (item is IEnumerable items and not string && items.Cast<object?>().All(one => one is IHtmlContent))
            {
                WriteContent(html, items);
            }
            else
            {
                html.Append(DisplayForms.HtmlOf(item));
            }
        }
    }
}
