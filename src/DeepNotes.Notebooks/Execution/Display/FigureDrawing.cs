using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.Loader;

namespace DeepNotes.Notebooks.Execution;

/// <summary>
/// The drawn face of a figure in plotly's schema, by Chart.FromPlotly of the library: that which the cells use, or else that
/// beside the engine. The engine has no reference to it.
/// </summary>
internal static class FigureDrawing
{
    private const string Library = "DeepNotes.Lib";

    private static readonly Lazy<MethodInfo?> Beside = new(FindBeside);

    /// <summary>The figure as SVG and its numbers in short; without an SVG, and with the reason, where it cannot be drawn.</summary>
    public static (string? Svg, string Text) Of(string figure)
    {
        if ((FindLoaded() ?? Beside.Value) is not { } read)
        {
            return (null, $"a figure of plotly.js; without {Library}.dll it is not drawn");
        }

        try
        {
            var chart = read.Invoke(null, [figure])!;
            string Face(string name) => (string)chart.GetType().GetMethod(name, [])!.Invoke(chart, null)!;
            return (Face("ToSvg"), Face("ToPlainText"));
        }
        catch (TargetInvocationException error) when (error.InnerException is not (CellStoppedException or ThreadInterruptedException))
        {
            return (null, $"a figure of plotly.js that is not drawn: {ExceptionText.OneLine(error.InnerException!)}");
        }
    }

    private static MethodInfo? FindLoaded() => AppDomain.CurrentDomain.GetAssemblies()
        .Where(assembly => assembly.GetName().Name == Library)
        .Select(Reader).LastOrDefault(reader => reader is not null);

    private static MethodInfo? FindBeside()
    {
        var path = Path.Combine(AppContext.BaseDirectory, Library + ".dll");
        if (!File.Exists(path))
        {
            return null;
        }

        // Apart from the cells' own assemblies: they may load another version of the library later.
        var context = new AssemblyLoadContext(nameof(FigureDrawing));
        context.Resolving += (_, name) => Path.Combine(AppContext.BaseDirectory, name.Name + ".dll") is var file && File.Exists(file)
            ? context.LoadFromAssemblyPath(file)
            : null;
        return Reader(context.LoadFromAssemblyPath(path));
    }

    private static MethodInfo? Reader(Assembly library) => library.GetType("DeepNotes.Chart")?.GetMethod("FromPlotly", [typeof(string)]);
}

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
