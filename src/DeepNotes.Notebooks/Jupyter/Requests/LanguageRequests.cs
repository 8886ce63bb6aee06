using System.Text.Json.Nodes;
using DeepNotes.Notebooks.Execution;

namespace DeepNotes.Notebooks.Jupyter;

/// <summary>Serves complete_request, inspect_request and is_complete_request.</summary>
internal static class LanguageRequests
{
    // Replies usually take a tenth of a second, and the first one seconds on a busy machine. Without a limit, a slow one would block cells.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    public static async Task<JsonObject> CompleteAsync(ILanguageService language, JsonObject request)
    {
        var (code, position) = CodeAndPosition(request);
        var list = await WithTimeoutAsync(limit => language.CompleteAsync(code, position, limit)).ConfigureAwait(false) ?? new CompletionList(position, position, []);
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
        var (code, position) = CodeAndPosition(request);
        var description = await WithTimeoutAsync(limit => language.DescribeAsync(code, position, limit)).ConfigureAwait(false);
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

    private static (string Code, int Position) CodeAndPosition(JsonObject request)
    {
        var code = request.Text("code");
        return (code, CodePoints.ToIndex(code, request.Number("cursor_pos") ?? int.MaxValue));
    }

    private static async Task<T?> WithTimeoutAsync<T>(Func<CancellationToken, Task<T>> ask)
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

/// <summary>Converts positions in code between Unicode code points, used by Jupyter, and UTF-16 code units, used by .NET.</summary>
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
