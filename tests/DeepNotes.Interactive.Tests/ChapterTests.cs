using DeepNotes.Interactive.Tests.Support;

namespace DeepNotes.Interactive.Tests;

/// <summary>Every chapter in the kernels of .NET Interactive, compared with the notebook engine. New chapters are included automatically.</summary>
[Collection("kernel")]
public sealed class ChapterTests
{
    public static TheoryData<string> Chapters => [.. Chapter.Names];

    /// <summary>The first chapter if the tool, which has the same kernel, executes all of them.</summary>
    public static TheoryData<string> ChaptersInProcess => [.. ToolTheoryAttribute.IsExecuted ? Chapter.Names.Take(1) : Chapter.Names];

    [Theory]
    [MemberData(nameof(ChaptersInProcess))]
    public async Task A_chapter_shows_the_same_in_the_kernel_of_NET_Interactive(string name)
    {
        Environment.SetEnvironmentVariable("DEEPNOTES_FAST", "1");
        Environment.CurrentDirectory = Path.Combine(Chapter.Repository, "notebooks");
        var chapter = await Chapter.Executed(name);
        using var kernel = new CellKernel();
        foreach (var cell in chapter.CodeCells)
        {
            try
            {
                Chapter.AssertSame(cell.Id, cell.Outputs, await kernel.Run(cell.Code), cell.HasTimings);
            }
            catch (InvalidOperationException error)
            {
                Assert.Fail($"{cell.Id}: {error.Message}");
            }
        }
    }

    [ToolTheory]
    [MemberData(nameof(Chapters))]
    public async Task A_chapter_shows_the_same_in_Jupyter_by_the_tool(string name)
    {
        var chapter = await Chapter.Executed(name);
        var folder = Directory.CreateTempSubdirectory("deepnotes-jupyter-").FullName;
        try
        {
            var executed = Path.Combine(folder, name);
            await Chapter.Run(
                "/usr/bin/python3",
                [Path.Combine(AppContext.BaseDirectory, "Support", "execute.py"), Path.Combine(Chapter.Repository, "notebooks", name), executed, ToolTheoryAttribute.Tool!],
                ("DEEPNOTES_FAST", "1"), ("DOTNET_INTERACTIVE_CLI_TELEMETRY_OPTOUT", "1"));
            chapter.AssertShownBy(Chapter.Read(executed));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
