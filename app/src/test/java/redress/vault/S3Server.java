package redress.vault;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** A real S3 server (S3Proxy over a folder) in a process of its own, and its one bucket. */
final class S3Server implements AutoCloseable {
  private static final String IDENTITY = "only-for-tests";
  private static final String CREDENTIAL = "nothing-to-hide-here";
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final URI endpoint;
  final Path folder;

  S3Server(Path folder) throws IOException, InterruptedException {
    this.folder = folder;
    int port;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    endpoint = URI.create("http://127.0.0.1:" + port);
    var settings = Files.writeString(folder.resolve("s3proxy.conf"), """
        s3proxy.endpoint=%s
        s3proxy.authorization=aws-v2-or-v4
        s3proxy.identity=%s
        s3proxy.credential=%s
        jclouds.provider=filesystem-nio2
        jclouds.filesystem.basedir=%s
        jclouds.identity=any
        jclouds.credential=any
        """.formatted(endpoint, IDENTITY, CREDENTIAL, Files.createDirectory(folder.resolve("store"))));
    process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", "-jar",
        Path.of("target", "s3proxy", "s3proxy.jar").toString(), "--properties", settings.toString())
        .redirectErrorStream(true).redirectOutput(folder.resolve("s3proxy.log").toFile()).start();
    await();
    try (var s3 = client()) {
      s3.createBucket(it -> it.bucket("evidence"));
    }
  }

  private void await() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadline && process.isAlive()) {
      try {
        var connection = (HttpURLConnection) endpoint.toURL().openConnection();
        if (connection.getResponseCode() > 0) return;
      } catch (IOException e) {
        process.waitFor(100, TimeUnit.MILLISECONDS);
      }
    }
    throw new IllegalStateException("no S3 server: " + Files.readString(folder.resolve("s3proxy.log")));
  }

  private S3Client client() {
    return S3Client.builder().httpClientBuilder(UrlConnectionHttpClient.builder()).endpointOverride(endpoint)
        .forcePathStyle(true).region(Region.US_EAST_1).credentialsProvider(credentials()).build();
  }

  static StaticCredentialsProvider credentials() {
    return StaticCredentialsProvider.create(AwsBasicCredentials.create(IDENTITY, CREDENTIAL));
  }

  /** The credentials as a file, as operators keep them. */
  List<String> credentialsFile() {
    return List.of("[default]", "aws_access_key_id=" + IDENTITY, "aws_secret_access_key=" + CREDENTIAL);
  }

  /** A vault in the bucket, below {@code prefix}. */
  S3Vault vault(String prefix) throws IOException {
    return new S3Vault(place("evidence", prefix), credentials());
  }

  S3Vault.Place place(String bucket, String prefix) {
    return new S3Vault.Place(bucket, prefix, endpoint, "us-east-1", true);
  }

  URI endpoint() {
    return endpoint;
  }

  @Override public void close() {
    process.destroyForcibly().onExit().join();
  }
}
