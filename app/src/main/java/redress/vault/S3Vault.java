package redress.vault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * A vault in a bucket of any store that speaks S3: {@code prefix/3f/3fa9…}. Bytes are staged on this machine, put with
 * a
 * checksum for the store to compare, and only where nothing is yet (If-None-Match).
 */
public final class S3Vault implements Vault {
  private static final int EXISTS = 412;
  private static final int CONFLICT = 409;
  private static final int FULL = 507;
  private static final int MISSING = 404;
  private static final int TRIES = 5;

  private final S3Client s3;
  private final Place place;
  private final Path staging;
  private final Stage stage;

  /**
   * Where the bucket is: its name, what every key begins with, the store's address (null: Amazon's own), its region,
   * and whether the bucket stands in the path of addresses instead of their host name.
   */
  public record Place(String bucket, String prefix, @Nullable URI endpoint, String region, boolean pathStyle) {}

  /** Opens a bucket that is there. Throws IOException when it cannot be reached with these credentials. */
  public S3Vault(Place place, AwsCredentialsProvider credentials) throws IOException {
    this.place = place;
    this.staging = Files.createTempDirectory("redress-staging-");
    this.stage = new Stage(staging, 0);
    var builder = S3Client.builder().httpClientBuilder(UrlConnectionHttpClient.builder())
        .credentialsProvider(credentials).region(Region.of(place.region())).forcePathStyle(place.pathStyle())
        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
    if (place.endpoint() != null) builder.endpointOverride(place.endpoint());
    this.s3 = builder.build();
    try {
      s3.headBucket(it -> it.bucket(place.bucket()));
    } catch (SdkException e) {
      close();
      throw new IOException("the bucket " + place.bucket() + " cannot be had: " + e.getMessage(), e);
    }
  }

  @Override public Staged stage(InputStream bytes, long limit) throws IOException {
    return stage.take(bytes, limit);
  }

  @Override public Stored keep(Staged staged) throws IOException {
    for (int i = 1; !put(staged); i++) {
      if (i == TRIES) throw new IOException(staged.sha256() + " is put by too many at once");
    }
    return new Stored(staged.sha256(), staged.size());
  }

  /** False when somebody else was putting the same at the same time, and it is not known how that ended. */
  private boolean put(Staged staged) throws IOException {
    var checksum = md5(staged.file());
    try {
      s3.putObject(it -> it.bucket(place.bucket()).key(key(staged.sha256())).ifNoneMatch("*")
          .contentMD5(checksum), RequestBody.fromFile(staged.file()));
      return true;
    } catch (AwsServiceException e) {
      if (e.statusCode() == EXISTS) return true;
      if (e.statusCode() == CONFLICT) return false;
      if (e.statusCode() == FULL) throw new VaultFullException("the store has no room", e);
      throw failed(e);
    } catch (SdkException e) {
      throw failed(e);
    }
  }

  /** The one checksum that every store compares (RFC 1864); against damage on the way, not against forgers. */
  private static String md5(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      var digest = new DigestInputStream(in, MessageDigest.getInstance("MD5"));
      digest.transferTo(OutputStream.nullOutputStream());
      return Base64.getEncoder().encodeToString(digest.getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }

  @Override public InputStream open(String sha256) throws IOException {
    var key = key(sha256);
    try {
      return s3.getObject(it -> it.bucket(place.bucket()).key(key));
    } catch (AwsServiceException e) {
      if (e.statusCode() == MISSING) throw new NoSuchFileException(sha256);
      throw failed(e);
    } catch (SdkException e) {
      throw failed(e);
    }
  }

  @Override public boolean has(String sha256) throws IOException {
    var key = key(sha256);
    try {
      s3.headObject(it -> it.bucket(place.bucket()).key(key));
      return true;
    } catch (AwsServiceException e) {
      if (e.statusCode() == MISSING) return false;
      throw failed(e);
    } catch (SdkException e) {
      throw failed(e);
    }
  }

  @Override public void delete(String sha256) throws IOException {
    var key = key(sha256);
    try {
      s3.deleteObject(it -> it.bucket(place.bucket()).key(key));
    } catch (SdkException e) {
      throw failed(e);
    }
  }

  @Override public void list(Consumer<Kept> each) throws IOException {
    try {
      s3.listObjectsV2Paginator(it -> it.bucket(place.bucket()).prefix(place.prefix())).contents()
          .forEach(it -> each.accept(new Kept(it.key().substring(it.key().lastIndexOf('/') + 1), it.size(),
              it.lastModified())));
    } catch (SdkException e) {
      throw failed(e);
    }
  }

  @Override public void clear(Instant now, Duration age) throws IOException {
    stage.sweep(now, age);
  }

  private String key(String sha256) {
    return place.prefix() + Names.checked(sha256).substring(0, 2) + "/" + sha256;
  }

  private static IOException failed(SdkException e) {
    return new IOException("the store does not do it: " + e.getMessage(), e);
  }

  @Override public void close() throws IOException {
    s3.close();
    try (var left = Files.newDirectoryStream(staging)) {
      for (var file : left) Files.deleteIfExists(file);
    }
    Files.deleteIfExists(staging);
  }
}
