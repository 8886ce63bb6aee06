using System.Text.Json;
using System.Text.Json.Nodes;
using DeepNotes.Notebooks.Documents;

namespace DeepNotes.Notebooks.Execution;

/// <summary>The messages between a session and its process; the field "type" distinguishes them.</summary>
internal static class Messages
{
    // To the session.
    public const string Execute = "execute";
    public const string Evaluate = "evaluate";
    public const string Interrupt = "interrupt";
    public const string Input = "input";
    public const string Complete = "complete";
    public const string Describe = "describe";
    public const string CheckCompleteness = "completeness";

    // From the session.
    public const string Ready = "ready";
    public const string Began = "began";
    public const string Output = "output";
    public const string Result = "result";
    public const string Value = "value";
    public const string Ending = "ending";
    public const string AskInput = "ask input";
    public const string Answer = "answer";

    public static string Type(JsonObject message) => (string)message["type"]!;

    public static JsonObject ExecuteRequest(int id, CellRequest request) => new()
    {
        ["type"] = Execute,
        ["id"] = id,
        ["cell"] = Write(request),
        ["next"] = request.Next is { } next ? Write(next) : null,
    };

    /// <summary>A cell of an execute request, without the fields that only the sender uses.</summary>
    public static CellRequest? ReadCell(JsonNode? cell) =>
        cell is null ? null : new CellRequest((string)cell["code"]!, (string)cell["name"]!) { Language = (string?)cell["language"] };

    private static JsonObject Write(CellRequest cell) => new() { ["code"] = cell.Code, ["language"] = cell.Language, ["name"] = cell.Name };

    public static JsonObject EvaluateRequest(int id, IEnumerable<QuotedExpression> expressions) => new()
    {
        ["type"] = Evaluate,
        ["id"] = id,
        ["expressions"] = new JsonArray([.. expressions.Select(expression => new JsonObject { ["code"] = expression.Code, ["format"] = expression.Format })]),
    };

    public static QuotedExpression[] ReadExpressions(JsonObject request) =>
        [.. request["expressions"]!.AsArray().Select(expression => new QuotedExpression((string)expression!["code"]!, (string?)expression["format"]))];

    public static JsonObject InterruptRequest(int id) => new() { ["type"] = Interrupt, ["id"] = id };

    /// <summary>A request about code that is not executed.</summary>
    public static JsonObject Question(int id, string type, string code, int position) => new()
    {
        ["type"] = type,
        ["id"] = id,
        ["code"] = code,
        ["position"] = position,
    };

    public static JsonObject Answered(int id, JsonNode? answer) => new() { ["type"] = Answer, ["id"] = id, ["answer"] = answer };

    public static JsonNode Write(CompletionList list) => JsonSerializer.SerializeToNode(list)!;

    public static CompletionList? ReadCompletions(JsonNode? answer) => answer.Deserialize<CompletionList>();

    public static JsonNode? Write(MimeBundle? bundle) => bundle is null ? null : new DisplayOutput(bundle, null).ToJson();

    public static MimeBundle? ReadBundle(JsonNode? answer) =>
        answer is JsonObject display && CellOutput.FromJson(display) is DisplayOutput { Data: var bundle } ? bundle : null;

    /// <summary>Requests a line of input for the cell.</summary>
    public static JsonObject InputRequest(int number) => new() { ["type"] = AskInput, ["number"] = number };

    public static JsonObject InputReply(int number, string? line) => new() { ["type"] = Input, ["number"] = number, ["line"] = line };

    /// <summary>The session begins the cell; its time limit counts from now.</summary>
    public static JsonObject CellBegan() => new() { ["type"] = Began };

    public static JsonObject ShowOutput(CellOutput output)
    {
        var message = new JsonObject { ["type"] = Output, ["output"] = output.ToJson() };
        if (output is DisplayOutput { DisplayId: { } displayId })
        {
            message["displayId"] = displayId;
        }

        return message;
    }

    public static CellOutput ReadOutput(JsonObject message)
    {
        var output = CellOutput.FromJson((JsonObject)message["output"]!);
        return output is DisplayOutput display ? display with { DisplayId = (string?)message["displayId"] } : output;
    }

    public static JsonObject CellEnded(CellResult result) => new()
    {
        ["type"] = Result,
        ["status"] = result.Status.ToString(),
        ["milliseconds"] = result.Duration.TotalMilliseconds,
        ["bytes"] = result.ManagedBytes,
        ["error"] = result.Error?.ToJson(),
    };

    public static CellResult ReadResult(JsonObject message) => new(
        Enum.Parse<CellStatus>((string)message["status"]!),
        TimeSpan.FromMilliseconds((double)message["milliseconds"]!),
        (long)message["bytes"]!,
        ReadError(message));

    public static JsonObject EvaluatedTo(IEnumerable<string?> texts) =>
        new() { ["type"] = Value, ["texts"] = new JsonArray([.. texts.Select(text => (JsonNode?)text)]) };

    public static string?[] ReadTexts(JsonObject answer) => [.. answer["texts"]!.AsArray().Select(text => (string?)text)];

    /// <summary>Announces that the process is about to end, with the reason.</summary>
    public static JsonObject SessionEnding(ErrorOutput reason) => new() { ["type"] = Ending, ["error"] = reason.ToJson() };

    public static ErrorOutput? ReadError(JsonObject message) =>
        message["error"] is JsonObject error ? (ErrorOutput)CellOutput.FromJson(error) : null;
}
