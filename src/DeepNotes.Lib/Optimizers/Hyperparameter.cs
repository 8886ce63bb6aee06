using System.Numerics;
using System.Runtime.CompilerServices;

namespace DeepNotes;

/// <summary>The ranges of an optimizer's numbers; each check returns the value or names whose number it is.</summary>
internal static class Hyperparameter
{
    /// <summary>A finite number above 0: a rate, an ε.</summary>
    public static float Positive(float value, string owner, [CallerArgumentExpression(nameof(value))] string name = "") =>
        Within(float.IsFinite(value) && value > 0, value, owner, name, "a finite number above 0");

    /// <summary>A finite number, 0 or more: a decay, a penalty.</summary>
    public static float NotNegative(float value, string owner, [CallerArgumentExpression(nameof(value))] string name = "") =>
        Within(float.IsFinite(value) && value >= 0, value, owner, name, "a finite number of 0 or more");

    /// <summary>0 or more and less than 1: the share of the past that a running mean keeps.</summary>
    public static T Share<T>(T value, string owner, [CallerArgumentExpression(nameof(value))] string name = "")
        where T : INumber<T> =>
        Within(value >= T.Zero && value < T.One, value, owner, name, "0 or more and less than 1");

    /// <summary>Above 0; ∞ means no limit.</summary>
    public static float Limit(float value, string owner, [CallerArgumentExpression(nameof(value))] string name = "") =>
        Within(value > 0, value, owner, name, "a number above 0, or infinity for no limit");

    /// <summary>A count of 1 or more.</summary>
    public static int Count(int value, string owner, [CallerArgumentExpression(nameof(value))] string name = "") =>
        Within(value >= 1, value, owner, name, "1 or more");

    private static T Within<T>(bool isRight, T value, string owner, string name, string expected) => isRight
        ? value
        : throw new ArgumentOutOfRangeException(name, $"{owner}: {name} {value}: expected {expected}.");
}
