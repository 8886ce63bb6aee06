using System.Collections;
using System.Reflection;
using System.Runtime.Loader;

namespace DeepNotes.Cli.Benchmarks;

/// <summary>
/// A build of this program, loaded beside others with its own copy of the library. Its <see cref="Workloads"/> are reached by
/// name, because its types are not those of this process.
/// </summary>
internal sealed class VersionUnderTest
{
    private readonly string _program;
    private readonly Dictionary<string, object> _workloads;

    private VersionUnderTest(string program)
    {
        _program = program;
        var types = new FolderContext(Path.GetDirectoryName(program)!).LoadFromAssemblyPath(program);
        _workloads = ((IEnumerable)(types.GetType(typeof(Workloads).FullName!)?.GetProperty(nameof(Workloads.All))?.GetValue(null)
                ?? throw NotComparable("it has no benchmarks"))).Cast<object>()
            .ToDictionary(workload => (string)Value(workload, nameof(Workload.Name)));
    }

    /// <summary>This version twice, as a measure of the error, and the version built in a clone.</summary>
    /// <exception cref="CommandFailure">The clone is not built.</exception>
    public static VersionUnderTest[] WithOther(string clone)
    {
        var own = typeof(VersionUnderTest).Assembly.Location;
        var other = Path.Combine(clone, "artifacts", "bin", "DeepNotes.Cli", "release", Path.GetFileName(own));
        return File.Exists(other)
            ? [new(own), new(own), new(other)]
            : throw new CommandFailure($"--against: {other} not found; expected a clone in which ./deepnotes build has run.");
    }

    /// <summary>One execution of a workload.</summary>
    /// <exception cref="CommandFailure">This version has no such workload.</exception>
    public Action Prepare(string name)
    {
        var workload = _workloads.GetValueOrDefault(name) ?? throw NotComparable($"it has no benchmark '{name}'");
        var prepared = ((Delegate)Value(workload, nameof(Workload.Prepare))).DynamicInvoke()!;
        return (Action)Value(prepared, nameof(PreparedWorkload.Run));
    }

    private object Value(object item, string property) =>
        item.GetType().GetProperty(property)?.GetValue(item) ?? throw NotComparable($"its {item.GetType().Name} has no {property}");

    private CommandFailure NotComparable(string reason) => new($"--against: can't compare with {_program}: {reason}.");

    private sealed class FolderContext(string folder) : AssemblyLoadContext
    {
        protected override Assembly? Load(AssemblyName name)
        {
            var file = Path.Combine(folder, $"{name.Name}.dll");
            return File.Exists(file) ? LoadFromAssemblyPath(file) : null;
        }
    }
}
