using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Xml;
using Microsoft.DotNet.Interactive.Formatting;

namespace DeepNotes.Notebooks.Execution;

/// <summary>Formats values as plain text in the style of C# Interactive, with the invariant culture and limited in length.</summary>
internal sealed class ValueText
{
    public const int MaxDepth = 4;

    private const int MaxCharacters = 20_000;

    private readonly StringBuilder _text = new();
    private readonly Stack<object> _path = new();

    public static string Of(object? value)
    {
        var text = value switch
        {
            string plain => plain,
            Exception error => string.Join('\n', CellErrors.Exception(error, "").Trace),
            _ => Write(value, depth: 0),
        };
        return text.Length <= MaxCharacters ? text
            : text.Length <= 2 * MaxCharacters ? $"{text[..MaxCharacters]}\n… {text.Length - MaxCharacters:N0} more characters"
            : $"{text[..MaxCharacters]}\n… more";
    }

    /// <summary>The value on one line, for a cell of a table.</summary>
    public static string Short(object? value) => value is string text ? text : Write(value, Formatter.RecursionLimit - 1);

    private static string Write(object? value, int depth)
    {
        var writer = new ValueText();
        writer.Append(value, depth);
        return writer._text.ToString();
    }

    private void Append(object? value, int depth)
    {
        switch (value)
        {
            case null or DBNull: _text.Append("null"); break;
            case string plain when depth > 0: _text.Append('"').Append(plain).Append('"'); break;
            case string plain: _text.Append(plain); break;
            case char character: _text.Append('\'').Append(character).Append('\''); break;
            case bool flag: _text.Append(flag ? "true" : "false"); break;
            case ITuple tuple: AppendTuple(tuple, depth); break;
            case DateTime or DateTimeOffset or DateOnly or TimeOnly: _text.Append(Time((IFormattable)value)); break;
            case IFormattable number: AppendText(value, () => number.ToString(null, CultureInfo.InvariantCulture), depth); break;
            case Type type: _text.Append(TypeName(type)); break;
            case JsonDocument json: _text.Append(json.RootElement.GetRawText()); break;
            case JsonElement json: _text.Append(json.ValueKind == JsonValueKind.Undefined ? "undefined" : json.GetRawText()); break;
            case XmlNode xml: _text.Append(xml.OuterXml); break;
            case Task task: AppendTask(task, depth); break;
            default: AppendObject(value, depth); break;
        }
    }

    // Sortable, unambiguous, and with the time zone.
    private static string Time(IFormattable value) => value.ToString(
        value switch
        {
            DateTime => "yyyy-MM-dd HH:mm:ss.FFFFFFFK",
            DateTimeOffset => "yyyy-MM-dd HH:mm:ss.FFFFFFFzzz",
            DateOnly => "yyyy-MM-dd",
            _ => "HH:mm:ss.FFFFFFF",
        },
        CultureInfo.InvariantCulture);

    private void AppendObject(object value, int depth)
    {
        var type = value.GetType();
        if (HasSynthesizedToString(type))
        {
            AppendNested(value, () => AppendRecord(value, depth));
        }
        else if (OverridesToString(type))
        {
            AppendText(value, value.ToString, depth);
        }
        else if (value is IEnumerable items)
        {
            AppendNested(value, () => AppendItems(items, depth));
        }
        else if (AsyncItem(type) is { } item)
        {
            _text.Append("IAsyncEnumerable<").Append(TypeName(item)).Append("> (not read: use await foreach)");
        }
        else if (depth >= Formatter.RecursionLimit)
        {
            _text.Append(TypeName(type));
        }
        else
        {
            AppendNested(value, () => AppendMembers(value, depth));
        }
    }

    // For empty text, the type is shown instead. An error within a nested value must not hide the enclosing one.
    private void AppendText(object value, Func<string?> read, int depth)
    {
        string? text;
        try
        {
            text = read();
        }
        catch (Exception error) when (depth > 0 && error is not (CellStoppedException or ThreadInterruptedException))
        {
            text = $"({TypeName(value.GetType())}: {ExceptionText.OneLine(error)})";
        }

        _text.Append(string.IsNullOrEmpty(text) ? TypeName(value.GetType()) : text);
    }

    // Guards against cycles, and against the exponential number of paths in a graph of objects.
    private void AppendNested(object value, Action append)
    {
        if (_path.Contains(value, ReferenceEqualityComparer.Instance))
        {
            _text.Append(TypeName(value.GetType())).Append(" (this one again)");
        }
        else if (_text.Length > 2 * MaxCharacters)
        {
            _text.Append('…');
        }
        else
        {
            _path.Push(value);
            append();
            _path.Pop();
        }
    }

