using System.Reflection;

namespace DeepNotes;

/// <summary>.NET Interactive's <c>Kernel.display(value)</c> and <c>DisplayedValue.Update(value)</c>, found without a reference.</summary>
internal static class InteractiveSink
{
    private static readonly Lazy<Func<object, Action<object>>?> Found = new(Search);

    public static Func<object, Action<object>>? Find() => Found.Value;

    private static Func<object, Action<object>>? Search()
    {
        var display = AppDomain.CurrentDomain.GetAssemblies()
            .FirstOrDefault(assembly => assembly.GetName().Name == "Microsoft.DotNet.Interactive")
            ?.GetType("Microsoft.DotNet.Interactive.Kernel")
            ?.GetMethod("display", BindingFlags.Public | BindingFlags.Static, [typeof(object), typeof(string[])]);
        return display is null ? null : value =>
        {
            var shown = display.Invoke(null, [value, Array.Empty<string>()])!;
            var update = shown.GetType().GetMethod("Update", [typeof(object)])!;
            return next => update.Invoke(shown, [next]);
        };
    }
}
