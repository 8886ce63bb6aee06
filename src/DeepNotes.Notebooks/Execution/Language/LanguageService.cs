using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace DeepNotes.Notebooks.Execution;

/// <summary>Serves requests about code on a separate thread, so that a running cell does not delay them.</summary>
internal sealed class LanguageService(CellChain cells, Outbox outbox)
{
    private readonly BlockingCollection<JsonObject> _questions = [];

    public void Start() => new Thread(AnswerAll) { IsBackground = true, Name = "language" }.Start();

    public void Ask(JsonObject question) => _questions.Add(question);

    private void AnswerAll()
    {
        foreach (var question in _questions.GetConsumingEnumerable())
        {
            JsonNode? answer = null;
            try
            {
                answer = AnswerAsync(question).GetAwaiter().GetResult();
            }
            catch (Exception)
            {
                // Roslyn may fail on incomplete code, which must not end the session.
            }

            outbox.Send(Messages.Answered((int)question["id"]!, answer));
        }
    }

    private async Task<JsonNode?> AnswerAsync(JsonObject question)
    {
        var code = (string)question["code"]!;
        var position = Math.Clamp((int)question["position"]!, 0, code.Length);
        return Messages.Type(question) switch
        {
            Messages.Complete => Messages.Write(await Completions.AtAsync(await cells.OpenAsync(code).ConfigureAwait(false), position).ConfigureAwait(false)),
            Messages.Describe => Messages.Write(await SymbolDescription.AtAsync(await cells.OpenAsync(code).ConfigureAwait(false), position).ConfigureAwait(false)),
            _ => CompletenessCheck.Of(code).ToString(),
        };
    }
}
