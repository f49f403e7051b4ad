package redress.admission;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/**
 * A program of its own, so that it has a heap of its own: looks at the files of a folder, which are listed with name
 * and type, draws previews of those that come in, and writes down each verdict with the milliseconds it took.
 */
final class AttackRun {
  private AttackRun() {}

  public static void main(String[] args) throws IOException {
    var folder = Path.of(args[0]);
    var admission = new Admission(Limits.STANDARD, Scanner.NONE);
    var previews = new Previews(Limits.STANDARD);
    try (var out = Files.newBufferedWriter(folder.resolve("verdicts"))) {
      for (var line : Files.readAllLines(folder.resolve("list"))) {
        var cells = line.split("\t", -1);
        one(admission, previews, folder.resolve(cells[0]), decoded(cells[1]), decoded(cells[2]), out);
      }
    }
  }

  private static void one(Admission admission, Previews previews, Path file, String name, String type,
      BufferedWriter out)
      throws IOException {
    long began = System.nanoTime();
    var verdict = switch (admission.inspect(file, name, type)) {
      case Verdict.Refused it -> it.reason() + "\t" + encoded(it.detail());
      case Verdict.Admitted it -> {
        boolean isShown = previews.png(file, it.mediaType()).isPresent();
        yield "\t" + encoded(it.safeName()) + (isShown ? "\tshown" : "");
      }
    };
    out.write(file.getFileName() + "\t" + (System.nanoTime() - began) / 1_000_000 + "\t" + verdict + "\n");
  }

  static String encoded(String text) { return Base64.getEncoder().encodeToString(text.getBytes(UTF_8)); }

  static String decoded(String text) { return new String(Base64.getDecoder().decode(text), UTF_8); }
}
