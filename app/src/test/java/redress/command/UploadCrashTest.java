package redress.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redress.Centre;
import redress.api.Courier;
import redress.api.Courier.Got;
import redress.api.Courier.Sent;
import redress.door.Keys;
import redress.policy.Role;
import redress.postgres.EmbeddedPostgres;

/**
 * A real server is killed, or its disk fills up, while files come in: what is seen is all there, what is not seen is
 * swept, and with room everything goes on.
 */
class UploadCrashTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final Map<String, String> SWEEPING = Map.of("REDRESS_SWEEP_EVERY", "PT1S", "REDRESS_SWEEP_ORPHAN",
      "PT2S");
  private static final int SENDERS = 6;
  private static final int KILLS = 3;

  @TempDir Path folder;
  private Path data;
  private String buyer = "";
  private String dispute = "";
  private @Nullable UpProcess server;
  private @Nullable Courier courier;

  @BeforeEach void found() {
    data = folder.resolve("data");
    try (var premises = Premises.in(data, Centre.Settings.local(0))) {
      var keys = premises.centre().the(Keys.class);
      var platform = keys.issue(Keys.Wish.of(Role.PLATFORM, "host", false)).secret();
      buyer = keys.issue(Keys.Wish.of(Role.BUYER, "li", false)).secret();
      try (var host = new Courier(premises.centre().port(), platform);
          var li = new Courier(premises.centre().port(), buyer)) {
        put(host, "/v1/parties/li",
            "{\"kind\":\"BUYER\",\"account\":\"a\",\"level\":1,\"zone\":\"UTC\",\"language\":\"EN\"}");
        put(host, "/v1/parties/shop",
            "{\"kind\":\"MERCHANT\",\"account\":\"b\",\"level\":1,\"zone\":\"UTC\",\"language\":\"EN\"}");
        put(host, "/v1/payments/p-1", """
            {"payer":"li","merchant":"shop","amount":10000,"currency":"EUR","capturedAt":"%s","provider":"WALLET"}"""
            .formatted(premises.centre().the(java.time.Clock.class).instant().minusSeconds(86_400)));
        var filed = li.post("/v1/disputes", """
            {"payment":"p-1","reason":"OTHER","wish":"FULL_REFUND","amount":10000,"currency":"EUR",
             "description":"It does not work."}""");
        assertThat(filed.status()).as(filed.toString()).isEqualTo(201);
        dispute = "/v1/disputes/" + filed.json().path("id").asString();
      }
    }
  }

  private static void put(Courier host, String path, String body) {
    var got = host.send("PUT", path, BodyPublishers.ofString(body), "Content-Type", "application/json");
    assertThat(got.status()).as(got.toString()).isBetween(200, 201);
  }

  @AfterEach void clearAway() {
    if (courier != null) courier.close();
    if (server != null) server.close();
  }

  private Courier serve(List<String> way, Map<String, String> environment, String... more) {
    var options = new ArrayList<>(List.of("--port", "0", "--data", data.toString()));
    options.addAll(List.of(more));
    var started = UpProcess.begin(way, folder.resolve("up.log"), environment, options.toArray(String[]::new)).ready();
    server = started;
    var fresh = new Courier(started.port(), buyer);
    courier = fresh;
    return fresh;
  }

  @Test void after_kill_9_every_file_that_is_seen_has_its_bytes_and_nothing_else_stays() throws Exception {
    Set<String> answered = ConcurrentHashMap.newKeySet();
    for (int kill = 0; kill < KILLS; kill++) {
      var now = serve(List.of(), Map.of());
      try (var senders = Executors.newVirtualThreadPerTaskExecutor()) {
        var all = new ArrayList<Future<?>>();
        for (int i = 0; i < SENDERS; i++) {
          int seed = kill * SENDERS + i;
          all.add(senders.submit(() -> send(now, seed, answered)));
        }
        int before = answered.size();
        UpProcess.until("some files are in", PATIENCE, () -> answered.size() > before + 2);
        java.util.Objects.requireNonNull(server).kill();
        for (var one : all) one.get(60, TimeUnit.SECONDS);
      }
      now.close();
    }
    var now = serve(List.of(), SWEEPING);
    var drafts = drafts(now);
    assertThat(drafts.keySet()).containsAll(answered);
    UpProcess.until("nothing unseen is left", PATIENCE, () -> kept().equals(referred()));
    drafts.forEach((id, size) -> allThere(now, id, size));
    assertThat(staging()).isEmpty();
  }

  /** Sends files, whole and in parts, until nobody answers. */
  private void send(Courier to, int seed, Set<String> answered) {
    var random = new Random(seed);
    try {
      for (int i = 0; i < 200; i++) {
        var bytes = prose(1 + random.nextInt(600_000), random);
        if (random.nextBoolean()) {
          var got = to.form(dispute + "/uploads", new Sent("a.txt", "text/plain", bytes));
          if (got.status() == 201) answered.add(got.json().path("items").path(0).path("id").asString());
        } else {
          var place = begin(to, bytes.length);
          if (place.isEmpty()) continue;
          answered.add(place.substring(place.lastIndexOf('/') + 1));
          int half = bytes.length / 2;
          part(to, place, 0, bytes, half);
          part(to, place, half, bytes, bytes.length - half);
        }
      }
    } catch (IllegalStateException killed) {
      assertThat(killed).hasCauseInstanceOf(IOException.class);
    }
  }

  private String begin(Courier to, int length) {
    var got = to.send("POST", dispute + "/uploads", BodyPublishers.noBody(), "Tus-Resumable", "1.0.0", "Upload-Length",
        "" + length);
    return got.status() == 201 ? got.header("Location") : "";
  }

  private static Got part(Courier to, String place, int offset, byte[] bytes, int length) {
    return to.send("PATCH", place, BodyPublishers.ofByteArray(bytes, offset, length), "Tus-Resumable", "1.0.0",
        "Upload-Offset", "" + offset, "Content-Type", "application/offset+octet-stream");
  }

  /** The drafts that are seen, and how much of each is here. */
  private Map<String, Long> drafts(Courier from) {
    return from.get(dispute + "/uploads").json().path("items").valueStream()
        .collect(Collectors.toMap(it -> it.path("id").asString(), it -> it.path("received").asLong()));
  }

  /** A whole file is read back as what it is; a part of one is filled up, and then it is whole too. */
  private void allThere(Courier from, String id, long received) {
    var place = dispute + "/uploads/" + id;
    var draft = from.get(place).json();
    long size = draft.path("size").asLong();
    if (received < size) {
      var rest = prose((int) (size - received), new Random(1));
      var got = part(from, place, (int) received, pad(rest, (int) received), rest.length);
      assertThat(got.status()).as(got.toString()).isEqualTo(204);
      draft = from.get(place).json();
    }
    var given = from.post(dispute + "/evidence", "{\"evidenceType\":\"OTHER\",\"upload\":\"" + id + "\"}");
    assertThat(given.status()).as(id + given).isEqualTo(200);
    var number = from.get(dispute + "/evidence").json().path("items").size();
    var file = from.get(dispute + "/evidence/" + number + "/file");
    assertThat(file.status()).isEqualTo(200);
    assertThat(sha256(file.body())).isEqualTo(draft.path("sha256").asString());
  }

  private static byte[] pad(byte[] rest, int before) {
    var all = new byte[before + rest.length];
    System.arraycopy(rest, 0, all, before, rest.length);
    return all;
  }

  private Set<String> kept() {
    try (var files = Files.walk(data.resolve("vault").resolve("kept"))) {
      return files.filter(Files::isRegularFile).map(it -> it.getFileName().toString())
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (IOException | java.io.UncheckedIOException e) {
      return Set.of("files come and go: " + e.getMessage());
    }
  }

  private List<Path> staging() throws IOException {
    try (var files = Files.list(data.resolve("vault").resolve("staging"))) {
      return files.toList();
    }
  }

  /** What the database refers to. */
  private Set<String> referred() {
    var found = new TreeSet<String>();
    try (var connection = EmbeddedPostgres.running(data).orElseThrow().connect();
        var rows = connection.createStatement().executeQuery("""
            select sha256 from upload where sha256 is not null union select sha256 from upload_part""")) {
      while (rows.next()) found.add(rows.getString(1));
      return found;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test void a_full_disk_is_said_and_loses_nothing_and_with_room_it_goes_on() throws Exception {
    var small = Files.createDirectory(folder.resolve("small"));
    var way = way(small);
    assumeTrue(!way.isEmpty(), "no small disk can be mounted here: neither as root nor in a user namespace");
    var environment = new java.util.HashMap<>(SWEEPING);
    environment.put("REDRESS_VAULT_SPARE", "0");
    var now = serve(way, environment, "--vault", small.resolve("vault").toString());
    var random = new Random(3);
    var kept = new ArrayList<String>();
    Got full;
    do {
      full = now.form(dispute + "/uploads", new Sent("a.txt", "text/plain", prose(5_000_000, random)));
      if (full.status() == 201) kept.add(full.json().path("items").path(0).path("id").asString());
    } while (full.status() == 201 && kept.size() < 20);
    assertThat(full.status()).as(full.toString()).isEqualTo(507);
    assertThat(full.code()).isEqualTo("VAULT_FULL");
    assertThat(full.header("Content-Type")).startsWith("application/problem+json");
    assertThat(kept).hasSizeBetween(3, 10);
    assertThat(drafts(now).keySet()).containsExactlyInAnyOrderElementsOf(kept);
    var last = kept.removeLast();
    for (var id : kept) now.send("DELETE", dispute + "/uploads/" + id, BodyPublishers.noBody());
    UpProcess.until("there is room again", PATIENCE, () -> now
        .form(dispute + "/uploads", new Sent("b.txt", "text/plain", prose(5_000_000, random))).status() == 201);
    allThere(now, last, 5_000_000);
  }

  /** How a program is started for which this folder is a disk of 32 MB; nothing where that cannot be. */
  private static List<String> way(Path small) throws IOException, InterruptedException {
    var mount = "mount -t tmpfs -o size=32m,mode=1777 tmpfs '" + small + "' && exec ";
    var uid = Files.getAttribute(small, "unix:uid").toString();
    for (var way : List.of(List.of("unshare", "-m", "sh", "-c", mount + "\"$@\"", "sh"),
        List.of("unshare", "-rm", "sh", "-c", mount + "unshare -U --map-user=" + uid + " \"$@\"", "sh"))) {
      var trial = new ArrayList<>(way);
      trial.addAll(List.of("sh", "-c", "touch '" + small + "/there' && test $(id -u) = " + uid));
      if (succeeds(trial) && !Files.exists(small.resolve("there"))) return way;
    }
    return List.of();
  }

  private static boolean succeeds(List<String> command) throws InterruptedException {
    try {
      return new ProcessBuilder(command).redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
    } catch (IOException e) {
      return false; // there is no such program
    }
  }

  private static byte[] prose(int size, Random random) {
    var bytes = new byte[size];
    random.nextBytes(bytes);
    for (int i = 0; i < size; i++) bytes[i] = (byte) (i % 64 == 63 ? '\n' : 'a' + (bytes[i] & 15));
    return bytes;
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
