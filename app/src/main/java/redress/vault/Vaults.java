package redress.vault;

import java.io.IOException;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;

/** The kinds of vault there are, by what is written down for them. */
public final class Vaults {
  private static final String S3 = "s3://";
  private static final String USUAL_REGION = "us-east-1";

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
   * Opens the vault at {@code where}: a folder, made if there is none, {@code s3://bucket/prefix}, or nothing for a
   * temporary folder. {@code options} may say {@code redress.vault.spare}, the bytes that stay free on its disk, and
   * {@code redress.vault.s3.endpoint}, {@code .region} and {@code .path-style}; credentials come from the environment
   * (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY) or the file ~/.aws/credentials, and from nowhere else.
   *
   * @throws Unusable when it cannot be had
   */
  public static Vault open(String where, Options options) {
    if (where.isBlank()) return DiskVault.throwaway();
    try {
      if (where.startsWith(S3)) return new S3Vault(place(where, options), credentials());
      return new DiskVault(Path.of(where), spare(options));
    } catch (IOException | InvalidPathException e) {
      throw new Unusable("nothing can be kept in " + where + ": " + e.getMessage(), e);
    }
  }

  private static AwsCredentialsProvider credentials() {
    return AwsCredentialsProviderChain.of(EnvironmentVariableCredentialsProvider.create(),
        ProfileCredentialsProvider.create());
  }

  private static S3Vault.Place place(String where, Options options) {
    var parts = where.substring(S3.length()).split("/", 2);
    if (parts[0].isEmpty()) throw new Unusable("s3://bucket/prefix names a bucket: " + where, null);
    var prefix = parts.length < 2 || parts[1].isEmpty() ? "" : parts[1].replaceAll("/+$", "") + "/";
    var endpoint = options.get("redress.vault.s3.endpoint");
    var region = options.get("redress.vault.s3.region");
    var style = options.get("redress.vault.s3.path-style");
    try {
      return new S3Vault.Place(parts[0], prefix, endpoint == null ? null : URI.create(endpoint.strip()),
          region == null ? USUAL_REGION : region.strip(),
          style == null ? endpoint != null : Boolean.parseBoolean(style));
    } catch (IllegalArgumentException e) {
      throw new Unusable("redress.vault.s3.endpoint is no address: " + endpoint, e);
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