    private void AppendItems(IEnumerable items, int depth)
    {
        _text.Append(TypeName(items.GetType(), items is Array array ? array : null));
        if (items is ICollection { Count: var count } and not Array)
        {
            _text.Append('(').Append(count).Append(')');
        }

        if (depth >= Formatter.RecursionLimit)
        {
            return;
        }

        _text.Append(" { ");
        var written = 0;
        foreach (var item in items)
        {
            if (written++ > 0)
            {
                _text.Append(", ");
            }

            if (written > Formatter.ItemLimit || _text.Length > 2 * MaxCharacters)
            {
                _text.Append('…');
                break;
            }

            AppendItem(item, depth);
        }

        _text.Append(written == 0 ? "}" : " }");
    }

    private void AppendItem(object? item, int depth)
    {
        var type = item?.GetType();
        if (type is { IsGenericType: true } && type.GetGenericTypeDefinition() == typeof(KeyValuePair<,>))
        {
            _text.Append('[');
            Append(type.GetProperty("Key")!.GetValue(item), depth + 1);
            _text.Append("] = ");
            Append(type.GetProperty("Value")!.GetValue(item), depth + 1);
            return;
        }

        Append(item, depth + 1);
    }

    private void AppendTuple(ITuple tuple, int depth)
    {
        _text.Append('(');
        for (var i = 0; i < tuple.Length; i++)
        {
            _text.Append(i > 0 ? ", " : "");
            Append(tuple[i], depth + 1);
        }

        _text.Append(')');
    }

    // Tasks are not awaited, because displaying a value must not block.
    private void AppendTask(Task task, int depth)
    {
        var result = task.GetType().GetProperty("Result");
        var hasResult = result is not null && result.PropertyType.Name != "VoidTaskResult";
        _text.Append(hasResult ? $"Task<{TypeName(result!.PropertyType)}>" : "Task").Append(" (");
        if (task.IsFaulted)
        {
            _text.Append("failed: ").Append(ExceptionText.OneLine(task.Exception!));
        }
        else if (task.IsCanceled)
        {
            _text.Append("cancelled");
        }
        else if (!task.IsCompleted)
        {
            _text.Append("running: await it for its ").Append(hasResult ? "value" : "end");
        }
        else
        {
            _text.Append("done");
            if (hasResult)
            {
                _text.Append(": ");
                Append(result!.GetValue(task), depth + 1);
            }
        }

        _text.Append(')');
    }

    private void AppendMembers(object value, int depth)
    {
        _text.Append(TypeName(value.GetType()));
        var members = TableRows.Members(value.GetType());
        if (members.Count == 0)
        {
            return;
        }

        _text.Append(" { ");
        for (var i = 0; i < members.Count; i++)
        {
            _text.Append(i > 0 ? ", " : "").Append(members[i].Name).Append(": ");
            Append(members[i].Read(value), depth + 1);
        }

        _text.Append(" }");
    }

    // In the format of the compiler-generated ToString, except that members without their own ToString are expanded.
    private void AppendRecord(object value, int depth)
    {
        var type = value.GetType();
        var members = TableRows.Members(type);
        _text.Append(TableRows.IsAnonymous(type) ? "" : TypeName(type) + " ").Append('{');
        for (var i = 0; i < members.Count; i++)
        {
            _text.Append(i > 0 ? ", " : " ").Append(members[i].Name).Append(" = ");
            var member = members[i].Read(value);
            if (member is null or string or bool or char or IFormattable)
            {
                _text.Append(CultureInfo.InvariantCulture, $"{member}");
            }
            else
            {
                Append(member, depth + 1);
            }
        }

        _text.Append(" }");
    }

    private static Type? AsyncItem(Type type) => type.GetInterfaces()
        .FirstOrDefault(one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>))?.GetGenericArguments()[0];

    internal static bool OverridesToString(Type type) =>
        type.GetMethod("ToString", BindingFlags.Public | BindingFlags.Instance, [])?.DeclaringType is { } declaring
        && declaring != typeof(object) && declaring != typeof(ValueType)
        && !(declaring.IsGenericType && declaring.GetGenericTypeDefinition() == typeof(KeyValuePair<,>));

    // Derived records are excluded, because the compiler orders their members differently.
    private static bool HasSynthesizedToString(Type type) =>
        TableRows.IsAnonymous(type)
        || (TableRows.IsRecord(type)
            && type.GetMethod("ToString", BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly, [])?.IsDefined(typeof(CompilerGeneratedAttribute)) == true
            && (type.BaseType == typeof(object) || type.BaseType == typeof(ValueType)));

    internal static string TypeName(Type type, Array? array = null)
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
