using System.Globalization;

namespace DeepNotes;

/// <summary>The result of a learning-rate range test: the loss at each rate, and a suggested rate.</summary>
[TypeFormatterSource(typeof(DisplayableFormatterSource), MimeTypes.Html, MimeTypes.PlainText)]
public sealed class LearningRateRange : IDisplayable
{
    private readonly double[] _smoothed;

    internal LearningRateRange(IReadOnlyList<double> rates, IReadOnlyList<double> losses, double beta)
    {
        (Rates, Losses, _smoothed) = (rates, losses, Smoothing.Of(losses, beta));
        (Suggestion, LowestLossRate) = Read();
    }

    /// <summary>The rates, in ascending order.</summary>
    public IReadOnlyList<double> Rates { get; }

    /// <summary>The loss of the batch at each rate, before its step.</summary>
    public IReadOnlyList<double> Losses { get; }

    /// <summary>The smoothed losses.</summary>
    public IReadOnlyList<double> SmoothedLosses => _smoothed;

    /// <summary>The rate at which the smoothed loss falls most steeply over the logarithm of the rate; null if it never falls.</summary>
    public float? Suggestion { get; }

    /// <summary>The rate of the lowest smoothed loss, beyond which training diverges: an upper bound for a cyclical schedule.</summary>
    public float LowestLossRate { get; }

    /// <summary>The loss over the learning rate, with a line at the suggestion.</summary>
    public Chart Chart()
    {
        var chart = DeepNotes.Chart.Combine(
            DeepNotes.Chart.Line(Rates, Losses, "batch"),
            DeepNotes.Chart.Line(Rates, _smoothed, "smoothed"))
            .WithTitle("Learning-rate range test").WithXAxis("learning rate", log: true).WithYAxis("loss");
        return Suggestion is { } rate ? chart.WithVerticalLine(rate, Text(rate)) : chart;
    }

    /// <inheritdoc/>
    public string ToHtml() => Chart().ToHtml();

    /// <inheritdoc/>
    public string ToPlainText() => Suggestion is { } rate
        ? $"Learning rate: {Text(rate)} suggested, where the loss falls most steeply; the lowest loss was at {Text(LowestLossRate)} ({Rates.Count} rates tried)"
        : $"Learning rate: no suggestion, the loss never fell between {Text(Rates[0])} and {Text(Rates[^1])}";

    private (float? Suggestion, float LowestLossRate) Read()
    {
        var lowest = Array.IndexOf(_smoothed, _smoothed.Min());
        var (steepest, slope) = (-1, 0.0);
        for (var i = 1; i < lowest; i++)
        {
            var here = (_smoothed[i + 1] - _smoothed[i - 1]) / Math.Log(Rates[i + 1] / Rates[i - 1]);
            (steepest, slope) = here < slope ? (i, here) : (steepest, slope);
        }

        return (steepest < 0 ? null : (float)Rates[steepest], (float)Rates[lowest]);
    }

    private static string Text(double rate) => rate.ToString("0.0e-0", CultureInfo.InvariantCulture);
}
