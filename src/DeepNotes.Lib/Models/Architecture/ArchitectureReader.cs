using System.Globalization;

namespace DeepNotes;

/// <summary>
/// Reads <c>sequence = item { ("-" | ",") item }</c>, <c>item = (name | "(" sequence ")") [ "*" count ]</c> into the names
/// with every repetition written out, each with its position in the text.
/// </summary>
internal sealed class ArchitectureReader(string text)
{
    // A typing error in a count must not build a network of millions of layers.
    private const int MostLayers = 2000;

    // Each level of brackets is a level of the reader's own stack.
    private const int DeepestBrackets = 100;

    private int _position;
    private int _depth;

    public static List<(string Name, int Position)> Read(string text)
    {
        var reader = new ArchitectureReader(text);
        var names = reader.Sequence();
        return reader.Peek() == '\0' ? names : throw reader.Error("'-', ',' or '*'");
    }

    private List<(string Name, int Position)> Sequence()
    {
        var names = Item();
        while (Peek() is '-' or ',')
        {
            _position++;
            names.AddRange(Item());
        }

        return names;
    }

    private List<(string Name, int Position)> Item()
    {
        var start = _position;
        var names = Peek() == '(' ? Group() : [Name()];
        if (Peek() != '*')
        {
            return names;
        }

        _position++;
        var times = Count();
        return (long)times * names.Count <= MostLayers
            ? [.. Enumerable.Repeat(names, times).SelectMany(copy => copy)]
            : throw new ArchitectureException(text, start, $"{(long)times * names.Count:N0} layers are more than {MostLayers:N0}");
    }

    private List<(string Name, int Position)> Group()
    {
        if (++_depth > DeepestBrackets)
        {
            throw new ArchitectureException(text, _position, $"more than {DeepestBrackets} brackets in each other");
        }

        _position++;
        var names = Sequence();
        if (Peek() != ')')
        {
            throw Error("'-', ',', '*' or ')'");
        }

        _position++;
        _depth--;
        return names;
    }

    private (string Name, int Position) Name()
    {
        Peek();
        var start = _position;
        while (_position < text.Length && char.IsAsciiLetter(text[_position]))
        {
            _position++;
        }

        return _position > start ? (text[start.._position].ToUpperInvariant(), start) : throw Error("a layer or '('");
    }

    private int Count()
    {
        Peek();
        var start = _position;
        while (_position < text.Length && char.IsAsciiDigit(text[_position]))
        {
            _position++;
        }

        var digits = text.AsSpan(start, _position - start);
        if (int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0)
        {
            return count;
        }

        _position = start;
        throw Error("how many times, a whole number from 1");
    }

    // The next character that is no space, or '\0' at the end.
    private char Peek()
    {
        while (_position < text.Length && char.IsWhiteSpace(text[_position]))
        {
            _position++;
        }

        return _position < text.Length ? text[_position] : '\0';
    }

    private ArchitectureException Error(string expected) =>
        new(text, _position, $"expected {expected}, got {(_position < text.Length ? $"'{text[_position]}'" : "the end")}");
}
