package redress.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import redress.log.Sequencer;
import redress.policy.Role;
import redress.seal.Checkpoint;
import redress.seal.KeyChain;
import redress.seal.Merkle;
import redress.seal.Note;
import redress.store.Acts;
import tools.jackson.databind.JsonNode;

/** The log as anybody reads it over HTTP, without a key, trusting nothing but the first key of the chain. */
class LogApiTest {
  private static final HexFormat HEX = HexFormat.of();
  private static final int TILE = 256;
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static Server server;
  /** Checkpoints of the live tree, as they were read one after another. */
  private static final List<Checkpoint> SEEN = new ArrayList<>();

  @BeforeAll static void open() throws Exception {
    server = new Server();
    for (int size : new int[] {3, 200, 54, 9, 300}) {
      write(true, size);
      server.centre.the(Sequencer.class).cover(true);
      SEEN.add(Checkpoint.parse(note("/v1/log/checkpoint").text()));
    }
    write(false, 5);
    server.centre.the(Sequencer.class).cover(true);
  }

  @AfterAll static void close() {
    HTTP.close();
    server.close();
  }

  private static void write(boolean live, int count) {
    for (int i = 0; i < count; i++) server.centre.the(Acts.class).write(live, "tested", Server.MORNING, Map.of("i", i));
  }

