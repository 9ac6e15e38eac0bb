"""Pages and feeds written for the tests: every way of putting a formula or a listing on a page."""

from __future__ import annotations

import html
import json

KATEX = (
    '<span class="katex"><span class="katex-mathml"><math xmlns="http://www.w3.org/1998/Math/MathML"><semantics><mrow>'
    '<msub><mi>m</mi><mi>t</mi></msub></mrow><annotation encoding="application/x-tex">{tex}</annotation></semantics>'
    '</math></span><span class="katex-html" aria-hidden="true"><span class="base"><span class="mord">m</span>'
    '<span class="mord">t</span></span></span></span>'
)
KATEX_BLOCK = '<span class="katex-display">' + KATEX + "</span>"
MATHJAX_2 = (
    '<span class="MathJax_Preview"></span><span class="MathJax" id="MathJax-Element-1-Frame"><nobr><span class="math">'
    '<span class="mi">v</span><span class="mi">t</span></span></nobr></span><script type="math/tex{mode}">{tex}</script>'
)
MATHJAX_3 = (
    '<mjx-container class="MathJax" jax="CHTML"{display}><mjx-math class="MJX-TEX" aria-hidden="true"><mjx-mi>'
    '<mjx-c class="mjx-c1D453"></mjx-c></mjx-mi></mjx-math><mjx-assistive-mml unselectable="on"><math '
    'xmlns="http://www.w3.org/1998/Math/MathML">{mathml}</math></mjx-assistive-mml></mjx-container>'
)
FRACTION = (
    "<mfrac><mrow><mi>k</mi><mo>−</mo><mn>1</mn></mrow><msub><mi>s</mi><mi>l</mi></msub></mfrac><mo>≤</mo><msqrt>"
    "<mi>θ</mi></msqrt>"
)
WIKIPEDIA = (
    '<span class="mwe-math-element"><span class="mwe-math-mathml-inline mwe-math-mathml-a11y" style="display: none;">'
    '<math xmlns="http://www.w3.org/1998/Math/MathML" alttext="{{\\displaystyle {tex}}}"><semantics><mrow><mi>x</mi></mrow>'
    '<annotation encoding="application/x-tex">{{\\displaystyle {tex}}}</annotation></semantics></math></span>'
    '<img src="https://wikimedia.example/svg/abc" class="mwe-math-fallback-image-inline" alt="{{\\displaystyle {tex}}}"/></span>'
)
ZHIHU_IMAGE = '<img src="https://www.zhihu.com/equation?tex=r_%7Bl-1%7D" alt="{tex}" eeimg="1"/>'
ZHIHU_SPAN = '<span class="ztext-math" data-eeimg="1" data-tex="{tex}"></span>'
HEXO = (
    '<figure class="highlight python"><table><tr><td class="gutter"><pre><span class="line">1</span><br><span class="line">'
    '2</span><br><span class="line">3</span><br></pre></td><td class="code"><pre>{lines}</pre></td></tr></table></figure>'
)
CODE = "def soft(x):\n    if x < 0 and x > -1:\n        return x_1 * y_2\n    return 0"

MUST_KEEP = {
    "raw inline": r"p_{\theta}(z)", "raw block": r"\int_a^b f(z)\,dz \le C", "raw dollar": "a_1 < a_2",
    "raw dollars": r"\sum_{i=1}^n x_i^2", "environment": r"\begin{align} a &= b \\ c &< d \end{align}",
    "katex inline": r"m_t = \beta_1 m_{t-1}", "katex block": r"\hat{m}_t = \frac{m_t}{1-\beta_1^t}",
    "mathjax 2 inline": r"v_t < \epsilon", "mathjax 2 block": r"v_t = \beta_2 v_{t-1} + (1-\beta_2) g_t^2",
    "mathjax 3": r"\frac{k-1}{s_{l}}\le\sqrt{\theta}", "mathml": r"e^{-x}", "wikipedia": r"\sigma(x)={\frac {1}{1+e^{-x}}}",
    "zhihu image": r"r_{l-1} = s_l r_l + (k_l - s_l)", "zhihu span": r"\nabla_\theta J(\theta)",
    "code": CODE, "hexo code": "for i in range(n):\n    total += w[i] * x[i]\nprint(total)", "inline code": "`np.argmax(x, axis=1)`",
    "table": "| 0.9 |", "list": "second thing in the list", "price": "$5 and $10", "less": "n < k",
    "chinese": "偏置的大小控制着激活这个感知器的难度", "last": "The last sentence of the text stands here.",
}  # fmt: skip
MUST_DROP = ("A link to somewhere else", "Copyright of nobody", "Menu entry")


