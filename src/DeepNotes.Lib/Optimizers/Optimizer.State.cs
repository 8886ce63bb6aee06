using System.Globalization;

namespace DeepNotes;

/// <content>Stopping and going on.</content>
public abstract partial class Optimizer
{
    /// <summary>The state of a parameter, to be read and set by name.</summary>
    public virtual ParameterState State(Parameter parameter) => new(this, parameter);

    /// <summary>The same of the parameter at a path, <c>0.Weight</c>, in the network that was given to <see cref="Name"/>.</summary>
    /// <exception cref="ArgumentException">There is no such path; the message lists those there are.</exception>
    public ParameterState State(string path) => State(Named(path));

    /// <summary>The names of the tensors and numbers of a parameter's state, found by an update of an empty state.</summary>
    internal (string[] Tensors, string[] Numbers) NamesOfState(Parameter parameter)
    {
        var probe = new OptimizerState(parameter) { LearningRate = LearningRate, Step = 1 };
        using (Recording.Pause())
        {
            Update(parameter.Value, Tensor.Full(parameter.Shape, 0, parameter.Value.Device), probe);
        }

        var own = Remembered(parameter);
        return ([.. probe.Names.Union(own?.Names ?? [])], [.. probe.Numbers.Keys.Union(own?.Numbers.Keys ?? [])]);
    }

    internal OptimizerState? Remembered(Parameter parameter) => _states.GetValueOrDefault(parameter);

    /// <summary>The parameter at a path.</summary>
    private protected virtual Parameter Named(string path) => _names.FirstOrDefault(pair => pair.Value == path).Key ?? throw new ArgumentException(
        $"{GetType().Name}.State: no parameter is called \"{path}\"; "
        + (_names.Count == 0 ? "give the network to Name first." : $"there are {string.Join(", ", _names.Values)}."),
        nameof(path));

    /// <summary>The parameter at a path by another optimizer's names, for one that is made of others.</summary>
    private protected static Parameter NamedBy(Optimizer optimizer, string path) => optimizer.Named(path);

    /// <summary>What this optimizer remembers of these parameters.</summary>
    /// <param name="parameters">All parameters that it has updated, in the order in which they will be restored.</param>
    /// <exception cref="ArgumentException">It has updated a parameter that is not among them.</exception>
    public virtual OptimizerSnapshot Save(IReadOnlyList<Parameter> parameters)
    {
        if (_states.Keys.Except(parameters).FirstOrDefault() is { } missing)
        {
            throw new ArgumentException(
                $"{GetType().Name}.Save: the parameter of shape {missing.Shape} has been updated but is not in the list.", nameof(parameters));
        }

        var tensors = new Dictionary<string, Tensor>();
        var numbers = new Dictionary<string, double>
        {
            ["step"] = Step,
            ["learningRate"] = _learningRate,
            ["accumulated"] = _accumulated,
        };
        for (var i = 0; i < parameters.Count; i++)
        {
            if (_states.TryGetValue(parameters[i], out var state))
            {
                numbers[$"{i}.step"] = state.Step;
                foreach (var (name, number) in state.Numbers)
                {
                    numbers[$"{i}.{name}"] = number;
                }

                foreach (var (name, tensor) in state.Tensors)
                {
                    tensors[$"{i}.{name}"] = tensor.Keep();
                }
            }
        }

        return new OptimizerSnapshot(GetType().Name, tensors, numbers);
    }

    /// <summary>Takes over what was saved; the settings stay those of this optimizer.</summary>
    /// <param name="snapshot">What <see cref="Save"/> returned.</param>
    /// <param name="parameters">The parameters in the order of saving.</param>
    /// <exception cref="ArgumentException">The snapshot is another optimizer's or of other parameters; nothing has changed.</exception>
    public virtual void Restore(OptimizerSnapshot snapshot, IReadOnlyList<Parameter> parameters)
    {
        CheckType(snapshot);
        var states = new Dictionary<int, OptimizerState>();
        OptimizerState StateAt(int index) =>
            states.TryGetValue(index, out var state) ? state : states[index] = new OptimizerState(parameters[index]);

        foreach (var (key, tensor) in snapshot.Tensors)
        {
            var (index, name) = Parse(key, parameters);
            StateAt(index)[name] = tensor.Shape == parameters[index].Shape
                ? tensor.To(parameters[index].Value.Device)
                : throw NotOurs($"{key} has shape {tensor.Shape}, parameter {index} has {parameters[index].Shape}");
        }

        foreach (var (key, number) in snapshot.Numbers.Where(pair => pair.Key.Contains('.')))
        {
            var (index, name) = Parse(key, parameters);
            if (name == "step")
            {
                StateAt(index).Step = (int)number;
            }
            else
            {
                StateAt(index).SetNumber(name, number);
            }
        }

        var (step, accumulated, rate) = (Global(snapshot, "step"), Global(snapshot, "accumulated"), Global(snapshot, "learningRate"));
        LearningRate = (float)rate;
        (Step, _accumulated) = ((int)step, (int)accumulated);
        _states.Clear();
        foreach (var (index, state) in states)
        {
            state.Commit();
            _states[parameters[index]] = state;
        }
    }

    private protected void CheckType(OptimizerSnapshot snapshot)
    {
        if (snapshot.Optimizer != GetType().Name)
        {
            throw NotOurs($"it is of {snapshot.Optimizer}");
        }
    }

    private (int Index, string Name) Parse(string key, IReadOnlyList<Parameter> parameters)
    {
        var dot = key.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && int.TryParse(key.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < parameters.Count
            ? (index, key[(dot + 1)..])
            : throw NotOurs($"{key} belongs to none of the {parameters.Count} parameters");
    }

    private double Global(OptimizerSnapshot snapshot, string name) =>
        snapshot.Numbers.TryGetValue(name, out var number) ? number : throw NotOurs($"{name} is missing");

    private ArgumentException NotOurs(string reason) =>
        new($"{GetType().Name}.Restore: the snapshot does not fit: {reason}. Use the optimizer and the parameters that it was saved from.");
}
