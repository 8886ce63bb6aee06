using System.Net;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using DeepNotes.Notebooks.Documents;

namespace DeepNotes.Notebooks.Execution;

/// <summary>The forms in which a value is shown: by its own formatters, by its ToHtml, or built in.</summary>
internal static class DisplayForms
{
    /// <summary>Never throws: a formatter that fails is shown as its error.</summary>
    public static MimeBundle Of(object? value, string? mimeType = null)
    {
        try
        {
            return mimeType is null ? AllForms(value) : OneForm(value, mimeType);
        }
        catch (Exception error) when (error is not (CellStoppedException or ThreadInterruptedException))
        {
            var reason = error is TargetInvocationException { InnerException: { } inner } ? inner : error;
            return MimeBundle.FromText($"{value?.GetType().Name} could not be shown: {reason.GetType().Name}: {reason.Message}");
        }
    }

    private static MimeBundle AllForms(object? value)
    {
        var bundle = new MimeBundle();
        var formatters = value is null ? null : FormattersByConvention.For(value.GetType());
        foreach (var (mimeType, formatter) in formatters?.Preferred ?? [])
        {
            Add(bundle, mimeType, formatter.Format(value!));
        }

        if (bundle.Forms.Count == 0 && OwnHtml(value) is { } html)
        {
            Add(bundle, MimeBundle.Html, html);
        }
        else if (bundle.Forms.Count == 0 && TableRows.Of(value) is { } rows)
        {
            Add(bundle, MimeBundle.Html, HtmlTable.Of(rows));
            Add(bundle, MimeBundle.PlainText, TextTable.Of(rows));
        }

        if (!bundle.Forms.ContainsKey(MimeBundle.PlainText))
        {
            Add(bundle, MimeBundle.PlainText, formatters?.Format(value!, MimeBundle.PlainText) ?? ValueText.Of(value));
        }

        return bundle;
    }

    private static MimeBundle OneForm(object? value, string mimeType)
    {
        var bundle = new MimeBundle();
        var formatted = value is null ? null : FormattersByConvention.For(value.GetType())?.Format(value, mimeType);
        Add(bundle, mimeType, formatted ?? mimeType switch
        {
            _ when value is string text => text,
            MimeBundle.Html => OwnHtml(value) ?? (TableRows.Of(value) is { } rows ? HtmlTable.Of(rows) : WebUtility.HtmlEncode(ValueText.Of(value))),
            _ when MimeBundle.IsJson(mimeType) => value is JsonNode node ? node.ToJsonString() : JsonSerializer.Serialize(value),
            _ => ValueText.Of(value),
        });
        return bundle;
    }

    private static void Add(MimeBundle bundle, string mimeType, string? text)
    {
        if (text is not null)
        {
            bundle[mimeType] = MimeBundle.IsJson(mimeType)
                ? JsonNode.Parse(text) ?? throw new FormatException($"{mimeType}: expected a JSON value, got null.")
                : JsonValue.Create(text);
        }
    }

    private static string? OwnHtml(object? value) =>
        value?.GetType().GetMethod("ToHtml", BindingFlags.Public | BindingFlags.Instance, []) is { } method && method.ReturnType == typeof(string)
            ? (string?)method.Invoke(value, null)
            : null;
}
