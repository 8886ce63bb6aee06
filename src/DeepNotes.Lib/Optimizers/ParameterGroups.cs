using System.Collections;

namespace DeepNotes;

/// <summary>The groups of an optimizer; a parameter is in one group at most.</summary>
public sealed class ParameterGroups : IReadOnlyCollection<ParameterGroup>
{
    private readonly List<ParameterGroup> _groups = [];
    private readonly Dictionary<Parameter, ParameterGroup> _groupOf = [];

    internal ParameterGroups()
    {
    }

    /// <inheritdoc/>
    public int Count => _groups.Count;

    /// <summary>Adds a group.</summary>
    /// <exception cref="ArgumentException">One of its parameters is in a group already.</exception>
    public void Add(ParameterGroup group)
    {
        var distinct = new HashSet<Parameter>();
        foreach (var parameter in group.Parameters)
        {
            if (!distinct.Add(parameter) || _groupOf.ContainsKey(parameter))
            {
                throw new ArgumentException($"Groups.Add: the parameter of shape {parameter.Shape} is in a group already; a parameter has one group.", nameof(group));
            }
        }

        _groups.Add(group);
        foreach (var parameter in group.Parameters)
        {
            _groupOf.Add(parameter, group);
        }
    }

    /// <inheritdoc/>
    public IEnumerator<ParameterGroup> GetEnumerator() => _groups.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal ParameterGroup Of(Parameter parameter) => _groupOf.GetValueOrDefault(parameter, ParameterGroup.Rest);
}
