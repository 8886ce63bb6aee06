namespace DeepNotes;

/// <summary>A tensor as a file's header describes it.</summary>
/// <param name="Name">Its name in the file.</param>
/// <param name="ElementType">How its elements are stored, in the format's words: <c>F32</c>, <c>BF16</c>, <c>I64</c>, …</param>
/// <param name="Shape">The lengths of its axes.</param>
/// <param name="Start">Where its values begin, in bytes from the first tensor's.</param>
/// <param name="End">Where they end: the first byte behind them.</param>
public sealed record StoredTensor(string Name, string ElementType, Shape Shape, long Start, long End);
