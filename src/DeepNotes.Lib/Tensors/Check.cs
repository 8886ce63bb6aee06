using System.Runtime.CompilerServices;

namespace DeepNotes;

/// <summary>
/// Numbers that somebody gives: each is returned, or refused in a message that names the layer or operation, the number, what
/// was given and what is expected.
/// </summary>
internal static class Check
{
    public static int AtLeast(int least, int value, string operation, [CallerArgumentExpression(nameof(value))] string name = "") => value >= least
        ? value
        : throw new ArgumentOutOfRangeException(name, $"{operation}: {name} {value}: expected {least} or more.");

    public static float NotNegative(string operation, float value, string name) => float.IsFinite(value) && value >= 0
        ? value
        : throw new ArgumentOutOfRangeException(name, $"{operation}: {name} {value}: expected a finite number of 0 or more.");

    public static float Share(string operation, float value, string name) => value is >= 0 and <= 1
        ? value
        : throw new ArgumentOutOfRangeException(name, $"{operation}: {name} {value}: expected 0 to 1.");

    public static float Positive(string operation, float value, string name) => float.IsFinite(value) && value > 0
        ? value
        : throw new ArgumentOutOfRangeException(name, $"{operation}: {name} {value}: expected a finite number above 0.");
}
