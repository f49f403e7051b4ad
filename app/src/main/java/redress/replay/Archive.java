package redress.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipInputStream;
import org.tukaani.xz.XZInputStream;

/** A file of data as it is published: plain, or compressed as gz, xz or zip. */
public final class Archive {
  private Archive() {}

  /** The data themselves. Throws IOException when there are none. */
  public static InputStream open(Path file) throws IOException {
    var name = file.toString();
    var raw = new BufferedInputStream(Files.newInputStream(file));
    if (name.endsWith(".gz")) return new GZIPInputStream(raw);
    if (name.endsWith(".xz")) return new XZInputStream(raw);
    if (!name.endsWith(".zip")) return raw;
    var zip = new ZipInputStream(raw);
    for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
      if (entry.getName().endsWith(".csv")) return zip;
    }
    throw new IOException("there is no .csv in it");
  }

  /** The first line, by which a kind of data is known; empty for an empty file. */
  public static String firstLine(Path file) throws IOException {
    try (var lines = new BufferedReader(new InputStreamReader(open(file), UTF_8))) {
      var line = lines.readLine();
      return line == null ? "" : line;
    }
  }
}
