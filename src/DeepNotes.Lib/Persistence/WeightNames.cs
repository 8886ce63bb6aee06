using System.Text;

namespace DeepNotes;

/// <summary>
/// The names of parameters in PyTorch's files. Ours are paths of C# properties, <c>Layer1.0.Bn1.RunningMean</c>; PyTorch's
/// are the same paths in its style, <c>layer1.0.bn1.running_mean</c>. Numbers stay as they are, on both ways.
/// </summary>
public static class WeightNames
{
    /// <summary>
    /// From our name to PyTorch's: a capital begins a word, and words are joined by underscores. Different names of ours
    /// stay different.
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
    /// From PyTorch's name to ours; undoes <see cref="ToPyTorch"/>. An underscore that is not between a letter or number
    /// and a letter stays, as in <c>Branch_3x3</c>.
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
