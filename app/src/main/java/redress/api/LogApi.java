package redress.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import redress.door.Fault;
import redress.keys.Keyring;
import redress.keys.Purpose;
import redress.log.Log;
import redress.seal.KeyChain;
import redress.seal.KeyStatement;
import redress.seal.Merkle;
import redress.seal.Note;
import redress.seal.Tiles;
import redress.store.LogBook.Signed;
import redress.verb.Field;
import redress.verb.Fields;
import redress.verb.Query;

/**
 * The log for anybody to read and to mirror: C2SP tlog-checkpoint and tlog-tiles, and proofs as JSON. What no published
 * checkpoint covers is not there yet.
 */
@RestController
public final class LogApi {
  static final Map<String, Field> INCLUSION = Fields.of(
      Field.number("index", Field.MOST, "The entry's number, from 0; or else its hash."),
      Field.text("entry", "The entry's hash, 64 hex digits; or else its number.").upTo(64),
      Field.number("size", Field.MOST, "In the tree of how many entries; as many as are published when left out."));
  static final Map<String, Field> CONSISTENCY = Fields.of(
      Field.number("from", Field.MOST, "The size of the earlier tree."),
      Field.number("to", Field.MOST, "The size of the later tree; as many as are published when left out."));

  private static final HexFormat HEX = HexFormat.of();
  private static final String FOREVER = "public, max-age=31536000, immutable";
  private static final String SHORTLY = "public, max-age=5";
  private static final Pattern NUMBER = Pattern.compile("0|[1-9]\\d{0,14}");
  /** A tile's number in groups of three digits, all but the last with an x, and how wide it is when it is not full. */
  private static final Pattern TILE = Pattern.compile("/((?:x\\d{3}/){0,5})(\\d{3})(?:\\.p/([1-9]\\d{0,2}))?");
  private static final int HIGHEST = 7;

  private final Log tree;
  private final Keyring keyring;

  public LogApi(Log tree, Keyring keyring) {
    this.tree = tree;
    this.keyring = keyring;
  }

  /** That an entry is in the tree: hashes in hex, from the leaf upwards; {@code entry} is the leaf's data. */
  record InclusionView(long index, String entry, long size, String root, List<String> proof,
      @Nullable String checkpoint) {}

  /** That a tree goes on from an earlier one. */
  record ConsistencyView(long from, String fromRoot, long to, String toRoot, List<String> proof) {}

  /** A public key: from when and which size on it signs, and, when it is retired, until when and which size. */
  record LogKeyView(int number, String id, String key, Instant from, long fromSize, @Nullable Instant until,
      @Nullable Long untilSize, String statement) {}

  /** All keys ever signed with, oldest first; each is stated by a note that the one before it signed. */
  record LogKeysView(String origin, List<LogKeyView> log, List<LogKeyView> result) {}

  private static boolean isLive(HttpServletRequest request) {
    return request.getRequestURI().startsWith("/v1/log/");
  }

  private Signed latest(boolean live) {
    return tree.latest(live).orElseThrow(() -> Fault.NOT_FOUND.away());
  }

  @GetMapping({"/v1/log/checkpoint", "/v1/test-log/checkpoint"}) void checkpoint(HttpServletRequest request,
      HttpServletResponse response) throws IOException {
    boolean live = isLive(request);
    write(response, "text/plain;charset=utf-8", SHORTLY, tree.note(live, latest(live)).written().getBytes(UTF_8));
  }

  @GetMapping({"/v1/log/checkpoint/{size}", "/v1/test-log/checkpoint/{size}"}) void checkpointOf(
      HttpServletRequest request, HttpServletResponse response, @PathVariable String size) throws IOException {
    boolean live = isLive(request);
    var signed = tree.at(live, number(size)).orElseThrow(() -> Fault.NOT_FOUND.away());
    // Witnesses may still add to it.
    write(response, "text/plain;charset=utf-8", SHORTLY, tree.note(live, signed).written().getBytes(UTF_8));
  }

  @GetMapping({"/v1/log/stamp/{size}", "/v1/test-log/stamp/{size}"}) void stamp(HttpServletRequest request,
      HttpServletResponse response, @PathVariable String size) throws IOException {
    var stamp = tree.stamp(isLive(request), number(size)).orElseThrow(() -> Fault.NOT_FOUND.away());
    write(response, "application/octet-stream", FOREVER, stamp.token());
  }

  @GetMapping({"/v1/log/tile/{level}/{*tile}", "/v1/test-log/tile/{level}/{*tile}"}) void tile(
      HttpServletRequest request, HttpServletResponse response, @PathVariable String level, @PathVariable String tile)
      throws IOException {
    long height = number(level);
    if (height > HIGHEST) throw Fault.NOT_FOUND.away();
    boolean live = isLive(request);
    var wanted = wanted(live, (int) height, tile);
    var hashes = tree.tile(live, (int) height, wanted.number());
    var bytes = ByteBuffer.allocate(wanted.width() * Merkle.HASH).put(hashes, 0, wanted.width() * Merkle.HASH).array();
    write(response, "application/octet-stream", FOREVER, bytes);
  }

  @GetMapping({"/v1/log/tile/entries/{*tile}", "/v1/test-log/tile/entries/{*tile}"}) void entries(
      HttpServletRequest request, HttpServletResponse response, @PathVariable String tile) throws IOException {
    boolean live = isLive(request);
    var wanted = wanted(live, 0, tile);
    long from = wanted.number() * Tiles.WIDTH;
    var bytes = ByteBuffer.allocate(wanted.width() * (Short.BYTES + Merkle.HASH));
    for (var entry : tree.entries(live, from, from + wanted.width())) bytes.putShort((short) entry.length).put(entry);
    write(response, "application/octet-stream", FOREVER, bytes.array());
  }

