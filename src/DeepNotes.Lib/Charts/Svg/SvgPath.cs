using System.Text;

namespace DeepNotes;

/// <summary>The data of an SVG path, rounded to hundredths of a pixel.</summary>
internal sealed class SvgPath
{
    private readonly StringBuilder _data = new();

    public bool IsEmpty => _data.Length == 0;

    public SvgPath MoveTo(double x, double y) => Point('M', x, y);

    public SvgPath LineTo(double x, double y) => Point('L', x, y);

    /// <summary>A stroke of zero length, which round caps make a disc.</summary>
    public void Dot(double x, double y)
    {
        Point('M', x, y);
        _data.Append("h0");
    }

    public void Rect(Box box)
    {
        Point('M', box.Left, box.Top);
        _data.Append('H').Append(SvgNumber.Format(box.Right))
            .Append('V').Append(SvgNumber.Format(box.Bottom))
            .Append('H').Append(SvgNumber.Format(box.Left)).Append('Z');
    }

    /// <summary>Appends another path, joined to this one by a line.</summary>
    public void Append(SvgPath next) => _data.Append(next.ToString().Replace('M', 'L'));

    public void Close() => _data.Append('Z');

    public override string ToString() => _data.ToString();

    private SvgPath Point(char command, double x, double y)
    {
        _data.Append(command).Append(SvgNumber.Format(x)).Append(' ').Append(SvgNumber.Format(y));
        return this;
    }
}
