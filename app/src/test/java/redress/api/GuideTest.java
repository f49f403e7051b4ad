package redress.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import redress.api.Server.Reply;
import redress.policy.Role;

/** The examples of docs/integrator.md, sent one after another as they stand there. */
class GuideTest {
  private static final Path GUIDE = Path.of("..", "docs", "integrator.md");
  private static final Pattern BLOCK = Pattern.compile("```sh\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern KEPT =
      Pattern.compile("(\\w+)=\\$\\((.*?) \\| jq -r \\.([\\w.\\[\\]]+)\\)", Pattern.DOTALL);
  private static final Pattern WORD =
      Pattern.compile("'([^']*)'|\"([^\"]*)\"|([^\\s'\"]+)", Pattern.DOTALL);
  /** The file the examples send. */
  private static final String CHAT = "What we wrote to each other.";
  private static final Pattern VARIABLE = Pattern.compile("\\$(\\w+)");

  private final Map<String, String> variables = new HashMap<>();

  @Test void its_examples_work_from_top_to_bottom_and_end_with_a_promise_kept() throws IOException {
    try (var server = new Server()) {
      variables.put("URL", "");
      variables.put("ADMIN", server.key(Role.ADMIN, "admin-1"));
      Reply last = null;
      var examples = examples();
      for (var example : examples) {
        var reply = run(server, example);
        assertThat(reply.status()).as(example + "\n" + reply.text()).isBetween(200, 299);
        if (example.endsWith("| jq .outcome")) last = reply;
      }
      assertThat(examples).hasSizeGreaterThanOrEqualTo(15);
      assertThat(last).isNotNull();
      assertThat(last.json().path("outcome").asString()).isEqualTo("SETTLED_FULFILLED");
    }
  }

  private static List<String> examples() throws IOException {
    return BLOCK.matcher(Files.readString(GUIDE)).results()
        .flatMap(block -> List.of(block.group(1).strip().split("\\n\\n")).stream()).toList();
  }

  private Reply run(Server server, String example) {
    var kept = KEPT.matcher(example);
    if (!kept.matches()) return send(server, example);
    var reply = send(server, kept.group(2));
    var place = "/" + kept.group(3).replace("[", "/").replace("]", "").replace('.', '/');
    variables.put(kept.group(1), reply.json().at(place).asString());
    return reply;
  }

  /** What curl would send. */
  private Reply send(Server server, String curl) {
    var words = words(curl.replace("\\\n", " ").replaceFirst(" \\| jq .*", ""));
    String method = "";
    String path = "";
    String body = null;
    String secret = null;
    var headers = new ArrayList<String>();
    var option = "";
    for (var word : words) {
      switch (option) {
        case "-X" -> method = word;
        case "-d" -> body = word;
        case "-F" -> {
          body = new String(Courier.body(List.of(Courier.Sent.text("chat.txt", CHAT))), StandardCharsets.UTF_8);
          headers.addAll(List.of("Content-Type", "multipart/form-data; boundary=" + Courier.boundary()));
        }
        case "--data-binary" -> body = CHAT;
        case "-H" -> {
          var header = word.split(": ", 2);
          if (header[0].equals("Authorization")) secret = header[1].substring("Bearer ".length());
          else headers.addAll(List.of(header));
        }
        default -> path = word.startsWith("/") ? word : path;
      }
      option = word;
    }
    var verb = !method.isEmpty() ? method : body == null ? "GET" : "POST";
    return server.send(verb, secret, path, body, headers.toArray(String[]::new));
  }

  /** The words of a line as the shell reads them: what stands together is one. */
  private List<String> words(String line) {
    var all = new ArrayList<String>();
    var found = WORD.matcher(line);
    for (int end = -1; found.find(); end = found.end()) {
      if (found.start() == end) all.add(all.removeLast() + word(found));
      else all.add(word(found));
    }
    return all;
  }

  /** A word as the shell reads it: variables stand for what they hold, but not between single quotes. */
  private String word(Matcher word) {
    if (word.group(1) != null) return word.group(1);
    var text = word.group(2) != null ? word.group(2) : word.group(3);
    return VARIABLE.matcher(text).replaceAll(it -> Matcher.quoteReplacement(variables.getOrDefault(it.group(1), "?")));
  }
}
