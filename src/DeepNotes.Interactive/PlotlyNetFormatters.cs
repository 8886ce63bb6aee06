using System.Runtime.CompilerServices;
using Microsoft.DotNet.Interactive.Formatting;
using Plotly.NET;

namespace DeepNotes.Interactive;

/// <summary>Formatters of Plotly.NET charts: the figure itself and our SVG of it.</summary>
internal static class PlotlyNetFormatters
{
    /// <summary>Registers the formatters, except in hosts whose FSharp.Core is not the version that Plotly.NET needs.</summary>
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
        Formatter.Register<GenericChart>((chart, writer) => writer.Write(GenericChart.toFigureJson(chart)), MimeTypes.Plotly);
        Formatter.Register<GenericChart>((chart, writer) => writer.Write(chart.ToDeepNotes().ToSvg()), MimeTypes.Svg);
        Formatter.Register<GenericChart>((chart, writer) => writer.Write(chart.ToDeepNotes().ToPlainText()), MimeTypes.PlainText);
        Formatter.SetPreferredMimeTypesFor(typeof(GenericChart), LibraryFormatters.ChartMimeTypes(Environment.GetCommandLineArgs()));
    }
}
