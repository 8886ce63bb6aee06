using System.Collections;
using System.Reflection;

namespace DeepNotes;

/// <summary>
/// A layer is its parameters and one formula. Parameters and inner layers are found by themselves: every property that
/// is a <see cref="Parameter"/>, a <see cref="Layer"/> or a sequence of layers counts, in the order of declaration.
/// </summary>
[TypeFormatterSource(typeof(DisplayableFormatterSource), MimeTypes.Html, MimeTypes.PlainText)]
public abstract class Layer : IDisplayable
{
    /// <summary>True while training, where dropout drops and batch normalisation uses the batch.</summary>
    public bool IsTraining { get; private set; } = true;

    /// <summary>All parameters, this layer's own and the inner layers', in the order of declaration.</summary>
    public IReadOnlyList<Parameter> Parameters => [.. NamedParameters.Select(named => named.Parameter)];

    /// <summary>All parameters with their paths: <c>1.Weight</c> is the weight of the second layer of a sequence.</summary>
    public IEnumerable<(string Name, Parameter Parameter)> NamedParameters
    {
        get
        {
            foreach (var (name, member) in Members())
            {
                if (member is Parameter parameter)
                {
                    yield return (name, parameter);
                }
                else if (member is Layer layer)
                {
                    foreach (var inner in layer.NamedParameters)
                    {
                        yield return ($"{name}.{inner.Name}", inner.Parameter);
                    }
                }
            }
        }
    }

    /// <summary>The layers directly inside this one.</summary>
    public IEnumerable<Layer> Children => Members().Select(member => member.Value).OfType<Layer>();

    /// <summary>The number of trained values, counted without making them.</summary>
    public long ParameterCount => NamedParameters.Sum(named => (long)named.Parameter.Shape.Length);

    /// <summary>y = f(x).</summary>
    /// <exception cref="ShapeException">The input does not fit; names the layer and what it expects.</exception>
    public abstract Tensor Forward(Tensor x);

    /// <summary>y = f(x) as in evaluation, without recording, for inputs that need no gradient.</summary>
    public Tensor Predict(Tensor x)
    {
        var before = IsTraining;
        Train(false);
        using (Recording.Pause())
        {
            var y = Forward(x);
            Train(before);
            return y;
        }
    }

    /// <summary>Switches this layer and all inside between training and evaluation.</summary>
    public void Train(bool isTraining = true)
    {
        IsTraining = isTraining;
        foreach (var child in Children)
        {
            child.Train(isTraining);
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

    /// <summary>Throws unless the input is [N, <paramref name="features"/>].</summary>
    protected void ExpectRows(Tensor x, int features)
    {
        if (x.Shape.Count != 2 || x.Shape[1] != features)
        {
            throw new ShapeException($"{this}: expected [N, {features}], got {x.Shape}.");
        }
    }

    private IEnumerable<(string Name, object Value)> Members()
    {
        if (this is IEnumerable sequence)
        {
            return sequence.Cast<object>().Select((layer, index) => (index.ToString(), layer));
        }

        return GetType().GetProperties(BindingFlags.Instance | BindingFlags.Public)
            .Where(property => property.DeclaringType != typeof(Layer) && property.GetIndexParameters().Length == 0)
            .OrderBy(property => property.MetadataToken)
            .SelectMany(Expand);
    }

    private IEnumerable<(string Name, object Value)> Expand(PropertyInfo property) => property.PropertyType switch
    {
        var type when type == typeof(Parameter) || type.IsAssignableTo(typeof(Layer)) =>
            property.GetValue(this) is { } member ? [(property.Name, member)] : [],
        var type when type.IsAssignableTo(typeof(IEnumerable<Layer>)) =>
            ((IEnumerable<Layer>)property.GetValue(this)!).Select((layer, index) => ($"{property.Name}.{index}", (object)layer)),
        _ => [],
    };
}
