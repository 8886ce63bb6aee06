using System.Reflection;

namespace DeepNotes;

/// <summary>.NET Interactive's <c>Kernel.display(value)</c> and <c>DisplayedValue.Update(value)</c>, found without a reference.</summary>
internal static class InteractiveSink
{
    private static readonly Lazy<Func<object, Action<object>>?> Found = new(Search);
    private static readonly Lazy<PropertyInfo?> Context = new(() => Type("KernelInvocationContext")?.GetProperty("Current", BindingFlags.Public | BindingFlags.Static));

    public static Func<object, Action<object>>? Find() => Found.Value;

    /// <summary><c>KernelInvocationContext.Current</c>, of which there is one for each execution of a cell.</summary>
    public static object? CurrentCell => Context.Value?.GetValue(null);

    private static Func<object, Action<object>>? Search()
    {
        var display = Type("Kernel")?.GetMethod("display", BindingFlags.Public | BindingFlags.Static, [typeof(object), typeof(string[])]);
        return display is null ? null : value =>
        {
            var shown = display.Invoke(null, [value, Array.Empty<string>()])!;
            var update = shown.GetType().GetMethod("Update", [typeof(object)])!;
            return next => update.Invoke(shown, [next]);
        };
    }

    private static Type? Type(string name) => AppDomain.CurrentDomain.GetAssemblies()
        .FirstOrDefault(assembly => assembly.GetName().Name == "Microsoft.DotNet.Interactive")
        ?.GetType($"Microsoft.DotNet.Interactive.{name}");
}
