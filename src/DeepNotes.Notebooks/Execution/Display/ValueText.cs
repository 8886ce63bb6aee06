using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace DeepNotes.Notebooks.Execution;

/// <summary>A value as plain text, in the manner of the C# interactive window, invariant and bounded.</summary>
internal static class ValueText
{
    private const int MostItems = 100;
    private const int MostDepth = 4;
    private const int MostCharacters = 20_000;

    public static string Of(object? value)
    {
        var text = value switch
        {
            string plain => plain,
            Exception error => string.Join('\n', CellErrors.Exception(error, "").Trace),
            _ => Write(value),
        };
        return text.Length <= MostCharacters ? text : $"{text[..MostCharacters]}\n… {text.Length - MostCharacters:N0} more characters";
    }

    /// <summary>The value within a line: in a list, in a table's cell.</summary>
    public static string Short(object? value) => value is string text ? text : Write(value, depth: MostDepth - 1);

    private static string Write(object? value, int depth = 0)
    {
        var text = new StringBuilder();
        Write(text, value, depth);
        return text.ToString();
    }

    private static void Write(StringBuilder text, object? value, int depth)
    {
        switch (value)
        {
            case null: text.Append("null"); break;
            case string plain when depth > 0: text.Append('"').Append(plain).Append('"'); break;
            case string plain: text.Append(plain); break;
            case char character: text.Append('\'').Append(character).Append('\''); break;
            case bool flag: text.Append(flag ? "true" : "false"); break;
            case ITuple tuple: WriteTuple(text, tuple, depth); break;
            case IFormattable number: text.Append(number.ToString(null, CultureInfo.InvariantCulture)); break;
            case Type type: text.Append(TypeName(type)); break;
            default: WriteObject(text, value, depth); break;
        }
    }

    private static void WriteObject(StringBuilder text, object value, int depth)
    {
        var type = value.GetType();
        if (OverridesToString(type))
        {
            text.Append(value);
        }
        else if (value is IEnumerable items)
        {
            WriteItems(text, items, depth);
        }
        else if (depth >= MostDepth)
        {
            text.Append(TypeName(type));
        }
        else
        {
            WriteMembers(text, value, depth);
        }
    }

    private static void WriteItems(StringBuilder text, IEnumerable items, int depth)
    {
        text.Append(TypeName(items.GetType(), items is Array array ? array : null));
        if (items is ICollection { Count: var count } and not Array)
        {
            text.Append('(').Append(count).Append(')');
        }

        if (depth >= MostDepth)
        {
            return;
        }

        text.Append(" { ");
        var written = 0;
        foreach (var item in items)
        {
            if (written++ > 0)
            {
                text.Append(", ");
            }

            if (written > MostItems)
            {
                text.Append('…');
                break;
            }

            WriteItem(text, item, depth);
        }

        text.Append(written == 0 ? "}" : " }");
    }

    private static void WriteItem(StringBuilder text, object? item, int depth)
    {
        var type = item?.GetType();
        if (type is { IsGenericType: true } && type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>))
        {
            text.Append('[');
            Write(text, type.GetProperty("Key")!.GetValue(item), depth + 1);
            text.Append("] = ");
            Write(text, type.GetProperty("Value")!.GetValue(item), depth + 1);
            return;
        }

        Write(text, item, depth + 1);
    }

    private static void WriteTuple(StringBuilder text, ITuple tuple, int depth)
    {
        text.Append('(');
        for (var i = 0; i < tuple.Length; i++)
        {
            Write(text.Append(i > 0 ? ", " : ""), tuple[i], depth + 1);
        }

        text.Append(')');
    }

    private static void WriteMembers(StringBuilder text, object value, int depth)
    {
        text.Append(TypeName(value.GetType()));
        var members = TableRows.Members(value.GetType());
        if (members.Count == 0)
        {
            return;
        }

        text.Append(" { ");
        for (var i = 0; i < members.Count; i++)
        {
            text.Append(i > 0 ? ", " : "").Append(members[i].Name).Append(": ");
            Write(text, members[i].Read(value), depth + 1);
        }

        text.Append(" }");
    }

    internal static bool OverridesToString(Type type) =>
        type.GetMethod("ToString", BindingFlags.Public | BindingFlags.Instance, [])?.DeclaringType is { } declaring
        && declaring != typeof(object) && declaring != typeof(ValueType)
        && !(declaring.IsGenericType && declaring.GetGenericTypeDefinition() == typeof(KeyValuePair<,>));

    private static string TypeName(Type type, Array? array = null)
    {
        if (type.IsArray)
        {
            var lengths = array is null
                ? new string(',', type.GetArrayRank() - 1)
                : string.Join(", ", Enumerable.Range(0, array.Rank).Select(array.GetLength));
            return $"{TypeName(type.GetElementType()!)}[{lengths}]";
        }

        if (!type.IsVisible && type.GetInterface("IEnumerable`1") is { } sequence)
        {
            type = sequence;
        }

        if (type.IsGenericType)
        {
            return $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(argument => TypeName(argument)))}>";
        }

        return Type.GetTypeCode(type) switch
        {
            _ when type.IsEnum => type.Name,
            TypeCode.Boolean => "bool",
            TypeCode.Byte => "byte",
            TypeCode.Char => "char",
            TypeCode.Double => "double",
            TypeCode.Int32 => "int",
            TypeCode.Int64 => "long",
            TypeCode.Single => "float",
            TypeCode.String => "string",
            _ => type == typeof(object) ? "object" : type.Name,
        };
    }
}
