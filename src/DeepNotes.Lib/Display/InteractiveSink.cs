using System.Reflection;

namespace DeepNotes;

/// <summary>
/// The display of .NET Interactive, called by reflection. Its own <c>DisplayedValue.Update</c> publishes the update under
/// another id than the value it replaces, so that hosts ignore it: both events are published here, under one id.
/// </summary>
internal static class InteractiveSink
{
    private const string Host = "Microsoft.DotNet.Interactive";

    private static readonly Lazy<Func<object, Action<object>>?> Found = new(Search);
    private static readonly Lazy<PropertyInfo?> Context = new(() => Type(Host, "KernelInvocationContext")?.GetProperty("Current", BindingFlags.Public | BindingFlags.Static));

    public static Func<object, Action<object>>? Find() => CurrentCell is null ? null : Found.Value;

    /// <summary><c>KernelInvocationContext.Current</c>, a different object for each execution of a cell.</summary>
    public static object? CurrentCell => Context.Value?.GetValue(null);

    /// <summary>Cancelled when the user interrupts the cell; null without a host.</summary>
    public static CancellationToken? Cancellation => CurrentCell is { } cell ? Value(cell, "CancellationToken") as CancellationToken? : null;

    private static Func<object, Action<object>>? Search()
    {
        var format = Type($"{Host}.Formatting", "FormattedValue")?.GetMethod("CreateManyFromObject", BindingFlags.Public | BindingFlags.Static, [typeof(object), typeof(string[])]);
        var (produced, updated) = (Constructor("DisplayedValueProduced"), Constructor("DisplayedValueUpdated"));
        var publish = Type(Host, "KernelInvocationContext")?.GetMethods().FirstOrDefault(method => method.Name == "Publish" && method.GetParameters().Length == 1);
        if (format is null || produced is null || updated is null || publish is null)
        {
            return null;
        }

        return shown =>
        {
            // Captured here: updates may come from other threads, where the context is null.
            var (cell, id) = (CurrentCell!, Guid.NewGuid().ToString());
            void Send(ConstructorInfo kind, object value) => publish.Invoke(cell, [kind.Invoke([.. kind.GetParameters().Select(parameter => parameter.Name switch
            {
                "value" => value,
                "valueId" => id,
                "command" => Value(cell, "Command"),
                "formattedValues" => format.Invoke(null, [value, Array.Empty<string>()]),
                _ => parameter.HasDefaultValue ? parameter.DefaultValue : null,
            })])]);
            Send(produced, shown);
            return next => Send(updated, next);
        };
    }

    private static ConstructorInfo? Constructor(string eventName) =>
        Type(Host, $"Events.{eventName}")?.GetConstructors().FirstOrDefault(one => one.GetParameters().Any(parameter => parameter.Name == "valueId"));

    private static object? Value(object owner, string property) => owner.GetType().GetProperty(property)?.GetValue(owner);

    private static Type? Type(string assemblyName, string name) => AppDomain.CurrentDomain.GetAssemblies()
        .FirstOrDefault(assembly => assembly.GetName().Name == assemblyName)
        ?.GetType($"{assemblyName}.{name}");
}
