using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace DeepNotes.Interactive;

/// <summary>A sequence of records, anonymous objects or tuples as the rows of a table.</summary>
internal sealed record Rows(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Cells, bool HasMore)
{
    private const int MaxRows = 50;

    /// <summary>Reads the rows; null if the sequence is empty, or its items are of another or of different types.</summary>
    public static Rows? Of(IEnumerable items)
    {
        object?[] shown = [.. items.Cast<object?>().Take(MaxRows + 1)];
        var type = shown.FirstOrDefault()?.GetType();
        if (type is null || !IsRow(type) || shown.Any(item => item?.GetType() != type))
        {
            return null;
        }

        var members = Members(type);
        return new Rows(
            [.. members.Select(member => member.Name)],
            [.. shown.Take(MaxRows).Select(item => members.Select(member => Text(member.Read(item!))).ToArray())],
            shown.Length > MaxRows);
    }

    public static bool IsRecord(Type type) => type.GetMethod("PrintMembers", BindingFlags.NonPublic | BindingFlags.Instance) is not null;

    private static bool IsRow(Type type) => (IsRecord(type) || IsAnonymous(type) || typeof(ITuple).IsAssignableFrom(type))
        && !typeof(IDisplayable).IsAssignableFrom(type) && Members(type).Count > 0;

    private static bool IsAnonymous(Type type) => type.IsGenericType && type.Name.Contains("AnonymousType", StringComparison.Ordinal);

    private static IReadOnlyList<(string Name, Func<object, object?> Read)> Members(Type type)
    {
        const BindingFlags instance = BindingFlags.Public | BindingFlags.Instance;
        return
        [
            .. type.GetProperties(instance).Where(property => property.CanRead && property.GetIndexParameters().Length == 0)
                .Select(property => (property.Name, (Func<object, object?>)property.GetValue)),
            .. type.GetFields(instance).Select(field => (field.Name, (Func<object, object?>)field.GetValue)),
        ];
    }

    private static string Text(object? value) => value switch
    {
        null => "",
        double number => number.ToString("G6", CultureInfo.InvariantCulture),
        float number => number.ToString("G6", CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        string text => text,
        IEnumerable items => string.Join(", ", items.Cast<object?>().Take(MaxRows).Select(Text)),
        _ => value.ToString() ?? "",
    };
}
