using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;

namespace DeepNotes;

/// <summary>
/// Whatever holds parameters: a layer, or a loss that learns. Parameters, running statistics, generators and inner modules
/// are found by themselves: every public property of such a type, or of a sequence of modules, counts, in the order of declaration.
/// </summary>
[TypeFormatterSource(typeof(DisplayableFormatterSource), MimeTypes.Html, MimeTypes.PlainText)]
public abstract class Module : IDisplayable
{
    // What a type declares never changes, and a training asks for it at every step.
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> Properties = new();

    private static readonly Type[] Leaves = [typeof(Parameter), typeof(RunningStatistic), typeof(Generator)];

    /// <summary>True while training, where dropout drops and batch normalisation uses the batch.</summary>
    public bool IsTraining { get; private set; } = true;

    /// <summary>All parameters, this module's own and the inner modules', in the order of declaration.</summary>
    public IReadOnlyList<Parameter> Parameters => [.. Find<Parameter>().Select(found => found.Item)];

    /// <summary>All parameters with their paths: <c>1.Weight</c> is the weight of the second layer of a sequence.</summary>
    public IEnumerable<(string Name, Parameter Parameter)> NamedParameters => Find<Parameter>().Select(found => (found.Path.Name, found.Item));

    /// <summary>All running statistics with their paths: what is saved with the parameters but not trained.</summary>
    public IEnumerable<(string Name, RunningStatistic Statistic)> NamedStatistics => Find<RunningStatistic>().Select(found => (found.Path.Name, found.Item));

    /// <summary>All sources of random numbers with their paths; their states are part of a run's.</summary>
    public IEnumerable<(string Name, Generator Generator)> NamedGenerators => Find<Generator>().Select(found => (found.Path.Name, found.Item));

    /// <summary>The modules directly inside this one, with their names.</summary>
    public IEnumerable<(string Name, Module Module)> NamedChildren =>
        Members(null).Where(member => member.Value is Module).Select(member => (member.Path.Name, (Module)member.Value));

    /// <summary>The modules directly inside this one.</summary>
    public IEnumerable<Module> Children => NamedChildren.Select(child => child.Module);

    /// <summary>The number of values that training can change, frozen ones too, counted without making them.</summary>
    public long ParameterCount => NamedParameters.Sum(named => (long)named.Parameter.Shape.Elements);

    /// <summary>Switches this module and all inside between training and evaluation.</summary>
    public void Train(bool isTraining = true)
    {
        IsTraining = isTraining;
        foreach (var child in Children)
        {
            child.Train(isTraining);
        }
    }

    /// <summary>Keeps all parameters as they are, or lets them learn again: they pass no gradient and no optimizer moves them.</summary>
    public void Freeze(bool isFrozen = true)
    {
        foreach (var parameter in Parameters)
        {
            parameter.IsFrozen = isFrozen;
        }
    }

    /// <summary>Forgets all gradients, before the next backward pass.</summary>
    public void ClearGradients()
    {
        foreach (var parameter in Parameters)
        {
            if (parameter.IsAllocated)
            {
                parameter.Value.ClearGradient();
            }
        }
    }

    /// <summary>The table of the layers and their parameters, as a cell shows it.</summary>
    public string ToHtml() => new LayerTable(this).ToHtml();

    /// <inheritdoc/>
    public string ToPlainText() => new LayerTable(this).ToPlainText();

    /// <inheritdoc/>
    public override string ToString() => GetType().Name;

    private IEnumerable<(MemberPath Path, T Item)> Find<T>(MemberPath? parent = null)
    {
        foreach (var (path, member) in Members(parent))
        {
            if (member is T item)
            {
                yield return (path, item);
            }
            else if (member is Module module)
            {
                foreach (var inner in module.Find<T>(path))
                {
                    yield return inner;
                }
            }
        }
    }

    private IEnumerable<(MemberPath Path, object Value)> Members(MemberPath? parent)
    {
        if (this is IEnumerable sequence)
        {
            return sequence.Cast<object>().Select((module, index) => (new MemberPath(parent, null, index), module));
        }

        return Properties.GetOrAdd(GetType(), Found).SelectMany(property => Expand(property, parent));
    }

    private static PropertyInfo[] Found(Type type) =>
        [.. type.GetProperties(BindingFlags.Instance | BindingFlags.Public)
            .Where(property => property.DeclaringType != typeof(Module) && property.GetIndexParameters().Length == 0 && Holds(property.PropertyType))
            .OrderBy(property => property.MetadataToken)];

    private static bool Holds(Type type) => IsSingle(type) || type.IsAssignableTo(typeof(IEnumerable<Module>));

    private static bool IsSingle(Type type) => Array.IndexOf(Leaves, type) >= 0 || type.IsAssignableTo(typeof(Module));

    private IEnumerable<(MemberPath Path, object Value)> Expand(PropertyInfo property, MemberPath? parent) => property.GetValue(this) switch
    {
        null => [],
        var member when IsSingle(property.PropertyType) => [(new MemberPath(parent, property.Name, null), member)],
        var sequence => ((IEnumerable<Module>)sequence).Select((module, index) => (new MemberPath(parent, property.Name, index), (object)module)),
    };

    // Where a member is, put into words only for those who ask: a training looks for its parameters at every step.
    private sealed record MemberPath(MemberPath? Parent, string? Property, int? Index)
    {
        public string Name => string.Join('.', new[] { Parent?.Name, Property, Index?.ToString() }.Where(part => part is not null));
    }
}
