namespace DeepNotes;

/// <summary>
/// Records norms of gradients, weights and updates, and statistics of activations, every n steps, for charts and for
/// <see cref="Trainer.Diagnose"/>. Monitoring does not change the results of training.
/// </summary>
public sealed class TrainingMonitor : Callback
{
    private readonly List<ParameterRecord> _parameters = [];
    private readonly List<ActivationRecord> _activations = [];
    private readonly Dictionary<string, UnitActivity> _units = [];
    private readonly Dictionary<Parameter, (double Gradient, double Largest, float[] Weights)> _before = [];
    private Dictionary<Layer, string> _layers = [];
    private IDisposable? _watch;

    /// <summary>Creates a monitor that samples every n-th step.</summary>
    /// <exception cref="ArgumentOutOfRangeException">n is less than 1.</exception>
    public TrainingMonitor(int every = 10)
    {
        Check.AtLeast(1, every, nameof(TrainingMonitor));
        Every = every;
    }

    /// <summary>n.</summary>
    public int Every { get; }

    /// <summary>A record for each parameter and sampled step.</summary>
    public IReadOnlyList<ParameterRecord> Parameters => _parameters;

    /// <summary>A record for each leaf layer and sampled step.</summary>
    public IReadOnlyList<ActivationRecord> Activations => _activations;

    /// <summary>
    /// The number of units of each layer, and of those that were 0 for every sample of the sampled steps in the last epoch.
    /// Random layers such as dropout, which output zeros by design, are excluded.
    /// </summary>
    public IReadOnlyList<(string Name, int Dead, int Units)> DeadUnits =>
        [.. _units.Select(pair => (pair.Key, pair.Value.Dead, pair.Value.Units))];

    /// <inheritdoc/>
    public override void OnStart(TrainingRun run)
    {
        if (run.History.StepLosses.Count == 0)
        {
            _parameters.Clear();
            _activations.Clear();
            _units.Clear();
        }

        _layers = Leaves(run.Network, "").DistinctBy(leaf => leaf.Layer).ToDictionary(leaf => leaf.Layer, leaf => leaf.Name);
        _watch = Layer.Watch((layer, _, y) => Record(run, layer, y));
    }

    /// <inheritdoc/>
    public override void OnGradients(TrainingRun run, IReadOnlyList<(Parameter Parameter, Tensor Gradient)> gradients)
    {
        _before.Clear();
        if (!IsSampled(run))
        {
            return;
        }

        foreach (var (parameter, gradient) in gradients)
        {
            var g = gradient.ToArray();
            _before[parameter] = (Norm(g), g.Max(MathF.Abs), parameter.Value.ToArray());
        }
    }

    /// <inheritdoc/>
    public override void OnStep(TrainingRun run)
    {
        foreach (var (name, parameter) in run.Network.NamedParameters.Where(named => _before.ContainsKey(named.Parameter)))
        {
            var (gradient, largest, weights) = _before[parameter];
            var (norm, update) = (Norm(weights), Norm([.. parameter.Value.ToArray().Zip(weights, (after, before) => after - before)]));
            _parameters.Add(new ParameterRecord(
                run.History.StepLosses.Count, name, gradient, largest, norm, norm == 0 ? 0 : update / norm));
        }

        _before.Clear();
    }

    /// <inheritdoc/>
    public override void OnEpoch(TrainingRun run)
    {
        foreach (var units in _units.Values)
        {
            units.EndEpoch();
        }
    }

    /// <inheritdoc/>
    public override void OnEnd(TrainingRun run) => _watch?.Dispose();

    /// <summary>‖g‖₂ of each parameter by step. Exploding gradients: all rise together; vanishing ones: the first layers are far below the last.</summary>
    public Chart GradientChart() => Curves(
        _parameters, row => row.Name, row => row.Step, row => row.GradientNorm, "Gradients", "gradient norm", log: true);

    /// <summary>‖Δw‖₂/‖w‖₂ of each parameter by step, with a line at the rule of thumb, 1e-3.</summary>
    public Chart UpdateRatioChart() => Curves(
        _parameters, row => row.Name, row => row.Step, row => row.UpdateRatio, "Updates", "update norm / weight norm", log: true)
        .WithHorizontalLine(1e-3, "1e-3");

    /// <summary>The standard deviation of each layer's output by step.</summary>
    public Chart ActivationChart() => Curves(
        _activations, row => row.Name, row => row.Step, row => row.Deviation, "Activations", "standard deviation", log: false);

    private static Chart Curves<T>(
        List<T> rows, Func<T, string> name, Func<T, int> step, Func<T, double> value, string title, string unit, bool log) => rows.Count == 0
        ? throw new InvalidOperationException("TrainingMonitor: nothing has been seen yet; give it to a Trainer's Callbacks and train for some steps.")
        : Chart.Combine(rows.GroupBy(name).Select(rows => Chart.Line(rows.Select(step), rows.Select(value), rows.Key)))
            .WithTitle(title).WithXAxis("step").WithYAxis(unit, log: log);

    private bool IsSampled(TrainingRun run) => run.History.StepLosses.Count % Every == 0;

    private void Record(TrainingRun run, Layer layer, Tensor y)
    {
        if (!run.Network.IsTraining || !IsSampled(run) || !_layers.TryGetValue(layer, out var name))
        {
            return;
        }

        var values = y.ToArray();
        var mean = values.Average(value => (double)value);
        var deviation = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
        var zeros = (double)values.Count(value => value == 0) / values.Length;
        _activations.Add(new ActivationRecord(run.History.StepLosses.Count + 1, name, mean, deviation, zeros));
        if (layer is not RandomLayer && y.Shape.Count >= 2)
        {
            if (!_units.TryGetValue(name, out var units))
            {
                _units[name] = units = new UnitActivity();
            }

            units.Record(values, y.Shape);
        }
    }

    private static double Norm(float[] values) => Math.Sqrt(values.Sum(value => (double)value * value));

    private static IEnumerable<(Layer Layer, string Name)> Leaves(Module module, string path)
    {
        var children = module.NamedChildren.ToList();
        if (children.Count == 0 && module is Layer layer)
        {
            return [(layer, $"{path} {layer.GetType().Name}".Trim())];
        }

        return children.SelectMany(child => Leaves(child.Module, path.Length == 0 ? child.Name : $"{path}.{child.Name}"));
    }
}

/// <summary>Statistics of a parameter at one step.</summary>
/// <param name="Step">The step, counted from 1.</param>
/// <param name="Name">The path of the parameter in the network: <c>1.Weight</c>.</param>
/// <param name="GradientNorm">‖g‖₂ before clipping.</param>
/// <param name="LargestGradient">max |g|.</param>
/// <param name="WeightNorm">‖w‖₂ before the step.</param>
/// <param name="UpdateRatio">‖Δw‖₂/‖w‖₂ of the step; by rule of thumb about 1e-3 (CS231n). 0 while gradients are accumulated.</param>
public sealed record ParameterRecord(int Step, string Name, double GradientNorm, double LargestGradient, double WeightNorm, double UpdateRatio);

/// <summary>Statistics of the output of a layer at one step.</summary>
/// <param name="Step">The step, counted from 1.</param>
/// <param name="Name">The path of the layer in the network, with its type: <c>1 ReLU</c>.</param>
/// <param name="Mean">The mean over the batch and all units.</param>
/// <param name="Deviation">The standard deviation over the batch and all units.</param>
/// <param name="ZeroShare">The fraction of values that are exactly 0.</param>
public sealed record ActivationRecord(int Step, string Name, double Mean, double Deviation, double ZeroShare);
