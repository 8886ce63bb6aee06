using System.Globalization;

namespace DeepNotes.Notebooks.Book;

/// <summary>
/// The state of SGR escape sequences. Only the hue of a colour is kept, because the page's own colours are legible on light
/// and dark backgrounds; any background colour becomes a highlight.
/// </summary>
internal readonly record struct TerminalStyle
{
    private static readonly string?[] Basic = [null, "red", "green", "yellow", "blue", "magenta", "cyan", null];
    private static readonly string[] Wheel = ["red", "yellow", "green", "cyan", "blue", "magenta"];

    private string? Hue { get; init; }

    private bool IsMarked { get; init; }

    private bool IsBold { get; init; }

    private bool IsItalic { get; init; }

    private bool IsUnderlined { get; init; }

    /// <summary>The classes of book.css; empty for plain text.</summary>
    public string Classes => string.Join(' ', Names());

    /// <param name="codes">The parameters of an SGR sequence: "0;31".</param>
    public TerminalStyle After(string codes)
    {
        var style = this;
        var rest = new Queue<int>(codes.Split(';', ':').Select(code => int.TryParse(code, CultureInfo.InvariantCulture, out var number) ? number : 0));
        while (rest.TryDequeue(out var code))
        {
            style = code switch
            {
                0 => default,
                1 => style with { IsBold = true },
                3 => style with { IsItalic = true },
                4 => style with { IsUnderlined = true },
                7 => style with { IsMarked = true },
                22 => style with { IsBold = false },
                23 => style with { IsItalic = false },
                24 => style with { IsUnderlined = false },
                27 or 49 => style with { IsMarked = false },
                >= 30 and <= 37 => style with { Hue = Basic[code - 30] },
                38 => style with { Hue = Extended(rest) },
                39 => style with { Hue = null },
                >= 40 and <= 47 => style with { IsMarked = Basic[code - 40] is not null },
                48 => style with { IsMarked = Extended(rest) is not null },
                >= 90 and <= 97 => style with { Hue = code == 90 ? "gray" : Basic[code - 90] },
                >= 100 and <= 107 => style with { IsMarked = Basic[code - 100] is not null },
                _ => style,
            };
        }

        return style;
    }

    private IEnumerable<string> Names()
    {
        if (Hue is not null)
        {
            yield return $"ansi-{Hue}";
        }

        foreach (var (has, name) in new[] { (IsMarked, "ansi-mark"), (IsBold, "ansi-bold"), (IsItalic, "ansi-italic"), (IsUnderlined, "ansi-underline") })
        {
            if (has)
            {
                yield return name;
            }
        }
    }

    // 5;N from the palette of 256 colours, or 2;R;G;B.
    private static string? Extended(Queue<int> codes)
    {
        const int Cube = 16, Grays = 232;
        if (!codes.TryDequeue(out var form))
        {
            return null;
        }

        var index = Next();
        return form switch
        {
            2 => Nearest(index, Next(), Next()),
            5 when index < 8 => Basic[index],
            5 when index < Cube => index == 8 ? "gray" : Basic[index - 8],
            5 when index < Grays => Nearest((index - Cube) / 36 * 51, (index - Cube) / 6 % 6 * 51, (index - Cube) % 6 * 51),
            _ => null,
        };

        int Next() => codes.TryDequeue(out var code) ? code : 0;
    }

    // The nearest of six hues; null for a colour that is nearly grey.
    private static string? Nearest(int red, int green, int blue)
    {
        var (most, least) = (Math.Max(red, Math.Max(green, blue)), Math.Min(red, Math.Min(green, blue)));
        double span = most - least;
        if (span < 48)
        {
            return null;
        }

        var sixth = most == red ? (green - blue) / span : most == green ? 2 + ((blue - red) / span) : 4 + ((red - green) / span);
        return Wheel[((int)Math.Round(sixth, MidpointRounding.AwayFromZero) + 6) % 6];
    }
}
