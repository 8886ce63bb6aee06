using DeepNotes.Notebooks.Book;

namespace DeepNotes.Notebooks.Tests.Book;

public sealed class MarkdownTests
{
    [Theory]
    [InlineData("so $a_1 * b_1 * c$ is", "<p>so <span class=\"math\">a_1 * b_1 * c</span> is</p>")]
    [InlineData("$$\na\n= b\n+ c\n$$", "<div class=\"math display\">a\n= b\n+ c</div>")]
    [InlineData("$$ a\n= b\n- c $$", "<div class=\"math display\">a\n= b\n- c</div>")]
    [InlineData("$$a < b$$.", "<div class=\"math display\">a &lt; b.</div>")]
    [InlineData("then $$a$$ holds", "<p>then <span class=\"math display\">a</span> holds</p>")]
    [InlineData("$$a$$ and $$b$$ hold", "<p><span class=\"math display\">a</span> and <span class=\"math display\">b</span> hold</p>")]
    [InlineData("from \\$3 to \\$4", "<p>from $3 to $4</p>")]
    [InlineData("`$not$`", "<p><code>$not$</code></p>")]
    [InlineData("<div>by $x < y$ too</div>", "<div>by <span class=\"math\">x &lt; y</span> too</div>")]
    [InlineData("\\begin{align}\na &= b \\\\\nc &= d\n\\end{align}", "<div class=\"math display\">\\begin{align}\na &amp;= b \\\\\nc &amp;= d\n\\end{align}</div>")]
    [InlineData("so\n\\begin{gather*}\n= b \\\\\n- c\n\\end{gather*}\nholds", "<p>so</p>\n<div class=\"math display\">\\begin{gather*}\n= b \\\\\n- c\n\\end{gather*}</div>\n<p>holds</p>")]
    [InlineData("so \\begin{equation}a\\end{equation} holds", "<p>so <span class=\"math display\">\\begin{equation}a\\end{equation}</span> holds</p>")]
    [InlineData("\\begin{equation}\n\\begin{aligned}\na\n\\end{aligned}\n\\label{eq:x}\n\\end{equation}", "<div class=\"math display\">\\begin{equation}\n\\begin{aligned}\na\n\\end{aligned}\n\n\\end{equation}</div>")]
    [InlineData("\\begin{eqnarray}\na &=& b\n\\end{eqnarray}", "<div class=\"math display\">\\begin{array}{rcl}\na &amp;=&amp; b\n\\end{array}</div>")]
    [InlineData("\\[\na = b \\\\\n+ c\n\\]", "<div class=\"math display\">a = b \\\\\n+ c</div>")]
    [InlineData("\\\\[ x^2 \\\\]", "<div class=\"math display\">x^2</div>")]
    [InlineData("where \\(x_1\\) is and \\\\(y\\\\) too", "<p>where <span class=\"math\">x_1</span> is and <span class=\"math\">y</span> too</p>")]
    [InlineData("\\[not a link\\](x) and \\(an aside\\)", "<p>[not a link](x) and (an aside)</p>")]
    [InlineData("\\begin{align} without an end\n\nNext.", "<p>\\begin{align} without an end</p>\n<p>Next.</p>")]
    [InlineData("`\\begin{align}a\\end{align}`", "<p><code>\\begin{align}a\\end{align}</code></p>")]
    public void Formulas_become_elements_that_the_page_draws(string markdown, string html) => Assert.Equal(html, Render(markdown));

    [Theory]
    [InlineData("It is <!--=loss:F2-->3.47<!--/-->.", "<p>It is 3.47.</p>")]
    [InlineData("<!--=loss-->3.47<!--/--> it is", "<p>3.47 it is</p>")]
    [InlineData("$x = <!--=loss-->3.47<!--/-->$", "<p><span class=\"math\">x = 3.47</span></p>")]
    [InlineData("```\n<!--=loss-->3.47<!--/-->\n```", "<pre><code>&lt;!--=loss--&gt;3.47&lt;!--/--&gt;\n</code></pre>")]
    public void A_quoted_figure_is_just_the_figure(string markdown, string html) => Assert.Equal(html, Render(markdown));

    [Theory]
    [InlineData("<details>\n<summary>Why $x$, **why**?</summary>\nBecause *so*.\n\n$$y$$\n</details>")]
    [InlineData("<details>\n\n<summary>Why $x$, **why**?</summary>\n\nBecause *so*.\n\n$$y$$\n\n</details>")]
    [InlineData("<details><summary>\nWhy $x$, **why**?\n</summary>\nBecause *so*.\n\n$$\ny\n$$\n</details>")]
    public void A_collapsible_element_can_contain_Markdown(string markdown)
    {
        var html = Render(markdown);

        Assert.Contains("<summary>Why <span class=\"math\">x</span>, <strong>why</strong>?</summary>", html, StringComparison.Ordinal);
        Assert.Contains("<p>Because <em>so</em>.</p>", html, StringComparison.Ordinal);
        Assert.Contains("<div class=\"math display\">y</div>", html, StringComparison.Ordinal);
        Assert.EndsWith("</details>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_collapsible_element_in_code_stays_code() =>
        Assert.Equal("<pre><code class=\"language-html\">&lt;details&gt;\n</code></pre>", Render("```html\n<details>\n```"));

    private static string Render(string markdown) => MarkdownDialect.Render(MarkdownDialect.Parse(markdown)).Trim();
}
