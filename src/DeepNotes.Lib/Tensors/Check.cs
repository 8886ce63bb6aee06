using System.Numerics;
using System.Runtime.CompilerServices;

namespace DeepNotes;

/// <summary>
/// Argument checks for numbers: each returns its value, or throws an <see cref="ArgumentOutOfRangeException"/> that names the
/// operation, the parameter, the value and the expected range.
/// </summary>
internal static class Check
{
    /// <summary>A count or a length.</summary>
    public static int AtLeast(int least, int value, string operation, [CallerArgumentExpression(nameof(value))] string name = "") =>
        That(value >= least, value, operation, name, $"{least} or more");

    /// <summary>A finite number.</summary>
    public static float Finite(float value, string operation, [CallerArgumentExpression(nameof(value))] string name = "") =>
        That(float.IsFinite(value), value, operation, name, "a finite number");

    /// <summary>A finite number above 0: a rate, an ε, a margin.</summary>
    public static T Positive<T>(T value, string operation, [CallerArgumentExpression(nameof(value))] string name = "")
        where T : INumber<T> => That(T.IsFinite(value) && value > T.Zero, value, operation, name, "a finite number above 0");

    /// <summary>A finite number, 0 or more: a decay, a penalty.</summary>
    public static T NotNegative<T>(T value, string operation, [CallerArgumentExpression(nameof(value))] string name = "")
        where T : INumber<T> => That(T.IsFinite(value) && value >= T.Zero, value, operation, name, "a finite number of 0 or more");

    /// <summary>0 to 1: a probability or a fraction.</summary>
    public static T InZeroToOne<T>(T value, string operation, [CallerArgumentExpression(nameof(value))] string name = "")
        where T : INumber<T> => That(value >= T.Zero && value <= T.One, value, operation, name, "0 to 1");

    /// <summary>0 or more and less than 1: the decay rate of a running mean.</summary>
    public static T BelowOne<T>(T value, string operation, [CallerArgumentExpression(nameof(value))] string name = "")
        where T : INumber<T> => That(value >= T.Zero && value < T.One, value, operation, name, "0 or more and less than 1");

    /// <summary>Above 0; ∞ means no limit.</summary>
    public static float Limit(float value, string operation, [CallerArgumentExpression(nameof(value))] string name = "") =>
        That(value > 0, value, operation, name, "a number above 0, or infinity for no limit");

    /// <summary>A number of any other range.</summary>
    public static T That<T>(bool isRight, T value, string operation, string name, string expected) => isRight
        ? value
        : throw new ArgumentOutOfRangeException(name, $"{operation}: {name} {value}: expected {expected}.");
}
