namespace DeepNotes;

/// <summary>Numbers that a layer is made with: each is returned, or refused with the layer's name and what was expected.</summary>
internal static class Check
{
    public static float Share(string operation, float value, string name) => value is >= 0 and <= 1
        ? value
        : throw new ArgumentOutOfRangeException(name, $"{operation}: {name} {value}: expected 0 to 1.");

    public static float Positive(string operation, float value, string name) => float.IsFinite(value) && value > 0
        ? value
        : throw new ArgumentOutOfRangeException(name, $"{operation}: {name} {value}: expected a finite number above 0.");
}
