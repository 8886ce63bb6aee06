using System.Collections;

namespace DeepNotes;

/// <summary>
/// Several layers on one input, their outputs joined along the channels (axis 1):
/// <c>Branches block = [new Conv2d(64, 32, 1), new Conv2d(64, 32, 3, padding: 1)];</c> (Szegedy et al. 2015).
/// dx is the sum of the branches' gradients.
/// </summary>
public sealed class Branches : Layer, IEnumerable<Layer>
{
    private readonly List<Layer> _branches = [];

    /// <summary>The number of branches.</summary>
    public int Count => _branches.Count;

    /// <summary>Adds a branch.</summary>
    public void Add(Layer branch) => _branches.Add(branch ?? throw new ArgumentNullException(nameof(branch)));

    /// <inheritdoc/>
    protected override Tensor Compute(Tensor x) => Tensor.Concatenate(1, [.. _branches.Select(branch => branch.Forward(x))]);

    /// <inheritdoc/>
    public IEnumerator<Layer> GetEnumerator() => _branches.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public override string ToString() => $"Branches[{string.Join(" | ", _branches)}]";
}
