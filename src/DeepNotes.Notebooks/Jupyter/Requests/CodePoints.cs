namespace DeepNotes.Notebooks.Jupyter;

/// <summary>Jupyter counts places in code by Unicode code points, .NET by UTF-16 units.</summary>
internal static class CodePoints
{
    public static int ToIndex(string text, int codePoints)
    {
        var index = 0;
        for (var i = 0; i < codePoints && index < text.Length; i++)
        {
            index += char.IsSurrogatePair(text, index) ? 2 : 1;
        }

        return index;
    }

    public static int FromIndex(string text, int index)
    {
        var pairs = 0;
        for (var i = 0; i + 1 < index; i++)
        {
            pairs += char.IsSurrogatePair(text, i) ? 1 : 0;
        }

        return index - pairs;
    }
}
