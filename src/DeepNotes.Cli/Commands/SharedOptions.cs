using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace DeepNotes.Cli.Commands;

/// <summary>Arguments and options that several commands share.</summary>
internal static class SharedOptions
{
    public static Argument<string[]> Paths() => new("PATH")
    {
        Description = "Notebooks, folders, patterns or chapter numbers. Default: all chapters. After --, a name may begin with a hyphen.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public static Option<bool> Fast() => new("--fast")
    {
        Description = "Less data and fewer epochs (also DEEPNOTES_FAST=1). Writes to out/notebooks/ only.",
    };

    public static Option<bool> Full() => new("--full") { Description = "Execute with full instead of fast settings." };

    public static Option<bool> Saved() => new("--saved") { Description = "Use the saved outputs; execute nothing." };

    public static Option<double> Timeout() => Duration("--timeout", "Time limit per cell, in seconds.", 120, 86400);

    public static Option<double> Seconds() => Duration("--seconds", "Measurement time per row, in seconds.", 1.5, 3600);

    public static Option<double> WarmUp() => Duration("--warm-up", "Minimum warm-up time per row, in seconds; up to four times as long while a row still gets faster.", 2, 3600);

    public static Option<int> Jobs(int defaultValue) => new("--jobs", "-j")
    {
        HelpName = "N",
        Description = "Number of notebooks executed in parallel.",
        DefaultValueFactory = _ => defaultValue,
        CustomParser = argument => InRange(argument, 1, 64),
    };

    public static Option<int> Steps() => new("--steps")
    {
        HelpName = "N",
        Description = "Number of training steps for --check.",
        DefaultValueFactory = _ => 20,
        CustomParser = argument => InRange(argument, 2, 1_000_000),
    };

    /// <summary>Makes options mutually exclusive.</summary>
    public static void Exclude(this Command command, params Option[] options) => command.Validators.Add(result =>
    {
        if (options.Where(result.Has).ToArray() is [var one, var other, ..])
        {
            result.AddError($"{one.Name} and {other.Name} are mutually exclusive.");
        }
    });

    /// <summary>Whether an option was given; a switch that was given as false was not.</summary>
    public static bool Has(this SymbolResult result, Option option) =>
        result.GetResult(option) is { Implicit: false, Tokens: not [{ Value: "false" }] };

    private static Option<double> Duration(string name, string description, double defaultValue, double maximum) => new(name)
    {
        HelpName = "S",
        Description = description,
        DefaultValueFactory = _ => defaultValue,
        CustomParser = argument => InRange(argument, 0.001, maximum),
    };

    private static T InRange<T>(ArgumentResult argument, T minimum, T maximum)
        where T : INumber<T>
    {
        var text = argument.Tokens[0].Value;
        if (T.TryParse(text, CultureInfo.InvariantCulture, out var value) && value >= minimum && value <= maximum)
        {
            return value;
        }

        argument.AddError($"{argument.Argument.Name}: expected a number from {minimum} to {maximum}, got '{text}'.");
        return minimum;
    }
}
