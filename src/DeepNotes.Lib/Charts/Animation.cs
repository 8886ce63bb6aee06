using System.Collections.Immutable;

namespace DeepNotes;

public sealed partial record Chart
{
    /// <summary>The number of frames that the SVG shows side by side, the first and the last among them.</summary>
    private const int MaxStills = 4;

    /// <summary>
    /// An animated chart, with a slider and a play button; the SVG shows a few frames side by side. Axes cover the values of all
    /// frames; give heat maps a common range of colours.
    /// </summary>
    /// <param name="frames">Charts of the same kinds of traces in the same order.</param>
    /// <param name="labels">A text for each frame, such as "epoch 3".</param>
    /// <exception cref="ArgumentException">
    /// There is no frame, labels are too few or too many, the frames' traces differ in number or kind, or a frame is a grid.
    /// </exception>
    public static Chart Animate(IEnumerable<Chart> frames, IEnumerable<string> labels)
    {
        const string operation = "Chart.Animate";
        ArgumentNullException.ThrowIfNull(labels);
        var parts = Parts(frames, operation);
        ImmutableArray<string> texts = [.. labels];
        Require.SameLength(operation, "labels", texts.Length, "frames", parts.Length);
        foreach (var (i, part) in parts.Index())
        {
            if (!part.Traces.Select(trace => trace.GetType()).SequenceEqual(parts[0].Traces.Select(trace => trace.GetType())))
            {
                throw new ArgumentException(
                    $"{operation}: expected the same kinds of traces in all frames, but those of frame {i} differ from those of frame 0.",
                    nameof(frames));
            }
        }
        return new() { Children = parts, FrameLabels = texts, Title = parts[0].Title, Subtitle = parts[0].Subtitle };
    }

    /// <summary>The labels of the frames; empty for a chart that is not an animation.</summary>
    internal ImmutableArray<string> FrameLabels { get; private init; } = [];

    internal bool IsAnimation => FrameLabels.Length > 0;

    /// <summary>The frames with common axes and the title of the animation.</summary>
    internal IReadOnlyList<Chart> Frames()
    {
        var whole = new Panel(Children[0] with { Traces = [.. Children.SelectMany(frame => frame.Traces)] });
        return [.. Children.Select(frame => frame with
        {
            Title = Title,
            Subtitle = Subtitle,
            Width = Width,
            Height = Height,
            Legend = Legend ?? frame.Legend,
            XAxis = Children[0].XAxis with { Range = Children[0].XAxis.Range ?? whole.X.Ends },
            YAxis = Children[0].YAxis with { Range = Children[0].YAxis.Range ?? whole.Y.Ends },
        })];
    }

    /// <summary>A grid of a few frames with their labels as titles.</summary>
    internal Chart Stills()
    {
        var frames = Frames();
        var count = Math.Min(MaxStills, frames.Count);
        var chosen = Enumerable.Range(0, count).Select(i => count == 1 ? 0 : i * (frames.Count - 1) / (count - 1));
        return this with
        {
            Children = [.. chosen.Select(i => frames[i] with { Title = FrameLabels[i], Subtitle = null, Width = null, Height = null })],
            FrameLabels = [],
            Columns = count == MaxStills ? 2 : count,
        };
    }
}
