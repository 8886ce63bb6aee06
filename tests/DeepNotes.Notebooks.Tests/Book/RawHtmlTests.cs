using CsCheck;
using DeepNotes.Notebooks.Book;

namespace DeepNotes.Notebooks.Tests.Book;

public sealed class RawHtmlTests
{
    [Theory]
    [InlineData("<b>a</b> < 3 & <br/>", "<b>a</b> &lt; 3 & <br>")]
    [InlineData("<DIV ALIGN='center' id=x>a</DIV >", "<div align=\"center\" id=\"x\">a</div>")]
    [InlineData("<details open><summary>s</summary>", "<details open><summary>s</summary>")]
    [InlineData("<p title='\"><script>'>x", "<p title=\"&quot;&gt;&lt;script&gt;\">x")]
    [InlineData("a <!-- <img src=x onerror=alert(1)> --> b", "a  b")]
    public void What_runs_nothing_is_kept(string html, string expected) => Assert.Equal(expected, RawHtml.Clean(html));

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<SCRIPT\n>alert(1)</SCRIPT\n>")]
    [InlineData("<scr<script>ipt>alert(1)</script>")]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("<<x>img src=x onerror=alert(1)>")]
    [InlineData("<<!-- -->img src=x onerror=alert(1)>")]
    [InlineData("<img src=x onerror=alert(1)")]
    [InlineData("<img src=\"x\"onerror=alert(1)>")]
    [InlineData("<img/src=x/onerror=alert(1)>")]
    [InlineData("<img title=\"a>b\" onerror='alert(1)'>")]
    [InlineData("<img name=currentScript data-plotly=//example.org/x.js>")]
    [InlineData("<a href=\"javascript:alert(1)\">x</a>")]
    [InlineData("<a href=\" java\nscript:alert(1)\">x</a>")]
    [InlineData("<a href=\"&#106;avascript:alert(1)\">x</a>")]
    [InlineData("<a href=\"data:text/html,<script>alert(1)</script>\">x</a>")]
    [InlineData("<a href=\"vbscript:x\">x</a>")]
    [InlineData("<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>")]
    [InlineData("<svg onload=alert(1)>")]
    [InlineData("<svg><script>alert(1)</script></svg>")]
    [InlineData("<math><mtext></p><img src onerror=alert(1)></math>")]
    [InlineData("<object data=x.html></object><embed src=x.html><base href=//example.org><meta http-equiv=refresh content=0>")]
    [InlineData("<form action=javascript:alert(1)><button formaction=javascript:alert(1)>x</button></form>")]
    [InlineData("<!--><img src=x onerror=alert(1)>")]
    [InlineData("<style>@import 'x'</style><link rel=stylesheet href=x>")]
    [InlineData("<video poster=javascript:alert(1) onplay=alert(1)><source onerror=alert(1)>")]
    [InlineData("<details ontoggle=alert(1) open>")]
    [InlineData("<textarea></textarea><img src=x onerror=alert(1)>")]
    public void Active_content_is_removed(string html)
    {
        var page = new AngleSharp.Html.Parser.HtmlParser().ParseDocument($"<body>{RawHtml.Clean(html)}</body>");

        Assert.Empty(HostilePage.Dangers(page));
    }

    private static readonly string[] Pieces =
    [
        "<", ">", "\"", "'", "=", " ", "/", "\n", "\0", "x", "`", "&lt;", "&#106;", "<!--", "-->", "--!>", "<![CDATA[", "]]>", "<?", "<script>", "</script>", "<svg>", "</svg>", "<math>",
        "<mtext>", "<style>", "</style>", "<title>", "<table>", "<td>", "<template>", "<noscript>", "</noscript>", "<textarea>", "<xmp>", "<plaintext>", "<select>", "<p title=", "<a href=",
        "<img src=x onerror=alert(1)", "<iframe srcdoc=", "<form><button formaction=", "javascript:alert(1)", " onload=alert(1)", "<annotation-xml encoding=text/html>", "<a\thref=\"", "</p", "<b ",
    ];

    // Parsed twice by an HTML5 parser, because a browser parses the serialized result of the first pass again.
    [Fact]
    public void No_combination_of_active_content_survives() => Gen.Int[0, Pieces.Length - 1].Array[1, 16].Sample(pieces =>
    {
        var clean = RawHtml.Clean(string.Concat(pieces.Select(piece => Pieces[piece])));
        foreach (var html in new[] { clean, HtmlFragment.Whole(clean) })
        {
            Assert.Empty(HostilePage.Dangers(new AngleSharp.Html.Parser.HtmlParser().ParseDocument($"<body>{html}</body>")));
        }
    }, iter: 20_000);

    [Fact]
    public void Many_unclosed_tags_are_cleaned_in_linear_time()
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        RawHtml.Clean(string.Concat(Enumerable.Repeat("<a            ", 20_000)) + string.Concat(Enumerable.Repeat("<script", 20_000)));

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"{clock.Elapsed}");
    }
}
