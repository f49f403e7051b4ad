package redress.vault;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The kinds of vault there are, by what is written down for them. */
public final class Vaults {
  private Vaults() {}

  /** No vault can be had as it is written down; the message says why. */
  public static final class Unusable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unusable(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /** What is written down beside where it is, by name; null where nothing is. */
  public interface Options {
    @Nullable String get(String name);
  }

  /**
   * Opens the vault at {@code where}: a folder, made if there is none, or nothing for a temporary one. {@code options}
   * may say {@code redress.vault.spare}, the bytes that stay free on its disk.
   *
   * @throws Unusable when it cannot be had
   */
  public static Vault open(String where, Options options) {
    if (where.isBlank()) return DiskVault.throwaway();
    try {
      return new DiskVault(Path.of(where), spare(options));
    } catch (IOException | InvalidPathException e) {
      throw new Unusable("nothing can be kept in " + where + ": " + e.getMessage(), e);
    }
  }

  private static long spare(Options options) {
    var written = options.get("redress.vault.spare");
    if (written == null) return DiskVault.USUAL_SPARE;
    try {
      long spare = Long.parseLong(written.strip());
      if (spare >= 0) return spare;
      throw new Unusable("redress.vault.spare must not be negative: " + written, null);
    } catch (NumberFormatException e) {
      throw new Unusable("redress.vault.spare is no number of bytes: " + written, e);
    }
  }
}
