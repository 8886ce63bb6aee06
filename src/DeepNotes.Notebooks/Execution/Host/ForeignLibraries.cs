using System.Runtime.InteropServices;

namespace DeepNotes.Notebooks.Execution;

/// <summary>Native libraries that the session's packages have for other platforms and not for this one.</summary>
internal static class ForeignLibraries
{
    private static readonly string[] Endings = [".dll", ".dylib", ".so"];

    /// <summary>The name that <c>libz3.so</c>, <c>libz3.dylib</c>, <c>z3.dll</c> and <c>[DllImport("z3")]</c> share: <c>z3</c>.</summary>
    public static string NameOf(string file)
    {
        var end = Endings.Select(ending => file.IndexOf(ending, StringComparison.OrdinalIgnoreCase)).Where(index => index > 0).Append(file.Length).Min();
        return file.StartsWith("lib", StringComparison.Ordinal) ? file[3..end] : file[..end];
    }

    /// <summary>Advice on a library, or a function in it, that was not found; null where no package has the library.</summary>
    /// <param name="failure">What the cell threw.</param>
    /// <param name="libraries">Of the packages: name, and the packages and platforms that have it.</param>
    /// <remarks>Where the system has a library of that name in another version, only a function is missing.</remarks>
    public static string? Hint(Exception failure, IReadOnlyDictionary<string, string> libraries)
    {
        for (var error = failure; error is not null; error = error.InnerException)
        {
            if (error is DllNotFoundException or EntryPointNotFoundException && Quoted(ExceptionText.Message(error)).FirstOrDefault(name => libraries.ContainsKey(NameOf(name))) is { } found)
            {
                return $"{found} comes with {libraries[NameOf(found)]}, and not for {RuntimeInformation.RuntimeIdentifier}: add a package that has it for this platform, or install the library in a fitting version";
            }
        }

        return null;
    }

    // "Unable to find an entry point named 'f' in shared library 'libz3'."
    private static IEnumerable<string> Quoted(string message) => message.Split('\'').Where((_, index) => index % 2 == 1);
}
