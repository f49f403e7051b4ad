package redress.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** What is made to do harm is refused with its reason, or made harmless; within little memory, and leaving nothing. */
class AttackTest {
  private static final String LITTLE_MEMORY = "-Xmx64m";
  private static final int SECONDS = 180;

  /** What was said of an attack, and how long it took. */
  record Said(Attack attack, String reason, String words, long millis) {
    @Override public String toString() { return attack + " " + reason + " (" + words + ") after " + millis + " ms"; }

    boolean isRight() {
      if (attack.isMadeHarmless()) return reason.isEmpty() && isHarmless(words);
      return attack.reasons().stream().anyMatch(it -> it.name().equals(reason)) && !words.isBlank();
    }
  }

  @TempDir Path folder;
  @TempDir Path temporary;

  @Test void all_attacks_are_refused_for_their_reason_or_made_harmless(TestReporter reporter) throws Exception {
    var attacks = Attacks.all();
    assertThat(attacks).hasSizeGreaterThanOrEqualTo(250);
    assertThat(attacks.stream().map(Attack::kind).distinct()).hasSizeGreaterThanOrEqualTo(25);
    var said = run(attacks);
    assertThat(said).hasSameSizeAs(attacks);
    assertThat(said.stream().filter(it -> !it.isRight())).isEmpty();
    assertThat(Files.readString(folder.resolve("verdicts")).lines().filter(line -> line.endsWith("shown")).count())
        .isGreaterThanOrEqualTo(60);
    assertThat(temporary).isEmptyDirectory();
    var slowest = said.stream().max(java.util.Comparator.comparingLong(Said::millis)).orElseThrow();
    reporter.publishEntry("attacks", attacks.size() + " of " + attacks.stream().map(Attack::kind).distinct().count()
        + " kinds, slowest: " + slowest);
  }

  /** Looks at all of them in a process of their own, whose whole heap is 64 MB. */
  private List<Said> run(List<Attack> attacks) throws Exception {
    var list = new StringBuilder();
    for (int i = 0; i < attacks.size(); i++) {
      var attack = attacks.get(i);
      Files.write(folder.resolve("f" + i), attack.bytes().get());
      list.append("f").append(i).append('\t').append(AttackRun.encoded(attack.name())).append('\t').append(AttackRun
          .encoded(attack.type())).append('\n');
    }
    Files.writeString(folder.resolve("list"), list);
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var log = folder.resolve("log");
    var process = new ProcessBuilder(java, LITTLE_MEMORY, "-XX:+UseSerialGC", "-Djava.io.tmpdir=" + temporary, "-cp",
        System.getProperty("java.class.path"), AttackRun.class.getName(), folder.toString()).redirectErrorStream(true)
        .redirectOutput(log.toFile()).start();
    try {
      assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(Files.readString(log)).isZero();
    return verdicts(attacks);
  }

  private List<Said> verdicts(List<Attack> attacks) throws IOException {
    var said = new ArrayList<Said>();
    for (var line : Files.readAllLines(folder.resolve("verdicts"))) {
      var cells = line.split("\t", -1);
      said.add(new Said(attacks.get(Integer.parseInt(cells[0].substring(1))), cells[2], AttackRun.decoded(cells[3]),
          Long.parseLong(cells[1])));
    }
    return said;
  }

  /** One part of a path, short, seen by everybody, with an ending that is taken, and no device or hidden file. */
  static boolean isHarmless(String name) {
    return name.length() <= 130 && name.matches("[^\\x00-\\x1F\\x7F\\\\/:*?\"<>|\\u200B-\\u200F\\u202A-\\u202E"
        + "\\u2066-\\u2069]+\\.(jpg|jpeg|png|gif|webp|pdf|txt|mp4|log)") && !name.startsWith(".") && !name.startsWith(
            " ")
        && !name.matches("(?i)(con|prn|aux|nul|clock\\$|com\\d|lpt\\d)\\..*")
        && FileName.attachment(name).matches("attachment; filename=\"[\\x20-\\x7E&&[^\"\\\\]]+\"; "
            + "filename\\*=UTF-8''([A-Za-z0-9._~-]|%[0-9A-F]{2})+");
  }

  @Test void every_reason_is_given_for_some_attack_or_has_a_test_of_its_own() {
    var given = Attacks.all().stream().flatMap(attack -> attack.reasons().stream()).collect(Collectors.toSet());
    assertThat(Reason.values()).filteredOn(reason -> !given.contains(reason))
        .containsExactly(Reason.NAME_HOLDS_CARD, Reason.SCANNER_AWAY);
  }
}
