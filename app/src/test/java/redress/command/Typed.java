package redress.command;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.regex.Pattern;
import redress.Redress;

/** What a command said after it was typed, and its exit code. */
record Typed(int exit, String words) {
  static Typed of(String... args) {
    var words = new StringWriter();
    var writer = new PrintWriter(words);
    int exit = Terminal.of(Redress.class).setOut(writer).setErr(writer).execute(args);
    writer.flush();
    return new Typed(exit, words.toString());
  }

  String lastLine() {
    return words.lines().toList().getLast();
  }

  /** A figure of the last line. */
  long figure(String name) {
    var found = Pattern.compile("\\b" + name + "=(\\d+)").matcher(lastLine());
    if (!found.find()) throw new AssertionError(name + " is not in " + lastLine());
    return Long.parseLong(found.group(1));
  }
}
