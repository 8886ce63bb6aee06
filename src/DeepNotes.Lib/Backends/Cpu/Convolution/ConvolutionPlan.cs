using System.Collections.Concurrent;

namespace DeepNotes.Backends.Cpu;

/// <summary>What a convolution of some shape works out before it begins: kept, because a training does the same ones again and again.</summary>
internal sealed class ConvolutionPlan
{
    // Far more than one network has; a program that makes up new shapes without end begins anew.
    private const int MostPlans = 1024;

    private static readonly ConcurrentDictionary<Filters, ConvolutionPlan> Plans = new();

    private ConvolutionPlan(Filters filters)
    {
        Forward = new PhaseLayout(filters.Window, filters.ChannelsEach);
        Weights = WeightGradient.Of(filters, Forward);
        var stride = filters.Window.Stride;
        InputGradient = [.. Enumerable.Range(0, stride.Area)
            .Select(phase => new InputGradientPhase(filters, phase / stride.Width, phase % stride.Width))
            .Where(phase => !phase.IsEmpty)];
    }

    /// <summary>How images become planes.</summary>
    public PhaseLayout Forward { get; }

    /// <summary>How the gradient of the weights is summed up.</summary>
    public WeightGradient Weights { get; }

    /// <summary>The phases of the stride that at least one tap reads.</summary>
    public InputGradientPhase[] InputGradient { get; }

    public static ConvolutionPlan Of(Filters filters)
    {
        if (Plans.Count > MostPlans)
        {
            Plans.Clear();
        }

        return Plans.GetOrAdd(filters, static filters => new ConvolutionPlan(filters));
    }
}