  private static HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.centre.port() + path)).build();
    return HTTP.send(request, BodyHandlers.ofByteArray());
  }

  private static byte[] bytes(String path) throws IOException, InterruptedException {
    var answer = get(path);
    assertThat(answer.statusCode()).as(path + " " + new String(answer.body(), UTF_8)).isEqualTo(200);
    return answer.body();
  }

  private static Note note(String path) throws IOException, InterruptedException {
    return Note.parse(bytes(path));
  }

  private static KeyChain chain(String log) {
    return KeyChain.of(server.get(null, log + "/keys").json().path("log").valueStream()
        .map(it -> Note.parse(it.path("statement").asString())).toList());
  }

  /** Everything there is of the tree, by its full and partial tiles alone. */
  private static List<byte[]> mirror(String log, long size, String kind, int width)
      throws IOException, InterruptedException {
    var all = new ArrayList<byte[]>();
    for (long number = 0; number * TILE < size; number++) {
      long left = Math.min(TILE, size - number * TILE);
      var tile = bytes(log + "/tile/" + kind + "/" + "%03d".formatted(number) + (left < TILE ? ".p/" + left : ""));
      assertThat(tile).hasSize((int) left * width);
      for (int i = 0; i < left; i++) all.add(Arrays.copyOfRange(tile, i * width, (i + 1) * width));
    }
    return all;
  }

  private static byte[] root(List<byte[]> leaves) {
    if (leaves.size() == 1) return leaves.getFirst();
    int half = Integer.highestOneBit(leaves.size() - 1);
    return Merkle.node(root(leaves.subList(0, half)), root(leaves.subList(half, leaves.size())));
  }

  @Test void whoever_mirrors_the_log_from_its_tiles_finds_the_root_of_every_checkpoint() throws Exception {
    var chain = chain("/v1/log");
    var newest = note("/v1/log/checkpoint");
    assertThat(chain.proves(newest)).isPresent();
    long size = Checkpoint.parse(newest.text()).size();
    var leaves = mirror("/v1/log", size, "0", Merkle.HASH);
    var entries = mirror("/v1/log", size, "entries", 2 + Merkle.HASH);
    for (int i = 0; i < size; i++) {
      var entry = ByteBuffer.wrap(entries.get(i));
      assertThat(entry.getShort()).isEqualTo((short) Merkle.HASH);
      assertThat(Merkle.leaf(Arrays.copyOfRange(entries.get(i), 2, 2 + Merkle.HASH))).isEqualTo(leaves.get(i));
    }
    assertThat(SEEN).hasSize(5);
    for (var checkpoint : SEEN) {
      assertThat(chain.proves(note("/v1/log/checkpoint/" + checkpoint.size()))).isPresent();
      assertThat(root(leaves.subList(0, (int) checkpoint.size()))).isEqualTo(checkpoint.rootBytes());
    }
    var upper = mirror("/v1/log", size / TILE, "1", Merkle.HASH);
    assertThat(upper).hasSize((int) size / TILE);
    for (int i = 0; i < upper.size(); i++) {
      assertThat(upper.get(i)).isEqualTo(root(leaves.subList(i * TILE, (i + 1) * TILE)));
    }
    var stored = new HashSet<String>();
    server.centre.the(JdbcClient.class).sql("select encode(hash, 'hex') from act where live").query(
        row -> {
          stored.add(row.getString(1));
        });
    assertThat(entries.stream().map(it -> HEX.formatHex(it, 2, 34))).containsAll(stored);
  }

  @Test void proofs_are_anybodys_to_ask_for_and_hold() {
    var last = SEEN.getLast();
    for (long index : new long[] {0, 2, 255, 256, last.size() - 1}) {
      var shown = server.get(null, "/v1/log/proofs/inclusion?index=" + index).json();
      assertThat(included(shown)).isTrue();
      assertThat(shown.path("size").asLong()).isEqualTo(last.size());
      var same = server.get(null, "/v1/log/proofs/inclusion?entry=" + shown.path("entry").asString()).json();
      assertThat(same.path("index").asLong()).isEqualTo(index);
      assertThat(Note.parse(shown.path("checkpoint").asString()).text()).isEqualTo(last.text());
    }
    for (var earlier : SEEN) {
      var shown = server.get(null, "/v1/log/proofs/consistency?from=" + earlier.size()).json();
      assertThat(Merkle.isConsistent(earlier.size(), earlier.rootBytes(), last.size(), last.rootBytes(), proof(shown)))
          .isTrue();
    }
  }

  private static boolean included(JsonNode shown) {
    return Merkle.isIncluded(Merkle.leaf(HEX.parseHex(shown.path("entry").asString())), shown.path("index").asLong(),
        shown.path("size").asLong(), proof(shown), HEX.parseHex(shown.path("root").asString()));
  }

  private static List<byte[]> proof(JsonNode shown) {
    return shown.path("proof").valueStream().map(it -> HEX.parseHex(it.asString())).toList();
  }

  @Test void test_payments_have_a_log_of_their_own() throws Exception {
    var test = Checkpoint.parse(note("/v1/test-log/checkpoint").text());
    assertThat(test.origin()).isEqualTo("redress.local/log/test");
    assertThat(chain("/v1/test-log").proves(note("/v1/test-log/checkpoint"))).isPresent();
    assertThat(chain("/v1/log").proves(note("/v1/test-log/checkpoint"))).as("the public log's key").isEmpty();
    assertThat(mirror("/v1/test-log", test.size(), "0", Merkle.HASH)).hasSize((int) test.size());
    assertThat(included(server.get(null, "/v1/test-log/proofs/inclusion?index=0").json())).isTrue();
  }

  @Test void tiles_may_be_kept_for_ever_and_checkpoints_only_for_a_moment() throws Exception {
    assertThat(get("/v1/log/tile/0/000").headers().allValues("Cache-Control"))
        .containsExactly("public, max-age=31536000, immutable");
    assertThat(get("/v1/log/checkpoint").headers().allValues("Cache-Control")).containsExactly("public, max-age=5");
  }

  @Test void what_is_not_published_or_no_address_of_a_tile_is_not_there() throws Exception {
    for (var path : List.of("/v1/log/tile/0/999", "/v1/log/tile/0/1", "/v1/log/tile/0/x000/001",
        "/v1/log/tile/0/002.p/256", "/v1/log/tile/0/000.p/0", "/v1/log/tile/0/002", "/v1/log/tile/8/000",
        "/v1/log/tile/00/000", "/v1/log/tile/entries/9999", "/v1/log/tile/2/000.p/1", "/v1/log/checkpoint/4",
        "/v1/log/checkpoint/x", "/v1/log/stamp/3", "/v1/log/proofs/inclusion?index=99999")) {
      assertThat(get(path).statusCode()).as(path).isEqualTo(404);
    }
    for (var path : List.of("inclusion", "inclusion?index=1&entry=" + "ab".repeat(32), "inclusion?index=-1",
        "inclusion?index=1&size=0", "inclusion?index=1&size=99999", "inclusion?entry=AB", "consistency",
        "consistency?from=9&to=8", "consistency?from=a", "consistency?from=1&to=99999", "inclusion?index=1&x=1")) {
      assertThat(server.get(null, "/v1/log/proofs/" + path).code()).as(path).isEqualTo("QUERY_INVALID");
    }
    for (var path : List.of("/v1/log/../keys", "/v1/log/%2e%2e/keys", "/v1/log/;/keys", "/v1/logs/keys")) {
      assertThat(get(path).statusCode()).as(path).isBetween(400, 499);
    }
    assertThat(server.post(null, "/v1/log/checkpoint", "{}").status()).isEqualTo(401);
  }

  @Test void an_admin_rotates_a_key_in_public() throws Exception {
    var before = server.get(null, "/.well-known/jwks.json").json().path("keys").size();
    var admin = server.key(Role.ADMIN, "admin-1");
    var made = server.post(admin, "/v1/signing-keys", "{\"purpose\":\"RESULT\"}");
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    assertThat(server.get(null, "/.well-known/jwks.json").json().path("keys").size()).isEqualTo(before + 1);
    server.post(admin, "/v1/signing-keys", "{\"purpose\":\"TEST_LOG\"}");
    write(false, 1);
    server.centre.the(Sequencer.class).cover(true);
    var proved = chain("/v1/test-log").proves(note("/v1/test-log/checkpoint"));
    assertThat(proved.orElseThrow().number()).isEqualTo(2);
    assertThat(server.post(server.key(Role.FINANCE, "f"), "/v1/signing-keys", "{\"purpose\":\"LOG\"}").status())
        .isEqualTo(403);
  }
}
