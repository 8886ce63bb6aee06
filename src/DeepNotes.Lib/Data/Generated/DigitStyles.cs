using System.Globalization;

namespace DeepNotes;

/// <summary>A point of a pen's path in hundredths of the height of the glyph, y downwards; at a corner, the curve has no tangent.</summary>
internal readonly record struct PathPoint(double X, double Y, bool IsCorner);

/// <summary>One way to write a digit: the strokes of the pen, and the relative frequency of the style.</summary>
internal sealed record DigitStyle(int Weight, IReadOnlyList<PathPoint[]> Strokes);

/// <summary>
/// The styles of each digit as curves through points <c>x,y</c>; <c>!</c> marks a corner, <c>|</c> separates strokes.
/// </summary>
internal static class DigitStyles
{
    private static readonly (int Digit, int Weight, string Path)[] Paths =
    [
        (0, 4, "58,2 26,9 4,45 14,85 46,99 80,85 96,48 82,13 54,2"),
        (0, 2, "66,10 40,2 12,26 4,62 28,96 64,95 92,66 92,28 62,3"),
        (0, 2, "40,6 16,34 12,72 40,99 76,82 90,42 70,8 44,4 30,14"),
        (1, 6, "50,0 50,50 50,100"),
        (1, 2, "28,22 52,2! 51,50 50,100"),
        (1, 1, "30,20 52,2! 51,50 50,98! | 26,99 76,97"),
        (2, 4, "12,25 30,5 60,2 80,22 66,52 38,78 12,97! 50,96 90,95"),
        (2, 3, "12,22 35,3 68,5 78,28 60,58 32,90 14,94 15,78 34,78 62,95 92,90"),
        (2, 2, "16,12 48,2 78,16 70,48 40,82 12,93! 36,86 62,96 90,92"),
        (3, 4, "15,12 45,1 75,14 68,36 38,48! 74,56 82,78 50,99 12,88"),
        (3, 3, "14,10 44,1 72,13 66,36 46,46 72,56 80,78 50,99 12,90"),
        (3, 1, "15,5 50,4 80,5! 44,42! 78,55 82,82 46,100 10,88"),
        (4, 5, "22,3 16,30 18,54! 50,55 90,50 | 76,4 72,50 68,100"),
        (4, 3, "66,2 38,32 8,64! 50,63 92,60 | 66,2 65,50 62,100"),
        (4, 2, "26,10 14,34 30,52 62,44 80,14! 74,55 66,100"),
        (5, 4, "82,4 55,5 30,6! 22,44! 52,38 80,58 70,88 38,99 10,90"),
        (5, 3, "30,6 24,46! 56,42 80,64 66,92 34,99 8,90 | 30,6 60,6 90,2"),
        (5, 2, "84,2 50,4 28,18 36,40 66,54 72,80 44,98 12,94"),
        (6, 4, "68,2 38,26 16,62 26,92 54,99 78,82 66,60 40,60 20,80"),
        (6, 3, "48,0 24,38 14,74 36,98 70,90 76,66 50,56 20,72"),
        (6, 1, "78,6 46,10 18,50 18,86 46,99 74,84 68,60 40,58 18,76"),
        (7, 5, "10,8 50,7 88,4! 62,48 46,100"),
        (7, 2, "10,8 50,7 88,4! 62,48 46,100 | 34,52 80,47"),
        (7, 3, "10,22 14,7! 50,8 86,5! 68,44 58,100"),
        (7, 2, "8,14 36,4 66,10 86,6 70,42 44,70 36,100"),
        (8, 4, "80,12 48,1 22,18 44,44 76,70 56,98 24,88 32,62 64,38 82,14"),
        (8, 2, "50,2 24,12 28,38 52,47 76,36 74,12 50,2 | 50,47 20,60 18,88 50,100 82,88 80,60 50,47"),
        (8, 2, "60,4 32,6 24,28 52,46 72,72 50,99 28,78 50,48 72,24 58,4"),
        (9, 4, "78,16 50,3 20,20 24,46 52,50 76,26 80,12! 76,55 70,100"),
        (9, 3, "76,14 46,2 18,24 32,50 62,42 78,16! 80,50 66,86 30,98"),
        (9, 2, "70,28 46,46 22,36 32,8 62,4 72,28 66,66 54,100"),
    ];

    private static readonly DigitStyle[][] Styles =
    [
        .. Enumerable.Range(0, 10).Select(digit =>
            Paths.Where(p => p.Digit == digit).Select(p => new DigitStyle(p.Weight, Parse(p.Path))).ToArray()),
    ];

    /// <summary>Draws a style of the digit at random, according to the weights.</summary>
    public static DigitStyle Choose(int digit, Generator generator)
    {
        var styles = Styles[digit];
        var ticket = generator.Next(styles.Sum(s => s.Weight));
        var index = 0;
        while (ticket >= styles[index].Weight)
        {
            ticket -= styles[index++].Weight;
        }

        return styles[index];
    }

    private static PathPoint[][] Parse(string path) =>
        [.. path.Split('|').Select(ParseStroke)];

    private static PathPoint[] ParseStroke(string stroke) =>
        [.. stroke.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(ParsePoint)];

    private static PathPoint ParsePoint(string text)
    {
        var numbers = text.TrimEnd('!').Split(',');
        return new PathPoint(Number(numbers[0]), Number(numbers[1]), text.EndsWith('!'));
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
