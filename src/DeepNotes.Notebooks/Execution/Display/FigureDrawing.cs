using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.Loader;

namespace DeepNotes.Notebooks.Execution;

/// <summary>
/// Renders figures in plotly's schema as SVG with the library's Chart.FromPlotly, by reflection: the library loaded by the
/// cells, or else the copy shipped with the engine.
/// </summary>
internal static class FigureDrawing
{
    private const string Library = "DeepNotes.Lib";

    private static readonly Lazy<MethodInfo?> Shipped = new(FindShipped);

    /// <summary>The figure as SVG with a text summary; or null with the reason, if it cannot be rendered.</summary>
    public static (string? Svg, string Text) Of(string figure)
    {
        if ((FindLoaded() ?? Shipped.Value) is not { } read)
        {
            return (null, $"a figure of plotly.js; without {Library}.dll it is not drawn");
        }

        try
        {
            var chart = read.Invoke(null, [figure])!;
            string Render(string name) => (string)chart.GetType().GetMethod(name, [])!.Invoke(chart, null)!;
            return (Render("ToSvg"), Render("ToPlainText"));
        }
        catch (TargetInvocationException error) when (error.InnerException is not (CellStoppedException or ThreadInterruptedException))
        {
            return (null, $"a figure of plotly.js that is not drawn: {ExceptionText.OneLine(error.InnerException!)}");
        }
    }

    private static MethodInfo? FindLoaded() => AppDomain.CurrentDomain.GetAssemblies()
        .Where(assembly => assembly.GetName().Name == Library)
        .Select(Reader).LastOrDefault(reader => reader is not null);

    private static MethodInfo? FindShipped()
    {
        var path = Path.Combine(AppContext.BaseDirectory, Library + ".dll");
        if (!File.Exists(path))
        {
            return null;
        }

        // In its own load context, because cells may load another version of the library later.
        var context = new AssemblyLoadContext(nameof(FigureDrawing));
        context.Resolving += (_, name) => Path.Combine(AppContext.BaseDirectory, name.Name + ".dll") is var file && File.Exists(file)
            ? context.LoadFromAssemblyPath(file)
            : null;
        return Reader(context.LoadFromAssemblyPath(path));
    }

    private static MethodInfo? Reader(Assembly library) => library.GetType("DeepNotes.Chart")?.GetMethod("FromPlotly", [typeof(string)]);
}

/// <summary>Finds the method that converts a value to a figure in plotly's schema: the static toFigureJson(value) of Plotly.NET.</summary>
internal static class FigureMethods
{
    private const string Name = "toFigureJson";

    private static readonly ConcurrentDictionary<Type, MethodInfo?> ByType = new();

    /// <summary>The figure as JSON; null if the value has no such method.</summary>
    public static string? Of(object? value) => value is null ? null : (string?)ByType.GetOrAdd(value.GetType(), Find)?.Invoke(null, [value]);

    // A case of an F# union is a nested class of the union.
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
