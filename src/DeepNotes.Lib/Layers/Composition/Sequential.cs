using System.Collections;

namespace DeepNotes;

/// <summary>
/// A sequence of layers, as a collection expression:
/// <c>Sequential net = [new Flatten(), new Linear(784, 256), new ReLU(), new Linear(256, 10)];</c>
/// </summary>
public sealed class Sequential : Layer, IEnumerable<Layer>
{
    private readonly List<Layer> _layers = [];

    /// <summary>The number of layers.</summary>
    public int Count => _layers.Count;

    /// <summary>The layer at a position, from 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such position.</exception>
    public Layer this[int index] => (uint)index < (uint)Count
        ? _layers[index]
        : throw new ArgumentOutOfRangeException(nameof(index), $"Sequential: layer {index}: expected {(Count == 0 ? "none, it is empty" : $"0 to {Count - 1}")}.");

    /// <summary>Appends a layer.</summary>
    public void Add(Layer layer) => _layers.Add(layer ?? throw new ArgumentNullException(nameof(layer)));

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x)
    {
        for (var i = 0; i < Count; i++)
        {
            if (_layers[i] is BatchNorm norm && i < Count - 1 && _layers[i + 1] is ReLU relu)
            {
                x = relu.ForwardAfter(norm, x);
                i++;
            }
            else
            {
                x = _layers[i].Forward(x);
            }
        }

        return x;
    }

    /// <inheritdoc/>
    public IEnumerator<Layer> GetEnumerator() => _layers.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public override string ToString() => $"Sequential[{string.Join(", ", _layers)}]";
}
