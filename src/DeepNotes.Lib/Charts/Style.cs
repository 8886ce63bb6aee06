namespace DeepNotes;

/// <summary>Typography, colours and spacing of the SVG, in pixels.</summary>
internal static class Style
{
    public const string FontFamily = "Helvetica, Arial, 'Liberation Sans', 'Noto Sans CJK SC', 'Microsoft YaHei', sans-serif";

    public const double TitleSize = 19;
    public const double SubtitleSize = 14.5;
    public const double PanelTitleSize = 15;
    public const double AxisTitleSize = 14;
    public const double TickSize = 13;
    public const double LegendSize = 14;
    public const double LabelSize = 12.5;
    public const double LineHeight = 1.3;

    public const string Ground = "#ffffff";
    public const string TitleColor = "#16191d";
    public const string SubtitleColor = "#4b535d";
    public const string TextColor = "#2b3036";
    public const string AxisColor = "#5b636d";
    public const string ReferenceColor = "#7a828c";
    public const string StripeColor = "#ffffff";
    public const string GridColor = "#e4e7eb";

    public const double StrokeWidth = 2.2;
    public const double OutlineWidth = 1.5;
    public const double MarkerSize = 8;

    public const double Margin = 18;
    public const double Gap = 10;
    public const double PanelGap = 26;
    public const double TickLength = 5;
    public const double LineKeyWidth = 30;
    public const double MarkKeyWidth = 13;
    public const double ColorBarWidth = 14;

    public const double FigureWidth = 720;
    public const double WideFigureWidth = 960;
    public const double WidestFigure = 1200;
    public const double BodyHeight = 350;
    public const double PanelHeight = 290;
}
