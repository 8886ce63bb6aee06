using System.Runtime.CompilerServices;
using Microsoft.DotNet.Interactive.Formatting;
using Plotly.NET;

namespace DeepNotes.Interactive;

/// <summary>Charts of Plotly.NET with the drawing that we make of them, beside the figure itself.</summary>
internal static class PlotlyNetFormatters
{
    /// <summary>Leaves them to Plotly.NET in hosts whose own FSharp.Core is not that which Plotly.NET needs.</summary>
    public static void TryRegister()
    {
        try
        {
            Register();
        }
        catch (Exception error) when (error is FileNotFoundException or FileLoadException or TypeLoadException)
        {
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Register()
    {
        Formatter.Register<GenericChart>((chart, writer) => writer.Write(GenericChart.toFigureJson(chart)), ChartMimeTypes.Plotly);
        Formatter.Register<GenericChart>((chart, writer) => writer.Write(chart.ToDeepNotes().ToSvg()), ChartMimeTypes.Svg);
        Formatter.Register<GenericChart>((chart, writer) => writer.Write(chart.ToDeepNotes().ToPlainText()), ChartMimeTypes.PlainText);
        Formatter.SetPreferredMimeTypesFor(typeof(GenericChart), ChartMimeTypes.OfHost(Environment.GetCommandLineArgs()));
    }
}
