package redress.lab.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The document that figures are kept in, a section for each instrument that writes there. */
public final class FiguresFile {
  private static final String HEAD = """
      # Figures

      What was measured, on what, when and how to measure it again. Every section is written by the command it names
      and holds what that run saw, also where it falls short of what we aim for.
      """;

  private final Path file;

  public FiguresFile(Path file) {
    this.file = file;
  }

  /** The root of the sources that these classes were built from. */
  static Path root() {
    try {
      var classes = Path.of(FiguresFile.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      for (var folder = classes; folder != null; folder = folder.getParent()) {
        if (Files.exists(folder.resolve("mvnw"))) return folder;
      }
      return Path.of("").toAbsolutePath();
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The project's own. */
  public static FiguresFile ofProject() {
    return new FiguresFile(root().resolve("docs/figures.md"));
  }

  /** Puts {@code text} in the place of the section with this title, or at the end. */
  public void put(String title, String text) {
    try {
      var known = Files.exists(file) ? Files.readString(file) : HEAD;
      var section = "\n## " + title + "\n\n" + text.strip() + "\n";
      var place = Pattern.compile("\n## " + Pattern.quote(title) + "\n.*?(?=\n## |\\z)", Pattern.DOTALL).matcher(known);
      var next = place.find() ? place.replaceFirst(Matcher.quoteReplacement(section)) : known + section;
      if (file.getParent() != null) Files.createDirectories(file.getParent());
      Files.writeString(file, next);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
