using System.CommandLine;
using System.CommandLine.Parsing;

namespace DeepNotes.Cli.Commands;

/// <summary>Arguments and options that several commands have.</summary>
internal static class SharedOptions
{
    public static Argument<string[]> Paths() => new("PATH")
    {
        Description = "Notebooks, folders, patterns, or chapter numbers; all chapters when left out.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    public static Option<bool> Fast() => new("--fast")
    {
        Description = "Less data and fewer epochs (also DEEPNOTES_FAST=1). Results go to out/notebooks/ only.",
    };

    public static Option<bool> Full() => new("--full") { Description = "Execute at full settings instead of fast." };

    public static Option<bool> Saved() => new("--saved") { Description = "Take what the notebooks hold; execute nothing." };

    public static Option<double> Timeout()
    {
        var timeout = new Option<double>("--timeout")
        {
            HelpName = "S",
            Description = "Seconds that one cell may take.",
            DefaultValueFactory = _ => 120,
        };
        timeout.Validators.Add(result => Require(result, result.GetValueOrDefault<double>() is > 0 and <= 86400, "more than 0 and at most 86400"));
        return timeout;
    }

    public static Option<int> Jobs(int standard)
    {
        var jobs = new Option<int>("--jobs", "-j")
        {
            HelpName = "N",
            Description = "Notebooks executed at the same time.",
            DefaultValueFactory = _ => standard,
        };
        jobs.Validators.Add(result => Require(result, result.GetValueOrDefault<int>() is >= 1 and <= 64, "from 1 to 64"));
        return jobs;
    }

    /// <summary>Two options that exclude each other.</summary>
    public static void Exclude(this Command command, Option<bool> one, Option<bool> other) => command.Validators.Add(result =>
    {
        if (result.GetValue(one) && result.GetValue(other))
        {
            result.AddError($"{one.Name} and {other.Name} exclude each other.");
        }
    });

    private static void Require(OptionResult result, bool holds, string expected)
    {
        if (!holds)
        {
            result.AddError($"{result.Option.Name} must be {expected}.");
        }
    }
}
