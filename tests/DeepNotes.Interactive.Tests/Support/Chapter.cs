using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using DeepNotes.Notebooks.Tests.Support;

namespace DeepNotes.Interactive.Tests.Support;

/// <summary>A chapter of the repository with its outputs, as executed in fast mode by the notebook engine.</summary>
public sealed class Chapter
{
    public static readonly string Repository = Above(AppContext.BaseDirectory);

    private static readonly ConcurrentDictionary<string, Task<Chapter>> ByName = new();

    private readonly JsonArray _cells;

    private Chapter(JsonArray cells) => _cells = cells;

    /// <summary>All chapters where DEEPNOTES_CHAPTERS is "all", as in .ci/run; otherwise the first.</summary>
    public static string[] Names { get; } =
        [.. ChapterFiles.Tested(ChapterFiles.In(Path.Combine(Repository, "notebooks"))).Select(path => Path.GetFileName(path))];

    /// <summary>Returns the chapter executed by ./deepnotes run --fast, once for all tests.</summary>
    public static Task<Chapter> Executed(string name) => ByName.GetOrAdd(name, Execute);

    private static async Task<Chapter> Execute(string name)
    {
        await Run(Path.Combine(Repository, "deepnotes"), ["run", "--fast", Path.Combine(Repository, "notebooks", name)]);
        return Read(Path.Combine(Repository, "out", "notebooks", name));
    }

    public static Chapter Read(string path) => new(JsonNode.Parse(File.ReadAllText(path))!["cells"]!.AsArray());

    /// <summary>The code cells that are executed, without those tagged skip-execution.</summary>
    public IEnumerable<(string Id, string Code, JsonArray Outputs, bool HasTimings)> CodeCells => _cells
        .Where(cell => (string?)cell!["cell_type"] == "code"
            && !(cell["metadata"]?["tags"]?.AsArray() ?? []).Any(tag => (string?)tag == "skip-execution"))
        .Select(cell => ((string)cell!["id"]!, Text(cell["source"]), cell["outputs"]!.AsArray(), (bool?)cell["metadata"]?["deepnotes"]?["timing"] ?? false));

    /// <summary>Asserts that the cells of the other chapter show the same SVG images, and at least the same MIME types.</summary>
    public void AssertShownBy(Chapter other)
    {
        foreach (var (ours, theirs) in CodeCells.Zip(other.CodeCells))
        {
            AssertSame(ours.Id, ours.Outputs, theirs.Outputs, ours.HasTimings);
        }
    }

    public static void AssertSame(string cell, JsonArray ours, JsonArray theirs, bool hasTimings)
    {
        Assert.Empty(theirs.Where(output => (string?)output!["output_type"] == "error").Select(output => $"{cell}: {output!["evalue"]}"));
        var missing = Forms(ours).SelectMany(data => data.Select(form => form.Key)).Distinct().Except(Forms(theirs).SelectMany(data => data.Select(form => form.Key)));

        // .NET Interactive shows a number or a string as HTML instead of plain text.
        Assert.Empty(missing.Where(form => form != "text/plain").Select(form => $"{cell}: no {form}"));
        if (!hasTimings)
        {
            AssertEqualDrawings(cell, [.. Drawings(ours)], [.. Drawings(theirs)]);
        }
    }

    private static void AssertEqualDrawings(string cell, string[] ours, string[] theirs)
    {
        Assert.True(ours.Length == theirs.Length, $"{cell}: {ours.Length} drawings here, {theirs.Length} there");
        foreach (var (number, (our, their)) in ours.Zip(theirs).Index())
        {
            var start = Math.Max(0, our.AsSpan().CommonPrefixLength(their) - 60);
            Assert.True(our == their, $"{cell}: drawing {number} differs from character {start} on:\n{Part(our, start)}\n{Part(their, start)}");
        }
    }

    private static string Part(string text, int start) => text[start..Math.Min(start + 200, text.Length)];

    public static async Task<string> Run(string program, IEnumerable<string> arguments, params IEnumerable<(string Name, string Value)> variables)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Repository };
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}:\n{await output}\n{await errors}");
        return await output;
    }

    private static IEnumerable<JsonObject> Forms(JsonArray outputs) => outputs.Select(output => output!["data"]).OfType<JsonObject>();

    private static IEnumerable<string> Drawings(JsonArray outputs) =>
        Forms(outputs).Select(data => data["image/svg+xml"]).OfType<JsonNode>().Select(Text);

    private static string Text(JsonNode? node) => node is JsonArray lines ? string.Concat(lines.Select(line => (string?)line)) : (string?)node ?? "";

    private static string Above(string folder) => File.Exists(Path.Combine(folder, "DeepNotes.sln"))
        ? folder
        : Above(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("Expected the tests below the repository."));
}
