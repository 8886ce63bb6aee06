using System.Collections.Concurrent;
using System.Reflection;

namespace DeepNotes.Notebooks.Execution;

/// <summary>The figure in plotly's schema that a value makes of itself: the static toFigureJson(value) of Plotly.NET.</summary>
internal static class FigureMethods
{
    private const string Name = "toFigureJson";

    private static readonly ConcurrentDictionary<Type, MethodInfo?> ByType = new();

    /// <summary>The figure as JSON; null when the value makes none.</summary>
    public static string? Of(object? value) => value is null ? null : (string?)ByType.GetOrAdd(value.GetType(), Find)?.Invoke(null, [value]);

    // A case of a union is a class within the union's.
    private static MethodInfo? Find(Type type)
    {
        for (var owner = type; owner is not null; owner = owner.DeclaringType)
        {
            if (owner.GetMethod(Name, BindingFlags.Public | BindingFlags.Static, [type]) is { } method && method.ReturnType == typeof(string))
            {
                return method;
            }
        }

        return null;
    }
}
