namespace DeepNotes.Notebooks.Files;

/// <summary>
/// Names that are given once. Names that differ only in case count as one, because on some file systems they are.
/// </summary>
public sealed class NameRegister
{
    private readonly Dictionary<string, string> _owners = new(StringComparer.Ordinal);

    /// <summary>
    /// The wished name, or, where another owner has it, the name with a hash of the owner: it does not depend on how
    /// many others wished for it.
    /// </summary>
    /// <param name="wish">A name or path; an ending stays at its end.</param>
    /// <param name="owner">What the name is for; the same owner gets the same name again.</param>
    public string Claim(string wish, string owner)
    {
        var name = wish;
        for (var attempt = 0; !TryClaim(name, owner); attempt++)
        {
            name = Suffixed(wish, SafeName.Hash(attempt == 0 ? owner : $"{owner}\n{attempt}"));
        }

        return name;
    }

    /// <summary>Takes the name for the owner, unless another owner has it.</summary>
    public bool TryClaim(string name, string owner)
    {
        var key = Key(name);
        return _owners.TryAdd(key, owner) || _owners[key] == owner;
    }

    internal static string Key(string name) => name.ToUpperInvariant();

    private static string Suffixed(string wish, string suffix)
    {
        var ending = Path.GetExtension(wish);
        return $"{wish[..^ending.Length]}-{suffix}{ending}";
    }
}
