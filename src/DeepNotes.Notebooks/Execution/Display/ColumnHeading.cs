using System.Text.RegularExpressions;

namespace DeepNotes.Notebooks.Execution;

/// <summary>The name of a member as the words above a column: "MeanError" as "mean error".</summary>
internal static partial class ColumnHeading
{
    public static string Of(string name) => string.Join(' ', Word().Matches(name).Select(word => IsCapitals(word.Value) ? word.Value : word.Value.ToLowerInvariant()));

    // Symbols and abbreviations (N, MSE) keep their capitals.
    private static bool IsCapitals(string word) => word.All(character => !char.IsLower(character));

    [GeneratedRegex(@"\p{Lu}+(?!\p{Ll})\d*|\p{Lu}?[^\p{Lu}_]+")]
    private static partial Regex Word();
}
