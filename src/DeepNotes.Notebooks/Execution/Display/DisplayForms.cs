using System.Collections;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using DeepNotes.Notebooks.Documents;
using Microsoft.DotNet.Interactive.Formatting;

namespace DeepNotes.Notebooks.Execution;

/// <summary>Formats values for display: by registered formatters, by formatters of the type, by the value's own HTML, or by built-in rules.</summary>
internal static class DisplayForms
{
    /// <summary>Formats a value; if a formatter fails, returns its error message as text.</summary>
    /// <param name="value">The value.</param>
    /// <param name="mimeTypes">The requested MIME types; none for all available.</param>
    public static MimeBundle Of(object? value, params string[] mimeTypes)
    {
        try
        {
            return mimeTypes.Length == 0 ? AllForms(value) : RequestedForms(value, mimeTypes);
        }
        catch (Exception error) when (error is not (CellStoppedException or ThreadInterruptedException))
        {
            return MimeBundle.FromText($"{value?.GetType().Name} could not be shown: {ExceptionText.OneLine(error)}");
        }
    }

    /// <summary>The value as part of HTML; text is encoded.</summary>
    public static string HtmlOf(object? value) => value is string text ? WebUtility.HtmlEncode(text) : OneForm(value, MimeBundle.Html);

    /// <summary>The HTML of a registered formatter or of the value itself; null if there is none.</summary>
    public static string? OwnHtml(object? value) =>
        value is null ? null : Formatter.Text(value, MimeBundle.Html) ?? HtmlMethods.Of(value);

    /// <summary>Whether a type has a registered HTML formatter or an HTML method.</summary>
    public static bool HasOwnHtml(Type type) => HtmlMethods.Has(type) || Formatter.HasHtml(type);

    private static MimeBundle AllForms(object? value)
    {
        if (value is IDisplayable own)
        {
            return own.Forms();
        }

        var bundle = new MimeBundle();
        foreach (var mimeType in value is null ? [] : Formatter.MimeTypesOf(value.GetType()))
        {
            Add(bundle, mimeType, OneForm(value, mimeType));
        }

        var formatters = value is null ? null : FormattersByConvention.For(value.GetType());
        if (bundle.Forms.Count == 0)
        {
            AddByConvention(bundle, value, formatters);
        }

        if (bundle.Forms.Count == 0)
        {
            AddBuiltIn(bundle, value);
        }

        if (!bundle.Forms.ContainsKey(MimeBundle.PlainText))
        {
            Add(bundle, MimeBundle.PlainText, formatters?.Format(value!, MimeBundle.PlainText) ?? ValueText.Of(value));
        }

        return bundle;
    }

    private static void AddByConvention(MimeBundle bundle, object? value, FormattersByConvention? formatters)
    {
        foreach (var (mimeType, formatter) in formatters?.Preferred ?? [])
        {
            Add(bundle, mimeType, formatter.Format(value!));
        }
    }

    private static void AddBuiltIn(MimeBundle bundle, object? value)
    {
        if (FigureMethods.Of(value) is { } figure)
        {
            AddFigure(bundle, figure);
        }
        else if (OwnHtml(value) is { } html)
        {
            Add(bundle, MimeBundle.Html, html);
        }
        else if (DataTables.Of(value) is { } tables)
        {
            Add(bundle, MimeBundle.Html, HtmlTable.Of(tables));
            Add(bundle, MimeBundle.PlainText, TextTable.Of(tables));
        }
        else if (TableRows.Of(value) is { } rows)
        {
            Add(bundle, MimeBundle.Html, HtmlTable.Of(rows));
            Add(bundle, MimeBundle.PlainText, TextTable.Of(rows));
        }
        else if (TableRows.OfOwnHtml(value) is { } items)
        {
            Add(bundle, MimeBundle.Html, HtmlTable.Of(items));
        }
    }

    private static void AddFigure(MimeBundle bundle, string figure)
    {
        Add(bundle, MimeBundle.Plotly, figure);
        var (svg, text) = FigureDrawing.Of(figure);
        Add(bundle, MimeBundle.Svg, svg);
        Add(bundle, MimeBundle.PlainText, text);
    }

    private static MimeBundle RequestedForms(object? value, string[] mimeTypes)
    {
        var bundle = new MimeBundle();
        foreach (var mimeType in mimeTypes)
        {
            Add(bundle, mimeType, OneForm(value, mimeType));
        }

        return bundle;
    }

    private static string OneForm(object? value, string mimeType)
    {
        if (value is IDisplayable own)
        {
            return own.Forms().Text(mimeType) ?? value.ToString()!;
        }

        var formatted = value is null ? null
            : Formatter.Text(value, mimeType) ?? FormattersByConvention.For(value.GetType())?.Format(value, mimeType);
        return formatted ?? mimeType switch
        {
            _ when value is string text => text,
            MimeBundle.Html => BuiltInHtml(value),
            _ when MimeBundle.IsJson(mimeType) => value is JsonNode node ? node.ToJsonString() : JsonSerializer.Serialize(value),
            _ => BuiltInText(value),
        };
    }

    private static string BuiltInHtml(object? value)
    {
        if (OwnHtml(value) is { } own)
        {
            return own;
        }

        var bundle = new MimeBundle();
        AddBuiltIn(bundle, value);
        return bundle.Text(MimeBundle.Html) ?? WebUtility.HtmlEncode(ValueText.Of(value));
    }

    private static string BuiltInText(object? value)
    {
        var bundle = new MimeBundle();
        AddBuiltIn(bundle, value);
        return bundle.Text(MimeBundle.PlainText) ?? ValueText.Of(value);
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
}

/// <summary>A value of this engine that provides its own display forms.</summary>
internal interface IDisplayable
{
    MimeBundle Forms();
}
