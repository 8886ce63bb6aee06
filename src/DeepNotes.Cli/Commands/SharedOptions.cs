using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace DeepNotes.Cli.Commands;

/// <summary>Arguments and options that several commands have.</summary>
internal static class SharedOptions
{
    public static Argument<string[]> Paths() => new("PATH")
    {
        Description = "Notebooks, folders, patterns, or chapter numbers; all chapters when left out. After -- a name may begin with a hyphen.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public static Option<bool> Fast() => new("--fast")
    {
        Description = "Less data and fewer epochs (also DEEPNOTES_FAST=1). Results go to out/notebooks/ only.",
    };

    public static Option<bool> Full() => new("--full") { Description = "Execute at full settings instead of fast." };

    public static Option<bool> Saved() => new("--saved") { Description = "Take what the notebooks hold; execute nothing." };

    public static Option<double> Timeout() => Duration("--timeout", "Seconds that one cell may take.", 120, 86400);

    public static Option<double> Seconds() => Duration("--seconds", "Seconds that each row is measured.", 1.5, 3600);

    public static Option<double> WarmUp() => Duration("--warm-up", "Seconds before that, at least; up to four times as long while a row still gets faster.", 2, 3600);

    public static Option<int> Jobs(int standard) => new("--jobs", "-j")
    {
        HelpName = "N",
        Description = "Notebooks executed at the same time.",
        DefaultValueFactory = _ => standard,
        CustomParser = argument => InRange(argument, 1, 64),
    };

    public static Option<int> Steps() => new("--steps")
    {
        HelpName = "N",
        Description = "Steps that --check takes.",
        DefaultValueFactory = _ => 20,
        CustomParser = argument => InRange(argument, 2, 1_000_000),
    };

    /// <summary>Two options that exclude each other.</summary>
    public static void Exclude(this Command command, Option<bool> one, Option<bool> other) => command.Validators.Add(result =>
    {
        if (result.GetValue(one) && result.GetValue(other))
        {
            result.AddError($"{one.Name} and {other.Name} exclude each other.");
        }
    });

    private static Option<double> Duration(string name, string description, double standard, double most) => new(name)
    {
        HelpName = "S",
        Description = description,
        DefaultValueFactory = _ => standard,
        CustomParser = argument => InRange(argument, 0.001, most),
    };

    private static T InRange<T>(ArgumentResult argument, T least, T most)
        where T : INumber<T>
    {
        var text = argument.Tokens[0].Value;
        if (T.TryParse(text, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most)
        {
            return value;
        }

        argument.AddError($"{argument.Argument.Name}: expected a number from {least} to {most}, got '{text}'.");
        return least;
    }
}
