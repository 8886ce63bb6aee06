namespace DeepNotes;

/// <summary>
/// Builds a network from the pattern that courses write, <c>((CONV-RELU)*2-POOL)*3-(FC-RELU)*2,SOFTMAX</c>. CONV is 3×3
/// with padding 1, POOL the largest of 2×2, FC a linear layer (images are flattened before it), SOFTMAX the linear layer
/// to the classes: its outputs are scores, the softmax itself is part of <see cref="Loss.CrossEntropy(Tensor, int[])"/>.
/// Also known: BN, DROPOUT, AVGPOOL, GAP (global average pooling), SIGMOID, TANH.
/// </summary>
public static class Architecture
{
    /// <summary>Builds the network.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="input">The shape of one sample, <c>[C, H, W]</c> or <c>[D]</c>.</param>
    /// <param name="widths">Channels or features of each CONV and FC, in their order, repetitions written out.</param>
    /// <param name="classes">Outputs of SOFTMAX.</param>
    /// <exception cref="ArchitectureException">The pattern is malformed or does not fit the input; points at the character.</exception>
    /// <exception cref="ArgumentException">Another number of widths than there are CONV and FC, or one that is not positive.</exception>
    public static Sequential Parse(string pattern, Shape input, IReadOnlyList<int> widths, int classes)
    {
        Check.AtLeast(1, classes, "Architecture");
        if (input.Count is not (1 or 3) || input.Elements == 0)
        {
            throw new ShapeException($"Architecture: expected one sample's shape, [C, H, W] or [D], got {input}.");
        }

        var names = ArchitectureReader.Read(pattern);
        var expected = names.Count(name => name.Name is "CONV" or "FC");
        if (widths.Count != expected || widths.Any(width => width < 1))
        {
            throw new ArgumentException(
                $"Architecture: expected {expected} widths of at least 1, one for each CONV and FC with repetitions written out, got [{string.Join(", ", widths)}].",
                nameof(widths));
        }

        var builder = new ArchitectureBuilder(pattern, input, new Queue<int>(widths), classes);
        names.ForEach(name => builder.Append(name.Name, name.Position));
        return builder.Network;
    }
}

/// <summary>An architecture string that cannot be read or built; the message points at the character.</summary>
public sealed class ArchitectureException : Exception
{
    internal ArchitectureException(string text, int position, string message)
        : base($"Architecture: {message}, at character {position + 1}:\n  {text}\n  {new string(' ', position)}^") => Position = position;

    /// <summary>The character's place in the string, from 0.</summary>
    public int Position { get; }
}
