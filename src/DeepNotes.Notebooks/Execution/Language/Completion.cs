namespace DeepNotes.Notebooks.Execution;

/// <summary>One way to go on at the cursor.</summary>
/// <param name="Text">What replaces the word at the cursor.</param>
/// <param name="Kind">What it is, in Jupyter's words: "function", "class", "property", "keyword".</param>
/// <param name="Signature">How it is declared; empty for a keyword.</param>
public sealed record Completion(string Text, string Kind, string Signature);

/// <param name="Start">Where the word at the cursor begins.</param>
/// <param name="End">Where it ends: the cursor.</param>
/// <param name="Items">Best first.</param>
public sealed record CompletionList(int Start, int End, IReadOnlyList<Completion> Items);