  /** Which tile, and how many of its hashes. */
  private record Wanted(long number, int width) {}

  private Wanted wanted(boolean live, int level, String tile) {
    var matcher = TILE.matcher(tile);
    if (!matcher.matches() || tile.startsWith("/x000/")) throw Fault.NOT_FOUND.away();
    long number = Long.parseLong(matcher.group(1).replaceAll("[x/]", "") + matcher.group(2));
    int width = matcher.group(3) == null ? Tiles.WIDTH : Integer.parseInt(matcher.group(3));
    long there = (latest(live).size() >> (Tiles.HEIGHT * level)) - number * Tiles.WIDTH;
    boolean known = width <= there && (width < Tiles.WIDTH || matcher.group(3) == null);
    if (!known) throw Fault.NOT_FOUND.away();
    return new Wanted(number, width);
  }

  private static void write(HttpServletResponse response, String type, String caching, byte[] bytes)
      throws IOException {
    response.setContentType(type);
    response.setHeader("Cache-Control", caching);
    response.setHeader("Access-Control-Allow-Origin", "*");
    response.setContentLength(bytes.length);
    response.getOutputStream().write(bytes);
  }

  @GetMapping({"/v1/log/proofs/inclusion", "/v1/test-log/proofs/inclusion"}) InclusionView inclusion(
      HttpServletRequest request) {
    boolean live = isLive(request);
    var query = new Query(request, INCLUSION);
    long size = size(live, query, "size");
    var entry = query.text("entry");
    if ((entry == null) == (query.text("index") == null)) throw Fault.QUERY_INVALID.away("index");
    if (entry != null && !entry.matches("[0-9a-f]{64}")) throw Fault.QUERY_INVALID.away("entry");
    var leaf = (entry == null ? tree.leaf(live, number(query, "index")) : tree.leaf(live, HEX.parseHex(entry)))
        .filter(it -> it.index() < size).orElseThrow(() -> Fault.NOT_FOUND.away());
    return new InclusionView(leaf.index(), HEX.formatHex(leaf.hash()), size, HEX.formatHex(tree.root(live, size)),
        hex(tree.inclusion(live, leaf.index(), size)),
        tree.at(live, size).map(it -> tree.note(live, it).written()).orElse(null));
  }

  @GetMapping({"/v1/log/proofs/consistency", "/v1/test-log/proofs/consistency"}) ConsistencyView consistency(
      HttpServletRequest request) {
    boolean live = isLive(request);
    var query = new Query(request, CONSISTENCY);
    if (query.text("from") == null) throw Fault.QUERY_INVALID.away("from");
    long from = number(query, "from");
    long to = size(live, query, "to");
    if (from > to) throw Fault.QUERY_INVALID.away("from");
    return new ConsistencyView(from, HEX.formatHex(tree.root(live, from)), to, HEX.formatHex(tree.root(live, to)),
        hex(tree.consistency(live, from, to)));
  }

  private static List<String> hex(List<byte[]> hashes) {
    return hashes.stream().map(HEX::formatHex).toList();
  }

  /** At most as many entries as are published. */
  private long size(boolean live, Query query, String name) {
    long published = latest(live).size();
    if (query.text(name) == null) return published;
    long size = number(query, name);
    if (size == 0 || size > published) throw Fault.QUERY_INVALID.away(name);
    return size;
  }

  private static long number(Query query, String name) {
    var text = query.text(name);
    if (text == null || !NUMBER.matcher(text).matches()) throw Fault.QUERY_INVALID.away(name);
    return Long.parseLong(text);
  }

  private static long number(String text) {
    if (!NUMBER.matcher(text).matches()) throw Fault.NOT_FOUND.away();
    return Long.parseLong(text);
  }

  @GetMapping({"/v1/log/keys", "/v1/test-log/keys"}) LogKeysView keys(HttpServletRequest request) {
    boolean live = isLive(request);
    return new LogKeysView(tree.origin(live), views(Purpose.log(live)), views(Purpose.RESULT));
  }

  /** Which of our logs ever signed with this key ({@code name+id+base64}): "live", "test", or "" for neither. */
  public String whose(String key) {
    for (boolean live : new boolean[] {true, false}) {
      if (views(Purpose.log(live)).stream().anyMatch(it -> it.key().equals(key))) return live ? "live" : "test";
    }
    return "";
  }

  private List<LogKeyView> views(Purpose purpose) {
    var notes = tree.keys(purpose);
    var chain = KeyChain.of(notes);
    return chain.keys().stream().map(it -> view(it, chain, notes.get(it.number() - 1))).toList();
  }

  private static LogKeyView view(KeyStatement it, KeyChain chain, Note note) {
    var next = chain.retirement(it.number());
    return new LogKeyView(it.number(), it.key().id(), it.key().line(), it.from(), it.size(),
        next.map(KeyStatement::from).orElse(null), next.map(KeyStatement::size).orElse(null), note.written());
  }

  @GetMapping("/.well-known/jwks.json") Map<String, Object> jwks(HttpServletResponse response) {
    response.setHeader("Cache-Control", "public, max-age=300");
    response.setHeader("Access-Control-Allow-Origin", "*");
    return keyring.jwks();
  }
}
