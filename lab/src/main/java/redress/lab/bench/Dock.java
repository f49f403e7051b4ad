package redress.lab.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import redress.Centre;
import redress.door.Keys;
import redress.policy.Role;
import redress.postgres.EmbeddedPostgres;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A centre with one dispute to which files of 10 MB are sent, and the disk they end on. */
final class Dock implements AutoCloseable {
  private static final int SIZE = 10_000_000;
  private static final String BETWEEN = "between-files";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final EmbeddedPostgres server = EmbeddedPostgres.throwaway();
  private final Path folder;
  private final Centre centre;
  private final String dispute;
  private final String buyer;
  private final HttpClient http = HttpClient.newHttpClient();
  private final ExecutorService callers;
  private final AtomicInteger number = new AtomicInteger();
  private final byte[] text = prose();

  Dock(int atOnce) throws IOException, InterruptedException {
    folder = Files.createTempDirectory("redress-dock-");
    centre = Centre.open(server.database(), Centre.Settings.local(0)
        .by(Clock.fixed(Town.MORNING, ZoneOffset.UTC)).keeping(folder.resolve("vault").toString()));
    buyer = centre.the(Keys.class).issue(Keys.Wish.of(Role.BUYER, "buyer-1", true)).secret();
    dispute = file();
    callers = Executors.newFixedThreadPool(atOnce);
  }

  private String file() throws IOException, InterruptedException {
    var platform = centre.the(Keys.class).issue(Keys.Wish.of(Role.PLATFORM, "platform-1", true)).secret();
    for (var party : List.of("buyer-1", "shop-1")) {
      say(platform, "PUT", "/v1/parties/" + party, """
          {"kind":"%s","account":"acc-%s","level":1,"zone":"UTC","language":"EN"}"""
          .formatted(party.equals("buyer-1") ? "BUYER" : "MERCHANT", party));
    }
    say(platform, "PUT", "/v1/payments/p-1", """
        {"payer":"buyer-1","merchant":"shop-1","amount":10000,"currency":"EUR","capturedAt":"%s","provider":"WALLET"}"""
        .formatted(Town.MORNING.minusSeconds(86_400)));
    return say(buyer, "POST", "/v1/disputes", """
        {"payment":"p-1","reason":"OTHER","wish":"FULL_REFUND","amount":10000,"currency":"EUR",
         "description":"It is cracked."}""").path("id").asString();
  }

  private JsonNode say(String secret, String method, String path, String body)
      throws IOException, InterruptedException {
    var said = http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + centre.port() + path))
        .header("Authorization", "Bearer " + secret).header("Content-Type", "application/json")
        .method(method, BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    if (said.statusCode() >= 300) throw new IllegalStateException(said.statusCode() + " " + said.body());
    return JSON.readTree(said.body());
  }

  private static byte[] prose() {
    var bytes = new byte[SIZE];
    new Random(1).nextBytes(bytes);
    for (int i = 0; i < SIZE; i++) bytes[i] = (byte) (i % 64 == 63 ? '\n' : 'a' + (bytes[i] & 15));
    return bytes;
  }

  /** The bytes before the text, so that no two files are the same. */
  private byte[] head() {
    return "file %d of this run%n".formatted(number.incrementAndGet()).getBytes(UTF_8);
  }

  /** Sends so many files as forms; bytes in a second. */
  long send(int files) throws Exception {
    return each(files, () -> {
      send();
      return true;
    });
  }

  private void send() throws IOException, InterruptedException {
    var uploads = URI.create("http://127.0.0.1:" + centre.port() + "/v1/disputes/" + dispute + "/uploads");
    var start = "--" + BETWEEN + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n"
        + "Content-Type: text/plain\r\n\r\n";
    var body = BodyPublishers.concat(BodyPublishers.ofString(start), BodyPublishers.ofByteArray(head()),
        BodyPublishers.ofByteArray(text), BodyPublishers.ofString("\r\n--" + BETWEEN + "--\r\n"));
    var sent = http.send(HttpRequest.newBuilder(uploads).header("Authorization", "Bearer " + buyer)
        .header("Content-Type", "multipart/form-data; boundary=" + BETWEEN).POST(body).build(),
        BodyHandlers.ofString());
    if (sent.statusCode() != 201) throw new IllegalStateException(sent.statusCode() + " " + sent.body());
    var id = JSON.readTree(sent.body()).path("items").path(0).path("id").asString();
    http.send(HttpRequest.newBuilder(URI.create(uploads + "/" + id)).header("Authorization", "Bearer " + buyer)
        .DELETE().build(), BodyHandlers.discarding());
  }

  /** Writes as many bytes to as many files, durably; bytes in a second. */
  long write(int files) throws Exception {
    var place = Files.createDirectories(folder.resolve("bare"));
    return each(files, () -> {
      var file = place.resolve("" + number.incrementAndGet());
      var coming = place.resolve(file.getFileName() + ".new");
      try (var channel = FileChannel.open(coming, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        for (var all = ByteBuffer.wrap(text); all.hasRemaining();) channel.write(all);
        channel.force(true);
      }
      Files.move(coming, file, StandardCopyOption.ATOMIC_MOVE);
      try (var names = FileChannel.open(place, StandardOpenOption.READ)) {
        names.force(true);
      }
      return Files.deleteIfExists(file);
    });
  }

  /** Hashes as many bytes in memory; bytes in a second. */
  long hash(int files) throws Exception {
    return each(files, () -> MessageDigest.getInstance("SHA-256").digest(text).length > 0);
  }

  private long each(int files, Callable<Boolean> one) throws Exception {
    long began = System.nanoTime();
    var all = new ArrayList<Future<Boolean>>();
    for (int i = 0; i < files; i++) all.add(callers.submit(one));
    for (var it : all) if (!it.get()) throw new IllegalStateException("not done");
    return (long) files * SIZE * 1_000 / Math.max(1, (System.nanoTime() - began) / 1_000_000);
  }

  /** What is in use on the heap once nothing is left to collect, in bytes. */
  static long heap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  @Override public void close() throws IOException {
    callers.shutdownNow();
    http.close();
    centre.close();
    server.close();
    try (var all = Files.walk(folder)) {
      for (var one : all.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(one);
    }
  }
}
