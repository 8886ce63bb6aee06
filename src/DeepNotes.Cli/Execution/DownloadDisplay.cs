using System.Collections.Concurrent;
using Spectre.Console;

namespace DeepNotes.Cli.Execution;

/// <summary>Shows a download: a bar per file on a terminal, one line per file elsewhere.</summary>
internal static class DownloadDisplay
{
    public static Task<T> ShowAsync<T>(CommandContext context, Func<IProgress<DownloadProgress>, Task<T>> work) =>
        context.IsLive ? ShowBarsAsync(context, work) : work(new Reports(FirstOfEachFile(context)));

    private static Task<T> ShowBarsAsync<T>(CommandContext context, Func<IProgress<DownloadProgress>, Task<T>> work) =>
        context.CreateConsole().Progress().StartAsync(live =>
        {
            var bars = new ConcurrentDictionary<string, ProgressTask>();
            return work(new Reports(step =>
            {
                var bar = bars.GetOrAdd(step.File, file => live.AddTask(Markup.Escape(file), maxValue: step.Total));
                bar.Value = step.Received;
            }));
        });

    private static Action<DownloadProgress> FirstOfEachFile(CommandContext context)
    {
        var seen = new ConcurrentDictionary<string, bool>();
        return step =>
        {
            if (seen.TryAdd(step.File, true))
            {
                context.Output.WriteLine($"{step.File}  {step.Total / 1e6:0.0} MB");
            }
        };
    }

    // Progress<T> reports from the thread pool, out of order; a bar must not run backwards.
    private sealed class Reports(Action<DownloadProgress> show) : IProgress<DownloadProgress>
    {
        public void Report(DownloadProgress value) => show(value);
    }
}
