using System.Runtime.InteropServices;
using DeepNotes.Notebooks.Execution;

namespace DeepNotes.Notebooks.Tests.Execution.Host;

public class ForeignLibrariesTests
{
    private static readonly Dictionary<string, string> Libraries = new() { ["solver"] = "Solver 1.0.0 for win-x64" };

    [Theory]
    [InlineData("libz3.so", "z3")]
    [InlineData("libz3.so.4.8", "z3")]
    [InlineData("libSkiaSharp.dylib", "SkiaSharp")]
    [InlineData("z3.dll", "z3")]
    [InlineData("z3", "z3")]
    [InlineData("lib", "")]
    public void A_library_has_one_name_on_all_platforms(string file, string name) => Assert.Equal(name, ForeignLibraries.NameOf(file));

    public static TheoryData<Exception, bool> Failures => new()
    {
        { new DllNotFoundException("Unable to load shared library 'libsolver' or one of its dependencies."), true },
        { new DllNotFoundException("Unable to load DLL 'solver.dll' or one of its dependencies"), true },
        { new TypeInitializationException("Native", new EntryPointNotFoundException("Unable to find an entry point named 'solve' in shared library 'libsolver'.")), true },
        { new DllNotFoundException("Unable to load shared library 'other' or one of its dependencies."), false },
        { new InvalidOperationException("'solver'"), false },
    };

    [Theory]
    [MemberData(nameof(Failures), DisableDiscoveryEnumeration = true)]
    public void An_error_about_a_library_of_a_package_says_which_platforms_have_it(Exception failure, bool isKnown)
    {
        var hint = ForeignLibraries.Hint(failure, Libraries);

        Assert.Equal(isKnown, hint?.Contains($"comes with Solver 1.0.0 for win-x64, and not for {RuntimeInformation.RuntimeIdentifier}", StringComparison.Ordinal) ?? false);
    }
}
