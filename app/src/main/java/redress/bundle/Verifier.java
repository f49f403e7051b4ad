package redress.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * The stand-alone verifier, compiled once from the one file that anybody can take away, and run for people whose
 * browser runs no scripts. It is the very same program; nothing of the rest of this one is beside it.
 */
public final class Verifier implements Closeable {
  /** The largest bundle that is looked at here, in bytes. */
  public static final int LARGEST = 50_000_000;

  private static final String SOURCE = "Verify.java";
  private static final int AT_ONCE = 2;

  private final @Nullable JavaCompiler compiler;
  private final Semaphore turns = new Semaphore(AT_ONCE);
  private @Nullable Path folder;
  private @Nullable URLClassLoader loader;
  private @Nullable Method run;

  /** With the compiler of the Java that runs this, if it has one. */
  public Verifier() {
    this(ToolProvider.getSystemJavaCompiler());
  }

  /** With this compiler; null for a Java that has none. */
  public Verifier(@Nullable JavaCompiler compiler) {
    this.compiler = compiler;
  }

  /**
   * What it found. {@code exit}: 0 everything holds, 1 something does not, 2 there is nothing to check; {@code proved}
   * and {@code open} are what is proved and what is not, {@code broken} is the first thing that does not hold, and
   * {@code last} its last line, which is for programs.
   */
  public record Verdict(int exit, String about, List<String> proved, List<String> open, String broken, String last) {
    public Verdict {
      proved = List.copyOf(proved);
      open = List.copyOf(open);
    }

    /** The key of the log that everything hangs on, as notes write it; empty where there is none. */
    public String key() {
      int at = last.indexOf(" key=");
      return at < 0 ? "" : last.substring(at + " key=".length());
    }
  }

  /** Whether it can check anything: not on a Java without a compiler. */
  public boolean canCheck() {
    return compiler != null;
  }

  /** Checks a bundle, with the log's key as somebody knows it (empty: without). Empty while too many wait. */
  public Optional<Verdict> check(InputStream bundle, String key) throws IOException {
    if (!turns.tryAcquire()) return Optional.empty();
    try {
      var file = Files.createTempFile("redress-bundle", ".zip");
      try {
        Files.write(file, bundle.readAllBytes());
        return Optional.of(key.isEmpty() ? said(file.toString()) : said(file.toString(), "--key", key));
      } finally {
        Files.delete(file);
      }
    } finally {
      turns.release();
    }
  }

  private Verdict said(String... arguments) throws IOException {
    var words = new ByteArrayOutputStream();
    try {
      var exit = (Integer) program().invoke(null, new PrintStream(words, true, UTF_8), arguments);
      return read(exit, words.toString(UTF_8), arguments[0]);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the verifier did not run", e);
    }
  }

  private static Verdict read(int exit, String words, String file) {
    var proved = new ArrayList<String>();
    var open = new ArrayList<String>();
    var about = "";
    var last = "";
    for (var line : words.lines().toList()) {
      if (line.startsWith("  + ")) proved.add(line.substring(4));
      else if (line.startsWith("  - ")) open.add(line.substring(4));
      else if (line.startsWith("Dispute ")) about = line;
      else if (line.startsWith("verify: ")) last = line.substring("verify: ".length()).replace(file, "bundle.zip");
    }
    var broken = exit == 0 ? "" : last.startsWith("BROKEN ") ? last.substring("BROKEN ".length()) : last;
    return new Verdict(exit, about, proved, open, broken, last);
  }

  /** Compiled when it is first asked for. Throws IllegalStateException where there is no compiler. */
  private synchronized Method program() throws IOException, ReflectiveOperationException {
    var known = run;
    if (known != null) return known;
    var translator = compiler;
    if (translator == null) throw new IllegalStateException("this Java has no compiler: run it with a JDK");
    var fresh = Files.createTempDirectory("redress-verify");
    folder = fresh;
    var source = fresh.resolve(SOURCE);
    try (var in = Objects.requireNonNull(Verifier.class.getResourceAsStream("/verify/" + SOURCE), SOURCE)) {
      Files.copy(in, source);
    }
    var complaints = new ByteArrayOutputStream();
    int exit = translator.run(null, complaints, complaints, "-proc:none", "-classpath", fresh.toString(), "-d",
        fresh.toString(), source.toString());
    if (exit != 0) throw new IllegalStateException(complaints.toString(UTF_8));
    var loads = new URLClassLoader(new URL[] {fresh.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
    loader = loads;
    var made = loads.loadClass("Verify").getMethod("run", PrintStream.class, String[].class);
    run = made;
    return made;
  }

  @Override public synchronized void close() throws IOException {
    if (loader != null) loader.close();
    if (folder == null) return;
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(file);
    }
    folder = null;
    run = null;
  }
}
