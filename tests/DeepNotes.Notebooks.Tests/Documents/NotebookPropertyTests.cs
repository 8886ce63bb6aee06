using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using DeepNotes.Notebooks.Documents;
using DeepNotes.Notebooks.Execution;
using DeepNotes.Notebooks.Running;
using DeepNotes.Notebooks.Tests.Running;
using DeepNotes.Notebooks.Tests.Support;

namespace DeepNotes.Notebooks.Tests.Documents;

/// <summary>Properties of arbitrary notebooks.</summary>
public sealed class NotebookPropertyTests
{
    private const int Notebooks = 300;

    [Fact]
    public void Reading_and_writing_changes_no_byte() =>
        RandomNotebook.Texts.Sample(text => NotebookDocument.Parse(text, "x.ipynb").Clone().ToText() == text, iter: Notebooks);

    [Fact]
    public void A_run_changes_only_outputs_execution_counts_and_run_metadata() => RandomNotebook.Texts.Sample(
        text =>
        {
            var notebook = NotebookDocument.Parse(text, "x.ipynb");
            var executed = Run(notebook);
            var again = NotebookDocument.Parse(executed.ToText(), "x.ipynb");
            Assert.True(JsonNode.DeepEquals(WithoutResults(notebook), WithoutResults(again)), executed.ToText());
            Assert.Equal(executed.ToText(), Run(again).ToText());
        },
        iter: Notebooks);

    [Fact]
    public void A_value_of_another_type_is_read_or_reported() => Gen.Select(RandomNotebook.Notebooks, Gen.Int[0, 10_000], RandomNotebook.Values, Gen.Bool).Sample(
        (notebook, place, value, isRemoved) =>
        {
            var damaged = (JsonObject)notebook.DeepClone();
            var places = Places(damaged).ToList();
            places[place % places.Count](isRemoved, value);
            AssertReadOrReported(Encoding.UTF8.GetBytes(RandomNotebook.Text(damaged)));
        },
        iter: 5 * Notebooks);

    [Fact]
    public void A_truncated_or_corrupt_file_is_read_or_reported() => Gen.Select(RandomNotebook.Texts, Gen.Int[0, 100_000], Gen.Byte, Gen.Bool).Sample(
        (text, place, other, isCut) =>
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            place %= bytes.Length;
            bytes[place] = other;
            AssertReadOrReported(isCut ? bytes[..place] : bytes);
        },
        iter: 5 * Notebooks);

    [Theory]
    [InlineData("show")]
    [InlineData("show d")]
    [InlineData("set x")]
    public void A_truncated_cell_is_read(string source) =>
        AssertReadOrReported(TestNotebook.Of(TestNotebook.Code(source)).ToBytes());

    private static void AssertReadOrReported(byte[] bytes)
    {
        try
        {
            var notebook = NotebookDocument.Parse(bytes, "x.ipynb");
            _ = (notebook.Title, notebook.Chapter, RunFingerprint.Of(notebook));
            foreach (var cell in notebook.Cells)
            {
                _ = (cell.Id, cell.Source, cell.Tags, cell.IsTiming, cell.ExecutionCount, cell.Outputs.Select(output => output.ToJson()).ToList());
            }

            var document = Run(notebook);
            _ = new ExecutionCache("/nowhere", []).Find(document, Fingerprints.Generated());
            _ = NotebookComparison.Of(new NotebookRun(document, document, [], []));
        }
        catch (NotebookFormatException error)
        {
            Assert.StartsWith("x.ipynb: ", error.Message, StringComparison.Ordinal);
        }
    }

    private static NotebookDocument Run(NotebookDocument notebook) =>
        new NotebookRunner((_, _, _) => Task.FromResult<ISession>(new ScriptedSession())).RunAsync(notebook, Fingerprints.Options()).GetAwaiter().GetResult().Document;

    private static JsonObject WithoutResults(NotebookDocument notebook)
    {
        var json = notebook.Clone().Json;
        foreach (var cell in notebook.Cells.Where(cell => cell.IsCode && !cell.Tags.Contains("skip-execution")))
        {
            var same = (JsonObject)json["cells"]![cell.Index]!;
            same.Remove("outputs");
            same.Remove("execution_count");
        }

        json["metadata"] ??= new JsonObject();
        var metadata = (JsonObject)json["metadata"]!;
        if ((string?)metadata["kernelspec"]?["name"] != ".net-csharp")
        {
            metadata.Remove("kernelspec");
            metadata.Remove("language_info");
        }

        var own = (JsonObject)(metadata["deepnotes"] ?? new JsonObject()).DeepClone();
        own.Remove("run");
        metadata["deepnotes"] = own;
        return json;
    }

    // For every value below the root, an action that removes or replaces it.
    private static IEnumerable<Action<bool, JsonNode?>> Places(JsonNode node)
    {
        if (node is JsonObject members)
        {
            foreach (var (name, value) in members)
            {
                yield return (isRemoved, other) =>
                {
                    members.Remove(name);
                    if (!isRemoved)
                    {
                        members[name] = RandomNotebook.Copy(other);
                    }
                };
                foreach (var inner in value is null ? [] : Places(value))
                {
                    yield return inner;
                }
            }
        }

        foreach (var (index, item) in (node as JsonArray ?? []).Index())
        {
            yield return (_, other) => ((JsonArray)node)[index] = RandomNotebook.Copy(other);
            foreach (var inner in item is null ? [] : Places(item))
            {
                yield return inner;
            }
        }
    }
}
