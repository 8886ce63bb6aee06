using System.Diagnostics.CodeAnalysis;

namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>The elements of HTML and SVG as <see cref="PocketView"/>s: <c>using static</c> this class.</summary>
[SuppressMessage("Naming", "CA1708", Justification = "The API of .NET Interactive.")]
public static class PocketViewTags
{
    /// <summary>Creates any other element: <c>_.marquee("text")</c>; invoked directly, a list of elements.</summary>
    public static dynamic _ => new PocketView();

    public static dynamic br => new PocketView(nameof(br));

    public static dynamic a => new PocketView(nameof(a));

    public static dynamic abbr => new PocketView(nameof(abbr));

    public static dynamic address => new PocketView(nameof(address));

    public static dynamic area => new PocketView(nameof(area));

    public static dynamic article => new PocketView(nameof(article));

    public static dynamic aside => new PocketView(nameof(aside));

    public static dynamic audio => new PocketView(nameof(audio));

    public static dynamic b => new PocketView(nameof(b));

    public static dynamic blockquote => new PocketView(nameof(blockquote));

    public static dynamic body => new PocketView(nameof(body));

    public static dynamic button => new PocketView(nameof(button));

    public static dynamic canvas => new PocketView(nameof(canvas));

    public static dynamic caption => new PocketView(nameof(caption));

    public static dynamic center => new PocketView(nameof(center));

    public static dynamic circle => new PocketView(nameof(circle));

    public static dynamic cite => new PocketView(nameof(cite));

    public static dynamic code => new PocketView(nameof(code));

    public static dynamic col => new PocketView(nameof(col));

    public static dynamic colgroup => new PocketView(nameof(colgroup));

    public static dynamic dd => new PocketView(nameof(dd));

    public static dynamic del => new PocketView(nameof(del));

    public static dynamic details => new PocketView(nameof(details));

    public static dynamic dfn => new PocketView(nameof(dfn));

    public static dynamic div => new PocketView(nameof(div));

    public static dynamic dl => new PocketView(nameof(dl));

    public static dynamic dt => new PocketView(nameof(dt));

    public static dynamic em => new PocketView(nameof(em));

    public static dynamic fieldset => new PocketView(nameof(fieldset));

    public static dynamic figcaption => new PocketView(nameof(figcaption));

    public static dynamic figure => new PocketView(nameof(figure));

    public static dynamic font => new PocketView(nameof(font));

    public static dynamic footer => new PocketView(nameof(footer));

    public static dynamic form => new PocketView(nameof(form));

    public static dynamic g => new PocketView(nameof(g));

    public static dynamic h1 => new PocketView(nameof(h1));

    public static dynamic h2 => new PocketView(nameof(h2));

    public static dynamic h3 => new PocketView(nameof(h3));

    public static dynamic h4 => new PocketView(nameof(h4));

    public static dynamic h5 => new PocketView(nameof(h5));

    public static dynamic h6 => new PocketView(nameof(h6));

    public static dynamic head => new PocketView(nameof(head));

    public static dynamic header => new PocketView(nameof(header));

    public static dynamic hgroup => new PocketView(nameof(hgroup));

    public static dynamic hr => new PocketView(nameof(hr));

    public static dynamic html => new PocketView(nameof(html));

    public static dynamic i => new PocketView(nameof(i));

    public static dynamic iframe => new PocketView(nameof(iframe));

    public static dynamic img => new PocketView(nameof(img));

    public static dynamic input => new PocketView(nameof(input));

    public static dynamic ins => new PocketView(nameof(ins));

    public static dynamic kbd => new PocketView(nameof(kbd));

    public static dynamic label => new PocketView(nameof(label));

    public static dynamic legend => new PocketView(nameof(legend));

    public static dynamic li => new PocketView(nameof(li));

    public static dynamic line => new PocketView(nameof(line));

    public static dynamic link => new PocketView(nameof(link));

    public static dynamic main => new PocketView(nameof(main));

    public static dynamic mark => new PocketView(nameof(mark));

    public static dynamic menu => new PocketView(nameof(menu));

    public static dynamic menuitem => new PocketView(nameof(menuitem));

    public static dynamic meta => new PocketView(nameof(meta));

    public static dynamic meter => new PocketView(nameof(meter));

    public static dynamic nav => new PocketView(nameof(nav));

    public static dynamic ol => new PocketView(nameof(ol));

    public static dynamic optgroup => new PocketView(nameof(optgroup));

    public static dynamic option => new PocketView(nameof(option));

    public static dynamic p => new PocketView(nameof(p));

    public static dynamic path => new PocketView(nameof(path));

    public static dynamic pre => new PocketView(nameof(pre));

    public static dynamic progress => new PocketView(nameof(progress));

    public static dynamic q => new PocketView(nameof(q));

    public static dynamic rect => new PocketView(nameof(rect));

    public static dynamic samp => new PocketView(nameof(samp));

    public static dynamic script => new PocketView(nameof(script));

    public static dynamic section => new PocketView(nameof(section));

    public static dynamic select => new PocketView(nameof(select));

    public static dynamic small => new PocketView(nameof(small));

    public static dynamic source => new PocketView(nameof(source));

    public static dynamic span => new PocketView(nameof(span));

    public static dynamic strike => new PocketView(nameof(strike));

    public static dynamic strong => new PocketView(nameof(strong));

    public static dynamic style => new PocketView(nameof(style));

    public static dynamic sub => new PocketView(nameof(sub));

    public static dynamic summary => new PocketView(nameof(summary));

    public static dynamic sup => new PocketView(nameof(sup));

    public static dynamic svg => new PocketView(nameof(svg));

    public static dynamic table => new PocketView(nameof(table));

    public static dynamic tbody => new PocketView(nameof(tbody));

    public static dynamic td => new PocketView(nameof(td));

    public static dynamic text => new PocketView(nameof(text));

    public static dynamic textarea => new PocketView(nameof(textarea));

    public static dynamic tfoot => new PocketView(nameof(tfoot));

    public static dynamic th => new PocketView(nameof(th));

    public static dynamic thead => new PocketView(nameof(thead));

    public static dynamic time => new PocketView(nameof(time));

    public static dynamic title => new PocketView(nameof(title));

    public static dynamic tr => new PocketView(nameof(tr));

    public static dynamic u => new PocketView(nameof(u));

    public static dynamic ul => new PocketView(nameof(ul));

    public static dynamic video => new PocketView(nameof(video));
}
