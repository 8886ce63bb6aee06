namespace DeepNotes.Cli.Benchmarks;

/// <summary>What names on the command line choose.</summary>
internal static class Chosen
{
    /// <summary>The items of these names in their own order, all of them without a name; a first word takes all that begin with it.</summary>
    /// <exception cref="CommandFailure">A name that no item has.</exception>
    public static IReadOnlyList<T> Of<T>(IReadOnlyList<T> all, Func<T, string> nameOf, IReadOnlyList<string> names)
    {
        foreach (var name in names)
        {
            if (!all.Any(item => Matches(nameOf(item), name)))
            {
                throw CommandFailure.Usage(
                    $"{name}: no such benchmark; there are {string.Join(", ", all.Select(nameOf))} (names with a space in quotes).");
            }
        }

        return [.. all.Where(item => names.Count == 0 || names.Any(name => Matches(nameOf(item), name)))];
    }

    private static bool Matches(string item, string name) => item == name || item.StartsWith(name + " ", StringComparison.Ordinal);
}
