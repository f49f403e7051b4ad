package redress.api;

import java.util.List;
import java.util.Map;
import org.springframework.web.util.HtmlUtils;
import redress.api.Operations.Operation;
import redress.verb.Body;
import redress.verb.Field;

/** The description of the API as one plain page: no script, nothing from elsewhere. */
final class DocsPage {
  private DocsPage() {}

  static String of(List<Operation> operations) {
    var page = new StringBuilder(HEAD);
    var last = "";
    for (var it : operations) {
      var noun = it.path().split("/", -1)[2];
      if (!noun.equals(last)) page.append("<h2>").append(noun).append("</h2>\n");
      last = noun;
      describe(it, page);
    }
    return page.append("</main></body></html>\n").toString();
  }

  private static void describe(Operation it, StringBuilder page) {
    page.append("<section id=\"").append(it.id()).append("\"><h3><code>")
        .append(it.method().toUpperCase(java.util.Locale.ROOT))
        .append(' ').append(it.path()).append("</code></h3><p>").append(text(it.summary())).append("</p>");
    page.append("<p class=\"who\">").append(it.who().isEmpty() ? "Anybody"
        : String.join(", ", it.who().stream().sorted().map(Enum::name).toList())).append("</p>");
    fields("Parameters", it.parameters(), page);
    if (it.body() != null && !it.body().equals(Operations.RAW)) fields("Body", it.body(), page);
    page.append("</section>\n");
  }

  private static void fields(String title, Map<String, Field> fields, StringBuilder page) {
    if (fields.isEmpty()) return;
    page.append("<table><caption>").append(title).append("</caption>");
    for (var field : fields.values()) {
      page.append("<tr><th scope=\"row\"><code>").append(field.name()).append("</code>")
          .append(field.required() ? " *" : "")
          .append("</th><td>").append(text(field.about()));
      if (!field.choices().isEmpty())
        page.append(" <small>").append(String.join(", ", field.choices())).append("</small>");
      page.append("</td></tr>");
    }
    page.append("</table>");
  }

  private static String text(String words) {
    return HtmlUtils.htmlEscape(words);
  }

  private static final String HEAD = """
      <!doctype html>
      <html lang="en"><head><meta charset="utf-8"><title>Redress API</title>
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <style>body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
      table{border-collapse:collapse;width:100%}caption{text-align:left;font-weight:600}
      th,td{text-align:left;vertical-align:top;border-top:1px solid #ccc;padding:.25rem .5rem}
      .who{color:#444}h3{margin-bottom:0}</style></head><body><main>
      <h1>Redress API</h1>
      <p>Machine-readable: <a href="/v1/openapi.json">OpenAPI 3.1</a>. The rules in force:
      <a href="/v1/rules">rules</a>. A star marks what must be there.</p>
      """;
}
