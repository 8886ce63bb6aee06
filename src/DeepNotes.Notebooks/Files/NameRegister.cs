namespace DeepNotes.Notebooks.Files;

/// <summary>
/// Assigns unique names. Names that differ only in case are equal, as they are on case-insensitive file systems.
/// </summary>
public sealed class NameRegister
{
    private readonly Dictionary<string, string> _owners = new(StringComparer.Ordinal);

    /// <summary>
    /// Returns the preferred name, or, if another owner has it, the name with a hash of the owner as suffix, which does not
    /// depend on the number of other claims.
    /// </summary>
    /// <param name="preferredName">A name or path; the suffix is inserted before the file extension.</param>
    /// <param name="owner">The owner of the name, who gets the same name again.</param>
    public string Claim(string preferredName, string owner)
    {
        var name = preferredName;
        for (var attempt = 0; !TryClaim(name, owner); attempt++)
        {
            name = WithSuffix(preferredName, SafeName.Hash(attempt == 0 ? owner : $"{owner}\n{attempt}"));
        }

        return name;
    }

    /// <summary>Claims the name for the owner; false if another owner has it.</summary>
    public bool TryClaim(string name, string owner)
    {
        var key = Key(name);
        return _owners.TryAdd(key, owner) || _owners[key] == owner;
    }

    internal static string Key(string name) => name.ToUpperInvariant();

    private static string WithSuffix(string name, string suffix)
    {
        var extension = Path.GetExtension(name);
        return $"{name[..^extension.Length]}-{suffix}{extension}";
    }
}
