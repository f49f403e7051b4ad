package redress.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import redress.store.Kept;
import redress.store.Kept.Bytes;
import redress.vault.Vault;

/** Whether bytes are still those that were kept. */
public final class Soundness {
  private static final int BUFFER = 1 << 16;
  private static final int PAGE = 500;

  private Soundness() {}

  /** Bytes that have changed or are gone, with what they are. */
  public record Broken(String sha256, List<String> uses) {}

  /** What was found: how many files, their bytes, and how many have changed or are gone. */
  public record Found(long files, long bytes, long broken) {}

  /** Hashes everything again that must be there; {@code broken} hears of each that has changed or is gone. */
  public static Found check(Vault vault, Kept kept, Consumer<Broken> broken) throws IOException {
    long files = 0;
    long bytes = 0;
    long bad = 0;
    for (var page = kept.page("", PAGE); !page.isEmpty(); page = kept.page(page.getLast().sha256(), PAGE)) {
      for (var one : page) {
        files++;
        bytes += one.size();
        if (isSound(vault, one)) continue;
        bad++;
        broken.accept(new Broken(one.sha256(), kept.uses(one.sha256())));
      }
    }
    return new Found(files, bytes, bad);
  }

  /** Whether these bytes are there and still hash to their name. Throws when the vault cannot be read at all. */
  static boolean isSound(Vault vault, Bytes one) throws IOException {
    try (var in = vault.open(one.sha256())) {
      return hash(in).equals(one.sha256());
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  private static String hash(InputStream in) throws IOException {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      var all = new DigestInputStream(in, digest);
      var buffer = new byte[BUFFER];
      int read;
      do read = all.read(buffer); while (read >= 0);
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