def page(charset: str = "utf-8", *, declared: bool = True) -> bytes:
    """A blog post with everything in it."""
    tex = MUST_KEEP
    hexo = "".join(
        f'<span class="line">{html.escape(line)}</span><br>' for line in tex["hexo code"].split("\n")
    )  # fmt: skip
    meta = f'<meta charset="{charset}">' if declared else ""
    filler = (
        "This sentence is here so that the text is long enough to be taken for the main text of a page by any program "
        "that looks for it, and it says so in plain words. "
    )
    body = f"""<!DOCTYPE html>
<html lang="zh"><head>{meta}<title>Of keeping formulas | A blog</title>
<meta property="article:published_time" content="2026-03-01T08:00:00+08:00"></head>
<body><nav><ul><li><a href="/a">Menu entry one</a></li><li><a href="/b">Menu entry two</a></li></ul></nav>
<main><article><h1>Of keeping formulas</h1>
<p>{filler}The density \\({tex["raw inline"]}\\) is written raw, and so is</p>
<p>\\[{html.escape(tex["raw block"])}\\]</p>
<p>With dollars it is ${html.escape(tex["raw dollar"])}$ in the line. It costs $5 and $10. {filler}</p>
<p>$$<br/>{tex["raw dollars"]}<br/>$$</p>
<p>{html.escape(tex["environment"])}</p>
<h2>Drawn formulas</h2>
<p>KaTeX writes {KATEX.format(tex=tex["katex inline"])} in the line. {filler}</p>
<p>{KATEX_BLOCK.format(tex=tex["katex block"])}</p>
<p>MathJax 2 writes {MATHJAX_2.format(mode="", tex=tex["mathjax 2 inline"])} beside its drawing. {filler}</p>
<div>{MATHJAX_2.format(mode="; mode=display", tex=tex["mathjax 2 block"])}</div>
<p>MathJax 3 writes {MATHJAX_3.format(display="", mathml=FRACTION)} for people who can't see it.</p>
<p>By hand it is <math><msup><mi>e</mi><mrow><mo>-</mo><mi>x</mi></mrow></msup></math> and at an encyclopedia
{WIKIPEDIA.format(tex=tex["wikipedia"])} is usual. {filler}</p>
<p>知乎上是 {ZHIHU_IMAGE.format(tex=tex["zhihu image"])} 和 {ZHIHU_SPAN.format(tex=tex["zhihu span"])} 这样的公式。</p>
<h2>Listings</h2>
<pre><code class="language-python">{html.escape(tex["code"])}</code></pre>
<p>{filler} The same with numbered lines:</p>
{HEXO.format(lines=hexo)}
<p>Inline it is <code>np.argmax(x, axis=1)</code>, and while n < k it goes on. {filler}</p>
<table><tr><th>beta</th><th>meaning</th></tr><tr><td>0.9</td><td>first moment</td></tr></table>
<ul><li>first thing in the list</li><li>second thing in the list</li></ul>
<p>偏置的大小控制着激活这个感知器的难度，阈值越大，想激活这个感知器的难度越大。{filler}</p>
<p>{tex["last"]}</p></article></main>
<aside><p><a href="/c">A link to somewhere else</a></p></aside>
<footer><p>Copyright of nobody, all rights given away.</p></footer></body></html>"""
    return body.replace("\u2212", "&#8722;").encode(charset)


ITEMS = (
    ("感受野怎么算", "https://example.org/rf", "<p>感受野 \\(r_n = 1 + \\sum_l (k_l-1)\\) 与步长有关，&lt; 号要保留。</p>"),
    ("Adam & AdamW", "https://example.org/adam", "<p>The decay is taken <b>out of the loss</b>.</p><pre><code>x = a &lt; b</code></pre>"),
)  # fmt: skip


def feed(shape: str, title: str = "一个博客", items: tuple[tuple[str, str, str], ...] = ITEMS) -> str:
    """A feed of a shape: rss091, rss092, rss10, rss20, atom, json."""
    if shape == "json":
        entries = [{"id": link, "url": link, "title": name, "content_html": body, "date_published": "2026-02-03T04:05:06Z"}
                   for name, link, body in items]  # fmt: skip
        return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": title, "items": entries})
    e = html.escape
    if shape == "atom":
        entries_ = "".join(
            f'<entry><id>{link}</id><title type="html">{e(e(name))}</title><link href="{link}"/>'
            f"<published>2026-02-03T04:05:06Z</published><updated>2026-02-03T04:05:06Z</updated>"
            f'<content type="html">{e(body)}</content></entry>'
            for name, link, body in items
        )
        return f'<feed xmlns="http://www.w3.org/2005/Atom"><title>{e(title)}</title><id>urn:x</id>{entries_}</feed>'
    if shape == "rss10":
        entries_ = "".join(
            f'<item rdf:about="{link}"><title>{e(name)}</title><link>{link}</link><dc:date>2026-02-03T04:05:06Z</dc:date>'
            f"<content:encoded><![CDATA[{body}]]></content:encoded></item>"
            for name, link, body in items
        )
        return (
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
            f'<channel rdf:about="https://example.org/"><title>{e(title)}</title><link>https://example.org/</link></channel>'
            f"{entries_}</rdf:RDF>"
        )
    doctype = (
        '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">'
        if shape == "rss091" else ""
    )  # fmt: skip
    version = {"rss091": "0.91", "rss092": "0.92", "rss20": "2.0"}[shape]
    date = "<pubDate>Tue, 03 Feb 2026 04:05:06 GMT</pubDate>" if shape == "rss20" else ""
    entries_ = "".join(
        f"<item><title>{e(name)}</title><link>{link}</link>{date}<description>{e(body)}</description></item>"
        for name, link, body in items
    )
    return (
        f'{doctype}<rss version="{version}"><channel><title>{e(title)}</title><link>https://example.org/</link>'
        f"<description>d</description>{entries_}</channel></rss>"
    )
