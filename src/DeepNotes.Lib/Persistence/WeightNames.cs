using System.Text;

namespace DeepNotes;

/// <summary>
/// Converts names of parameters to and from those of PyTorch. Ours are paths of C# properties,
/// <c>Layer1.0.Bn1.RunningMean</c>; PyTorch's are the same paths in snake case, <c>layer1.0.bn1.running_mean</c>. Digits are
/// left unchanged.
/// </summary>
public static class WeightNames
{
    /// <summary>
    /// From our name to PyTorch's: a capital begins a word, and words are joined by underscores. The conversion is injective.
    /// </summary>
    public static string ToPyTorch(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var result = new StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            if (char.IsAsciiLetterUpper(name[i]) && !IsStart(name, i))
            {
                result.Append('_');
            }

            result.Append(char.IsAsciiLetterUpper(name[i]) ? char.ToLowerInvariant(name[i]) : name[i]);
        }

        return result.ToString();
    }

    /// <summary>
    /// From PyTorch's name to ours, the inverse of <see cref="ToPyTorch"/>. An underscore that is not between a letter or digit
    /// and a letter is kept, as in <c>Branch_3x3</c>.
    /// </summary>
    public static string FromPyTorch(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var result = new StringBuilder(name.Length);
        for (var i = 0; i < name.Length; i++)
        {
            var joins = name[i] == '_' && !IsStart(name, i) && i + 1 < name.Length && char.IsAsciiLetterLower(name[i + 1]);
            if (joins)
            {
                i++;
            }

            result.Append(joins || IsStart(name, i) ? char.ToUpperInvariant(name[i]) : name[i]);
        }

        return result.ToString();
    }

    private static bool IsStart(string name, int i) => i == 0 || name[i - 1] == '.';
}
