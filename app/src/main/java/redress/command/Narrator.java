package redress.command;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Tells a story on the terminal, step by step with the simulated date, and counts what it told. */
final class Narrator {
  private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE d MMM yyyy HH:mm", Locale.ENGLISH);
  private static final String BOLD = "1";
  private static final String DIM = "2";
  private static final String GREEN = "32";
  private static final String CYAN = "36";

  private final PrintWriter out;
  private final boolean colour;
  private final ZoneId zone;
  private int scenes;
  private int steps;
  private int notices;
  private Duration told = Duration.ZERO;

  Narrator(PrintWriter out, boolean colour, ZoneId zone) {
    this.out = out;
    this.colour = colour;
    this.zone = zone;
  }

  void scene(String title) {
    scenes++;
    say("");
    say(paint(BOLD, "Scene " + scenes + ": " + title));
    say("");
  }

  /** Somebody does something. */
  void step(Instant at, String who, String what) {
    steps++;
    say(paint(CYAN, DATE.format(at.atZone(zone))) + "  " + paint(BOLD, who) + " " + what);
  }

  /** What it comes to. */
  void result(String what) {
    say(" ".repeat(DATE.format(Instant.EPOCH.atZone(zone)).length()) + "  " + paint(GREEN, "→ " + what));
  }

  /** A notice as it was delivered, or only its heading. */
  void notice(String to, String subject, String text) {
    say("    " + paint(DIM, "┌ notice to " + to + ": " + subject));
    for (var line : text.lines().toList()) say("    " + paint(DIM, "│ ") + line);
    say("    " + paint(DIM, "└"));
  }

  void noticed(int count) {
    notices += count;
  }

  void passed(Duration time) {
    told = told.plus(time);
  }

  void say(String line) {
    out.println(line);
    out.flush();
  }

  int scenes() {
    return scenes;
  }

  int steps() {
    return steps;
  }

  int notices() {
    return notices;
  }

  /** How many days of the people's lives were told. */
  long days() {
    return told.toDays();
  }

  private String paint(String code, String text) {
    return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
