namespace DeepNotes;

/// <summary>
/// What an optimizer remembers of one parameter, to be read and set by name: <c>adam.State(w)["mean"]</c>. Tensors are copied
/// both ways, and are zeros before the first update. What is set is saved and restored like the rest.
/// </summary>
public sealed class ParameterState
{
    private readonly Optimizer _optimizer;
    private readonly Parameter _parameter;
    private readonly string[] _numbers;

    internal ParameterState(Optimizer optimizer, Parameter parameter)
    {
        (_optimizer, _parameter) = (optimizer, parameter);
        (Names, _numbers) = optimizer.NamesOfState(parameter);
    }

    /// <summary>The names of the tensors: "mean" and "variance" for <see cref="Adam"/>.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>How many times the parameter has been updated.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A negative count.</exception>
    public int Step
    {
        get => _optimizer.Remembered(_parameter)?.Step ?? 0;
        set => _optimizer.Remember(_parameter).Step = Check.AtLeast(0, value, $"{_optimizer.GetType().Name}.State", nameof(Step));
    }

    /// <summary>A tensor of the parameter's shape.</summary>
    /// <exception cref="ArgumentException">The optimizer remembers nothing of this name; the message lists what it does.</exception>
    /// <exception cref="ShapeException">Another shape than the parameter's.</exception>
    public Tensor this[string name]
    {
        get
        {
            CheckName(name, Names);
            return _optimizer.Remembered(_parameter)?[name].Keep() ?? Tensor.Full(_parameter.Shape, 0, _parameter.Value.Device);
        }

        set
        {
            CheckName(name, Names);
            if (value.Shape != _parameter.Shape)
            {
                throw new ShapeException($"{_optimizer.GetType().Name}.State: expected \"{name}\" {_parameter.Shape} as the parameter, got {value.Shape}.");
            }

            var state = _optimizer.Remember(_parameter);
            state[name] = value.To(_parameter.Value.Device);
            state.Commit();
        }
    }

    /// <summary>A number that is remembered beside the tensors, as <see cref="Nadam"/>'s "momentumProduct"; null before the first update.</summary>
    /// <exception cref="ArgumentException">The optimizer remembers no number of this name.</exception>
    public double? Number(string name)
    {
        CheckName(name, _numbers);
        return _optimizer.Remembered(_parameter) is { } state && state.Numbers.TryGetValue(name, out var number) ? number : null;
    }

    /// <summary>Sets such a number.</summary>
    /// <exception cref="ArgumentException">The optimizer remembers no number of this name.</exception>
    public void SetNumber(string name, double value)
    {
        CheckName(name, _numbers);
        _optimizer.Remember(_parameter).SetNumber(name, value);
    }

    private void CheckName(string name, IReadOnlyList<string> known)
    {
        if (!known.Contains(name))
        {
            throw new ArgumentException(
                $"{_optimizer.GetType().Name}.State: nothing is remembered as \"{name}\"; "
                + (known.Count == 0 ? "with these settings there is nothing." : $"there is {string.Join(", ", known.Select(own => $"\"{own}\""))}."),
                nameof(name));
        }
    }
}
