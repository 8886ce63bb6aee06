namespace DeepNotes;

/// <summary>One thing that a training shows.</summary>
/// <param name="Symptom">Its name.</param>
/// <param name="IsGood">Whether it is as it should be.</param>
/// <param name="Evidence">What was seen, with figures.</param>
/// <param name="Reason">What is usually behind it.</param>
/// <param name="Advice">What to try.</param>
public sealed record TrainingFinding(Symptom Symptom, bool IsGood, string Evidence, string Reason, string Advice);
