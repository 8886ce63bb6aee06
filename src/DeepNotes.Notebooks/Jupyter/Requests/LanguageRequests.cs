using System.Text.Json.Nodes;
using DeepNotes.Notebooks.Execution;

namespace DeepNotes.Notebooks.Jupyter;

/// <summary>Completions, descriptions and completeness of code that is being typed.</summary>
internal static class EditorQuestions
{
    // Usual answers take a tenth of a second, the first on a busy machine some seconds; without end, cells would wait behind it.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    public static async Task<JsonObject> CompleteAsync(ILanguageService language, JsonObject request)
    {
        var (code, position) = Place(request);
        var list = await InTimeAsync(limit => language.CompleteAsync(code, position, limit)).ConfigureAwait(false) ?? new CompletionList(position, position, []);
        var start = CodePoints.FromIndex(code, list.Start);
        var end = CodePoints.FromIndex(code, list.End);
        var content = Reply.Ok();
        content["matches"] = new JsonArray([.. list.Items.Select(item => JsonValue.Create(item.Text))]);
        content["cursor_start"] = start;
        content["cursor_end"] = end;
        content["metadata"] = new JsonObject
        {
            ["_jupyter_types_experimental"] = new JsonArray([.. list.Items.Select(item => new JsonObject
            {
                ["text"] = item.Text,
                ["type"] = item.Kind,
                ["signature"] = item.Signature,
                ["start"] = start,
                ["end"] = end,
            })]),
        };
        return content;
    }

    public static async Task<JsonObject> InspectAsync(ILanguageService language, JsonObject request)
    {
        var (code, position) = Place(request);
        var description = await InTimeAsync(limit => language.DescribeAsync(code, position, limit)).ConfigureAwait(false);
        var content = Reply.Ok();
        content["found"] = description is not null;
        content["data"] = description is null ? [] : OutputMessages.Data(description);
        content["metadata"] = new JsonObject();
        return content;
    }

    public static async Task<JsonObject> IsCompleteAsync(ILanguageService language, JsonObject request)
    {
        var completeness = await language.CheckCompletenessAsync(request.Text("code")).ConfigureAwait(false);
        var content = new JsonObject { ["status"] = completeness.ToString().ToLowerInvariant() };
        if (completeness == Completeness.Incomplete)
        {
            content["indent"] = "";
        }

        return content;
    }

    private static (string Code, int Position) Place(JsonObject request)
    {
        var code = request.Text("code");
        return (code, CodePoints.ToIndex(code, request.Number("cursor_pos") ?? int.MaxValue));
    }

    private static async Task<T?> InTimeAsync<T>(Func<CancellationToken, Task<T>> ask)
    {
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            return await ask(limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return default;
        }
    }
}

/// <summary>Jupyter counts places in code by Unicode code points, .NET by UTF-16 units.</summary>
internal static class CodePoints
{
    public static int ToIndex(string text, int codePoints)
    {
        var index = 0;
        for (var i = 0; i < codePoints && index < text.Length; i++)
        {
            index += char.IsSurrogatePair(text, index) ? 2 : 1;
        }

        return index;
    }

    public static int FromIndex(string text, int index)
    {
        var pairs = 0;
        for (var i = 0; i + 1 < index; i++)
        {
            pairs += char.IsSurrogatePair(text, i) ? 1 : 0;
        }

        return index - pairs;
    }
}
