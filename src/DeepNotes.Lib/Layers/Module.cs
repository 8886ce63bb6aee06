using System.Collections.Concurrent;
using System.Reflection;
using DeepNotes.Backends;

namespace DeepNotes;

/// <summary>
/// A layer, or a loss with parameters of its own. Parameters, running statistics, generators and inner modules
/// are found by reflection: every public property of such a type, or of a sequence of modules, in the order of declaration.
/// </summary>
[TypeFormatterSource(typeof(DisplayableFormatterSource), MimeTypes.Html, MimeTypes.PlainText)]
public abstract class Module : IDisplayable
{
    // The declarations of a type never change, and training needs them at every step.
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> Properties = new();

    private static readonly Type[] Leaves = [typeof(Parameter), typeof(RunningStatistic), typeof(Generator)];

    /// <summary>True while training, where dropout drops and batch normalisation uses the batch.</summary>
    public bool IsTraining { get; private set; } = true;

    /// <summary>All parameters, this module's own and the inner modules', in the order of declaration.</summary>
    public IReadOnlyList<Parameter> Parameters
    {
        get
        {
            var search = new Search<Parameter>(isNamed: false);
            search.Enter(this, null);
            return search.Found;
        }
    }

    /// <summary>All parameters with their paths: <c>1.Weight</c> is the weight of the second layer of a sequence.</summary>
    public IEnumerable<(string Name, Parameter Parameter)> NamedParameters => Find<Parameter>();

    /// <summary>All running statistics with their paths: what is saved with the parameters but not trained.</summary>
    public IEnumerable<(string Name, RunningStatistic Statistic)> NamedStatistics => Find<RunningStatistic>();

    /// <summary>The values of all parameters and running statistics with their paths: what is saved.</summary>
    internal IEnumerable<(string Name, Tensor Value)> NamedTensors =>
        NamedParameters.Select(named => (named.Name, named.Parameter.Value))
            .Concat(NamedStatistics.Select(named => (named.Name, named.Statistic.Value)));

    /// <summary>All sources of random numbers with their paths; their states are part of a run's.</summary>
    public IEnumerable<(string Name, Generator Generator)> NamedGenerators => Find<Generator>();

    /// <summary>The modules directly inside this one, with their names.</summary>
    public IEnumerable<(string Name, Module Module)> NamedChildren => Find<Module>();

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

    /// <summary>Freezes all parameters, or trains them again: frozen ones receive no gradient and no optimizer changes them.</summary>
    public void Freeze(bool isFrozen = true)
    {
        foreach (var parameter in Parameters)
        {
            parameter.IsFrozen = isFrozen;
        }
    }

    /// <summary>
    /// Moves all parameters and running statistics to a device, where this module computes from then on; its inputs must be there
    /// too. Parameters that share their values still share them, and the optimizer state follows at its next step.
    /// </summary>
    public void To(Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        using (StepMemory.Suspend())
        {
            var moved = new Dictionary<Tensor, Tensor>();
            foreach (var parameter in Parameters)
            {
                parameter.MoveTo(device, moved);
            }

            foreach (var (_, statistic) in NamedStatistics)
            {
                statistic.MoveTo(device);
            }
        }
    }

    /// <summary>
    /// Creates new tensors where this module's parameters are, until the result is disposed; where <see cref="Device.Use"/> has chosen a
    /// GPU, there, so that a module left on the CPU is not trained there by mistake.
    /// </summary>
    internal IDisposable UseDevice()
    {
        var chosen = Device.Current;
        return (chosen == Device.Cpu ? Parameters.FirstOrDefault(parameter => parameter.IsAllocated)?.Device ?? chosen : chosen).Use();
    }

    /// <summary>Clears all gradients, before the next backward pass.</summary>
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

    private IEnumerable<(string Name, T Item)> Find<T>()
    {
        var search = new Search<T>(isNamed: true);
        search.Enter(this, null);
        return search.Paths.Select(path => path.Name).Zip(search.Found);
    }

    private static PropertyInfo[] Declared(Type type) =>
        [.. type.GetProperties(BindingFlags.Instance | BindingFlags.Public)
            .Where(property => property.DeclaringType != typeof(Module) && property.GetIndexParameters().Length == 0 && Holds(property.PropertyType))
            .OrderBy(property => property.MetadataToken)];

    private static bool Holds(Type type) => IsSingle(type) || type.IsAssignableTo(typeof(IEnumerable<Module>));

    private static bool IsSingle(Type type) => Array.IndexOf(Leaves, type) >= 0 || type.IsAssignableTo(typeof(Module));

    private sealed record MemberPath(MemberPath? Parent, string? Property, int? Index)
    {
        public string Name => string.Join('.', new[] { Parent?.Name, Property, Index?.ToString() }.Where(part => part is not null));
    }

    // All objects of a type, without searching inside those found. Paths are built only if requested: training looks up
    // the parameters at every step.
    private sealed class Search<T>(bool isNamed)
    {
        public List<T> Found { get; } = [];

        /// <summary>The path of each object found, if paths are requested.</summary>
        public List<MemberPath> Paths { get; } = [];

        public void Enter(Module module, MemberPath? path)
        {
            if (module is IEnumerable<Module> sequence)
            {
                TakeAll(sequence, path, null);
                return;
            }

            foreach (var property in Properties.GetOrAdd(module.GetType(), Declared))
            {
                var value = property.GetValue(module);
                if (value is IEnumerable<Module> modules && !IsSingle(property.PropertyType))
                {
                    TakeAll(modules, path, property.Name);
                }
                else if (value is not null)
                {
                    Take(value, path, property.Name, null);
                }
            }
        }

        private void TakeAll(IEnumerable<Module> modules, MemberPath? parent, string? property)
        {
            var index = 0;
            foreach (var module in modules)
            {
                Take(module, parent, property, index++);
            }
        }

        private void Take(object member, MemberPath? parent, string? property, int? index)
        {
            var path = isNamed ? new MemberPath(parent, property, index) : null;
            if (member is T item)
            {
                Found.Add(item);
                if (path is not null)
                {
                    Paths.Add(path);
                }
            }
            else if (member is Module module)
            {
                Enter(module, path);
            }
        }
    }
}
