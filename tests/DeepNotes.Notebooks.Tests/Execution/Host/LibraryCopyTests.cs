using DeepNotes.Notebooks.Execution;

namespace DeepNotes.Notebooks.Tests.Execution.Host;

public sealed class LibraryCopyTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("deepnotes library ").FullName;

    [Theory]
    [InlineData("/book/artifacts/bin/DeepNotes.Lib/release/DeepNotes.Lib.dll", true)]
    [InlineData("/artifacts/bin/DeepNotes.Lib/release/MathNet.Numerics.dll", true)]
    [InlineData("/artifacts/bin/DeepNotes.Gpu/release/DeepNotes.Lib.dll", false)]
    [InlineData("/artifacts/bin/DeepNotes.Lib/debug/DeepNotes.Lib.dll", false)]
    [InlineData("/bin/DeepNotes.Lib.dll", false)]
    [InlineData("/artifacts/bin/../release/DeepNotes.Lib.dll", false)]
    public void The_library_is_found_by_project_and_file_name(string path, bool isFound)
    {
        var copies = Directory.CreateDirectory(Path.Combine(_folder, "DeepNotes.Lib")).FullName;
        File.WriteAllText(Path.Combine(copies, "DeepNotes.Lib.dll"), "");
        File.WriteAllText(Path.Combine(copies, "MathNet.Numerics.dll"), "");

        Assert.Equal(isFound ? Path.Combine(copies, Path.GetFileName(path)) : null, LibraryCopy.Of(path, _folder));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
