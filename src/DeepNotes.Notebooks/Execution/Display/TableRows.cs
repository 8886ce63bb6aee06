using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.DotNet.Interactive.Formatting;

namespace DeepNotes.Notebooks.Execution;

/// <summary>A sequence of records, anonymous objects, tuples or key-value pairs as the rows of a table.</summary>
/// <param name="Columns">The names of the members, in words.</param>
/// <param name="Cells">One list per row.</param>
/// <param name="Left">How many rows are not shown; null when nobody knows.</param>
internal sealed record TableRows(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<object?>> Cells, int? Left)
{
    public const int MostColumns = 20;

    public static int MaxRows => Formatter.RowLimit;

    /// <summary>What the table is called, where it is one of several.</summary>
    public string? Title { get; init; }

    /// <summary>How many columns are not shown.</summary>
    public int ColumnsLeft { get; init; }

    /// <summary>Null when the value is not a sequence of rows but of numbers, strings, different types, or has a text of its own.</summary>
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
        var columns = members.Take(MostColumns).ToArray();
        int? left = !more ? 0 : items is ICollection { Count: var count } ? count - MaxRows : null;
        return new TableRows(
            [.. columns.Select(column => ColumnHeading.Of(column.Name))],
            [.. shown.Select(item => columns.Select(column => column.Read(item)).ToArray())],
            left)
        { ColumnsLeft = members.Count - columns.Length };
    }

    /// <summary>The items of a sequence whose type has HTML of its own, one to a row; null when it is not one.</summary>
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

    /// <summary>Any sequence, its items in one column.</summary>
    public static TableRows OfAny(IEnumerable items)
    {
        var shown = items.Cast<object?>().Take(MaxRows + 1).ToArray();
        return new TableRows(["value"], [.. shown.Take(MaxRows).Select(item => new[] { item })], shown.Length > MaxRows ? null : 0);
    }

    public string ToHtml() => HtmlTable.Of(this);

    public override string ToString() => TextTable.Of(this);

    /// <summary>What stands below a table that was cut; null when it was not.</summary>
    public string? Rest
    {
        get
        {
            var rows = Left switch { 0 => null, null => "more rows", var left => $"{left:N0} more rows" };
            var columns = ColumnsLeft == 0 ? null : $"{ColumnsLeft:N0} more columns";
            return rows is null && columns is null ? null : $"… {string.Join(", ", ((string?[])[rows, columns]).OfType<string>())}";
        }
    }

    /// <summary>Public readable properties and fields, in order of declaration.</summary>
    public static IReadOnlyList<(string Name, Func<object, object?> Read)> Members(Type type)
    {
        const BindingFlags Instance = BindingFlags.Public | BindingFlags.Instance;
        var properties = type.GetProperties(Instance)
            .Where(property => property.CanRead && property.GetIndexParameters().Length == 0 && IsReadable(property.PropertyType))
            .Select(property => (property.Name, (Func<object, object?>)(item => Try(() => property.GetValue(item)))));
        var fields = type.GetFields(Instance).Where(field => IsReadable(field.FieldType)).Select(field => (field.Name, (Func<object, object?>)field.GetValue));
        return [.. properties.Concat(fields)];
    }

    // A span or a pointer can't be held as an object.
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

    // Records have a compiler-made PrintMembers.
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

/// <summary>The name of a member as the words above a column: "MeanError" as "mean error".</summary>
internal static partial class ColumnHeading
{
    public static string Of(string name) => string.Join(' ', Word().Matches(name).Select(word => IsCapitals(word.Value) ? word.Value : word.Value.ToLowerInvariant()));

    // Symbols and abbreviations (N, MSE) keep their capitals.
    private static bool IsCapitals(string word) => word.All(character => !char.IsLower(character));

    [GeneratedRegex(@"\p{Lu}+(?!\p{Ll})\d*|\p{Lu}?[^\p{Lu}_]+")]
    private static partial Regex Word();
}
