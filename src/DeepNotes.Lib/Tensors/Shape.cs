using System.Collections;
using System.Runtime.CompilerServices;

namespace DeepNotes;

/// <summary>
/// The lengths of a tensor's axes, outermost first: <c>[N, C, H, W]</c>. Written as a collection expression:
/// <c>Shape s = [32, 784];</c>. The empty shape is a scalar's, of one element.
/// </summary>
[CollectionBuilder(typeof(Shape), nameof(Create))]
public sealed class Shape : IReadOnlyList<int>, IEquatable<Shape>
{
    private readonly int[] _lengths;

    private Shape(int[] lengths)
    {
        long count = 1;
        foreach (var length in lengths)
        {
            if (length < 0)
            {
                throw new ShapeException($"Shape [{string.Join(", ", lengths)}]: expected lengths of 0 or more; only Reshape works out a -1.");
            }

            count *= length;
            if (count > Array.MaxLength)
            {
                throw new ShapeException($"Shape [{string.Join(", ", lengths)}]: more than {Array.MaxLength} elements.");
            }
        }

        _lengths = lengths;
        Elements = (int)count;
    }

    /// <summary>The number of axes; 0 for a scalar.</summary>
    public int Count => _lengths.Length;

    /// <summary>The number of elements: the product of all axes.</summary>
    public int Elements { get; }

    /// <summary>The length of an axis; negative numbers count from the last.</summary>
    public int this[int axis] => _lengths[Axis(axis)];

    /// <summary>A shape of these axes.</summary>
    /// <exception cref="ShapeException">A negative length, or more elements than an array can hold.</exception>
    public static Shape Create(ReadOnlySpan<int> lengths) => new(lengths.ToArray());

    /// <summary>A shape from an array of lengths.</summary>
    public static implicit operator Shape(int[] lengths) => Create(lengths);

    /// <summary>The axis as a number from 0; <c>-1</c> is the last.</summary>
    /// <exception cref="ShapeException">There is no such axis.</exception>
    public int Axis(int axis) => Axis(axis, "Shape");

    internal int Axis(int axis, string operation)
    {
        var positive = axis < 0 ? axis + Count : axis;
        return positive >= 0 && positive < Count
            ? positive
            : throw new ShapeException(
                $"{operation}: axis {axis} of shape {this}: expected {(Count == 0 ? "none, a scalar has no axes" : $"{-Count} to {Count - 1}")}.");
    }

    /// <summary>The same shape with one axis of another length.</summary>
    public Shape With(int axis, int length)
    {
        var lengths = _lengths.ToArray();
        lengths[Axis(axis)] = length;
        return lengths;
    }

    /// <summary>The same shape without one axis.</summary>
    public Shape Without(int axis)
    {
        var removed = Axis(axis);
        return [.. _lengths.AsSpan(0, removed), .. _lengths.AsSpan(removed + 1)];
    }

    /// <summary>How many elements the axes before one have, and those after it.</summary>
    internal (int Outer, int Inner) Around(int axis)
    {
        var (outer, inner) = (1, 1);
        for (var i = 0; i < Count; i++)
        {
            outer *= i < axis ? _lengths[i] : 1;
            inner *= i > axis ? _lengths[i] : 1;
        }

        return (outer, inner);
    }

    /// <summary>
    /// The common shape of two operands by NumPy's rule: axes are aligned at the last; lengths are equal or one is 1.
    /// </summary>
    /// <exception cref="ShapeException">The shapes do not fit; names the operation.</exception>
    public static Shape Broadcast(Shape a, Shape b, string operation)
    {
        if (a == b)
        {
            return a;
        }

        var lengths = new int[Math.Max(a.Count, b.Count)];
        for (var i = 1; i <= lengths.Length; i++)
        {
            var (u, v) = (a.FromLast(i), b.FromLast(i));
            if (u != v && u != 1 && v != 1)
            {
                throw new ShapeException($"{operation}: shapes {a} and {b} do not broadcast (axis -{i}: {u} against {v}).");
            }

            lengths[^i] = u == 1 ? v : u;
        }

        return lengths;
    }

    // The i-th axis from the last, i from 1, and length 1 beyond the first: how broadcasting aligns shapes.
    private int FromLast(int i) => i <= Count ? _lengths[Count - i] : 1;

    /// <summary>Row-major strides, in elements, when this shape is seen as <paramref name="target"/>: 0 on repeated axes.</summary>
    internal int[] StridesWithin(Shape target)
    {
        var strides = new int[target.Count];
        var stride = 1;
        for (var i = 1; i <= Count; i++)
        {
            strides[^i] = FromLast(i) == 1 ? 0 : stride;
            stride *= FromLast(i);
        }

        return strides;
    }

    /// <summary>Row-major strides in elements.</summary>
    internal int[] Strides()
    {
        var strides = new int[Count];
        var stride = 1;
        for (var i = Count - 1; i >= 0; i--)
        {
            strides[i] = stride;
            stride *= _lengths[i];
        }

        return strides;
    }

    /// <inheritdoc/>
    public bool Equals(Shape? other) => other is not null && _lengths.AsSpan().SequenceEqual(other._lengths);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Shape);

    /// <inheritdoc/>
    public override int GetHashCode() => _lengths.Aggregate(Count, HashCode.Combine);

    /// <summary>Equal axes.</summary>
    public static bool operator ==(Shape? a, Shape? b) => a is null ? b is null : a.Equals(b);

    /// <summary>Different axes.</summary>
    public static bool operator !=(Shape? a, Shape? b) => !(a == b);

    /// <summary>The lengths, outermost first.</summary>
    public ReadOnlySpan<int>.Enumerator GetEnumerator() => new ReadOnlySpan<int>(_lengths).GetEnumerator();

    IEnumerator<int> IEnumerable<int>.GetEnumerator() => ((IEnumerable<int>)_lengths).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _lengths.GetEnumerator();

    /// <summary>As in messages: <c>[32, 784]</c>.</summary>
    public override string ToString() => $"[{string.Join(", ", _lengths)}]";
}

/// <summary>Shapes that do not fit; the message names the operation, what was expected and what came.</summary>
public sealed class ShapeException(string message) : ArgumentException(message);
