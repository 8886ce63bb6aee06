using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.DotNet.Interactive.Formatting;

namespace DeepNotes.Notebooks.Execution;

/// <summary>The rows of a table, made from a sequence of records, anonymous objects, tuples or key-value pairs.</summary>
/// <param name="Columns">The column headings.</param>
/// <param name="Cells">The cells, one list per row.</param>
/// <param name="OmittedRows">The number of omitted rows; null if unknown.</param>
internal sealed record TableRows(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<object?>> Cells, int? OmittedRows)
{
    public const int MaxColumns = 20;

    public static int MaxRows => Formatter.RowLimit;

    /// <summary>The title, if the table is one of several.</summary>
    public string? Title { get; init; }

    /// <summary>The number of omitted columns.</summary>
    public int OmittedColumns { get; init; }

    /// <summary>The rows of a sequence; null for other values, for sequences of numbers, strings or different types, and for types with their own ToString.</summary>
    public static TableRows? Of(object? value)
    {
        if (value is not IEnumerable items || value is string or IFormattable || ValueText.OverridesToString(value.GetType()))
        {
            return null;
        }

        var shown = new List<object>();
        var more = false;
        foreach (var item in items)
        {
            if (item is null || item.GetType() != (shown.Count > 0 ? shown[0] : item).GetType() || !IsRow(item.GetType()))
            {
                return null;
            }

            if (shown.Count == MaxRows)
            {
                more = true;
                break;
            }

            shown.Add(item);
        }

        if (shown.Count == 0)
        {
            return null;
        }

        var members = Members(shown[0].GetType());
        var columns = members.Take(MaxColumns).ToArray();
        int? left = !more ? 0 : items is ICollection { Count: var count } ? count - MaxRows : null;
        return new TableRows(
            [.. columns.Select(column => ColumnHeading.Of(column.Name))],
            [.. shown.Select(item => columns.Select(column => column.Read(item)).ToArray())],
            left)
        { OmittedColumns = members.Count - columns.Length };
    }

    /// <summary>The items, one per row, of a sequence whose items have their own HTML; null for other values.</summary>
    public static TableRows? OfOwnHtml(object? value)
    {
        if (value is not IEnumerable items || value is string or IFormattable || ValueText.OverridesToString(value.GetType()))
        {
            return null;
        }

        var shown = items.Cast<object?>().Take(MaxRows + 1).ToArray();
        return shown.Length > 0 && shown.All(item => item is not null && DisplayForms.HasOwnHtml(item.GetType()))
            ? new TableRows([], [.. shown.Take(MaxRows).Select(item => new[] { item })], shown.Length > MaxRows ? null : 0)
            : null;
    }

    /// <summary>The items of any sequence in a single column.</summary>
    public static TableRows OfAny(IEnumerable items)
    {
        var shown = items.Cast<object?>().Take(MaxRows + 1).ToArray();
        return new TableRows(["value"], [.. shown.Take(MaxRows).Select(item => new[] { item })], shown.Length > MaxRows ? null : 0);
    }

    public string ToHtml() => HtmlTable.Of(this);

    public override string ToString() => TextTable.Of(this);

    /// <summary>The note below a table with omitted rows or columns; otherwise null.</summary>
    public string? OmissionNote
    {
        get
        {
            var rows = OmittedRows switch { 0 => null, null => "more rows", var left => $"{left:N0} more rows" };
            var columns = OmittedColumns == 0 ? null : $"{OmittedColumns:N0} more columns";
            return rows is null && columns is null ? null : $"… {string.Join(", ", ((string?[])[rows, columns]).OfType<string>())}";
        }
    }

    /// <summary>The public readable properties and fields, in order of declaration.</summary>
    public static IReadOnlyList<(string Name, Func<object, object?> Read)> Members(Type type)
    {
        const BindingFlags Instance = BindingFlags.Public | BindingFlags.Instance;
        var properties = type.GetProperties(Instance)
            .Where(property => property.CanRead && property.GetIndexParameters().Length == 0 && IsReadable(property.PropertyType))
            .Select(property => (property.Name, (Func<object, object?>)(item => Try(() => property.GetValue(item)))));
        var fields = type.GetFields(Instance).Where(field => IsReadable(field.FieldType)).Select(field => (field.Name, (Func<object, object?>)field.GetValue));
        return [.. properties.Concat(fields)];
    }

    // Ref structs and pointers cannot be boxed.
    private static bool IsReadable(Type type) => !type.IsByRefLike && !type.IsByRef && !type.IsPointer && !type.IsFunctionPointer;

    private static bool IsRow(Type type) =>
        !type.IsPrimitive && !type.IsEnum && type != typeof(string) && type.Namespace?.StartsWith("System", StringComparison.Ordinal) != true
        && !typeof(IEnumerable).IsAssignableFrom(type) && !typeof(IFormattable).IsAssignableFrom(type)
        && !DisplayForms.HasOwnHtml(type) && FormattersByConvention.For(type) is null
        && (!ValueText.OverridesToString(type) || IsRecord(type) || IsAnonymous(type))
        && Members(type).Count > 0
        || typeof(ITuple).IsAssignableFrom(type)
        || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>));

    internal static bool IsAnonymous(Type type) => type.IsGenericType && type.Name.Contains("AnonymousType", StringComparison.Ordinal);

    // Records have a compiler-generated PrintMembers.
    internal static bool IsRecord(Type type) =>
        type.GetMethod("PrintMembers", BindingFlags.NonPublic | BindingFlags.Instance) is not null;

    private static object? Try(Func<object?> read)
    {
        try
        {
            return read();
        }
        catch (TargetInvocationException error)
        {
            return $"({error.InnerException!.GetType().Name})";
        }
    }
}

/// <summary>Converts the name of a member to a column heading: "MeanError" to "mean error".</summary>
internal static partial class ColumnHeading
{
    public static string Of(string name) => string.Join(' ', Word().Matches(name).Select(word => IsCapitals(word.Value) ? word.Value : word.Value.ToLowerInvariant()));

    // Symbols and abbreviations (N, MSE) keep their capitals.
    private static bool IsCapitals(string word) => word.All(character => !char.IsLower(character));

    [GeneratedRegex(@"\p{Lu}+(?!\p{Ll})\d*|\p{Lu}?[^\p{Lu}_]+")]
    private static partial Regex Word();
}
