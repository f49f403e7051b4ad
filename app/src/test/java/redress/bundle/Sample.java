package redress.bundle;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A bundle made from its description in docs/verify.md and from nothing of this project: the other side of the
 * verifier's test. Its maker holds all keys, so that it can also lie as a platform could that signs whatever it likes.
 */
final class Sample {
  static final JsonMapper JSON = JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();
  static final String ORIGIN = "redress.test/log";
  private static final String AT = "2026-03-02T08:00:00Z";
  private static final String ZEROS = "0".repeat(64);

  /** The keys of the platform that most samples are of. */
  static final KeyPair KEY = keys();
  static final KeyPair RESULT_KEY = keys();

  final String dispute;
  final KeyPair key;
  final KeyPair resultKey;
  /** What is in the bundle beside manifest and seal; changed at will before {@link #packed}. */
  final Map<String, byte[]> files = new TreeMap<>();
  final List<byte[]> leaves = new ArrayList<>();
  private final SplittableRandom random;
  private final List<Object> entries = new ArrayList<>();
  private final List<Object> texts = new ArrayList<>();
  private final List<Object> evidence = new ArrayList<>();
  private final List<byte[]> hashes = new ArrayList<>();
  private final List<Long> indexes = new ArrayList<>();
  private final Map<String, Object> paper = new TreeMap<>();
  private String termsHash = "";

  /** A dispute that ended, in {@code more} messages more than needed. */
  Sample(long seed, int more) {
    this(seed, more, KEY, RESULT_KEY);
  }

  /** The same by a platform with these keys. */
  Sample(long seed, int more, KeyPair key, KeyPair resultKey) {
    this.key = key;
    this.resultKey = resultKey;
    random = new SplittableRandom(seed);
    dispute = "dsp_" + hex(bytes(10)).substring(1);
    others(3);
    events(more);
    others(3);
    finish();
  }

  private void events(int more) {
    happened("Filed",
        Map.of("filing", Map.of("currency", "EUR", "description", words("It is scratched. 划痕")), "row", 1),
        true);
    evidence(1, "a photo\0of scratches".getBytes(UTF_8));
    others(2);
    happened("NoteAdded", Map.of("text", Map.of("id", "wrd_x", "commitment", ZEROS, "chars", 4)), false);
    for (int i = 0; i < more; i++) happened("MessageSent", Map.of("text", words("Message \"" + i + "\"\n…")), true);
    happened("SettlementFormed", Map.of("settlement", settlement()), true);
    happened("Closed", Map.of("outcome", "SETTLED_FULFILLED"), true);
  }

  void evidence(int number, byte[] bytes) {
    var sha256 = hex(sha(bytes));
    happened("EvidenceSubmitted", Map.of("id", number, "sha256", sha256, "text", words("what it shows")), true);
    files.put("evidence/" + number + "-" + sha256, bytes);
    evidence.add(Map.of("number", number, "sha256", sha256));
  }

  private Map<String, Object> settlement() {
    Map<String, Object> promise =
        new TreeMap<>(Map.of("kind", "REFUND", "minor", 1_000, "valueIfBroken", 0, "after", 0));
    promise.put("executor", "PLATFORM");
    promise.put("within", null);
    var hashed = new TreeMap<>(promise);
    hashed.put("within", "");
    termsHash = hex(sha(canonical(Map.of("currency", "EUR", "dispute", dispute, "remedy", "PARTIAL_REFUND",
        "promises", List.of(hashed)))));
    return Map.of("number", 1, "termsHash", termsHash, "terms",
        Map.of("remedy", "PARTIAL_REFUND", "promises", List.of(promise)));
  }

  private Map<String, Object> words(String text) {
    var id = "wrd_" + hex(bytes(12));
    var opens = bytes(32);
    texts.add(Map.of("id", id, "key", hex(opens), "text", text));
    return Map.of("id", id, "commitment", hmac(opens, text), "chars", text.codePointCount(0, text.length()));
  }

  /** One more entry of the dispute, opened but for what only staff may see. */
  private void happened(String type, Map<String, ?> body, boolean opened) {
    Map<String, Object> parts = new LinkedHashMap<>();
    parts.put("event", Map.of("after", "B", "before", "A", "body", body, "row", 0, "type", type));
    parts.put("actor", Map.of("person", "li", "role", "BUYER", "subject", "li"));
    parts.put("money", type.equals("Closed") ? List.of(Map.of("cause", "hold", "currency", "EUR", "id", "12", "lines",
        List.of(Map.of("account", "a", "minor", 5), Map.of("account", "b", "minor", -5)), "refund", 0)) : List.of());
    var entry = new TreeMap<String, Object>(Map.of("at", AT, "dispute", dispute, "n", hashes.size() + 1, "v", 1,
        "previous", hashes.isEmpty() ? ZEROS : hex(hashes.getLast())));
    var openings = new TreeMap<String, Object>();
    var salt = bytes(16);
    parts.forEach((part, is) -> {
      var opening = Map.of("is", is, "salt", hex(sha(salt, part.getBytes(UTF_8))).substring(0, 32));
      entry.put(part, hex(sha(canonical(opening))));
      if (opened || part.equals("money")) openings.put(part, opening);
    });
    var hash = sha(canonical(entry));
    hashes.add(hash);
    indexes.add((long) leaves.size());
    leaves.add(sha(new byte[] {0}, hash));
    entries.add(new TreeMap<>(Map.of("entry", entry, "openings", openings)));
  }

  /** Entries of other disputes. */
  void others(int count) {
    for (int i = 0; i < count; i++) leaves.add(sha(new byte[] {0}, bytes(32)));
  }

  /** Everything that follows from the entries and the tree. */
  private void finish() {
    int then = indexes.getLast().intValue() + 2;
    Map<String, Object> log = Map.of("entry", hex(hashes.getLast()), "index", indexes.getLast(), "checkpoint",
        checkpoint(then), "inclusion", inclusion(indexes.getLast().intValue(), 0, then));
    result(Map.of("dispute", dispute, "events", hashes.size(), "outcome", "SETTLED_FULFILLED", "agreements",
        List.of(Map.of("number", 1, "termsHash", termsHash)), "evidence", evidence, "log", log));
    paper("%PDF-1.7 not looked into".getBytes(UTF_8));
    long size = leaves.size();
    files.put("checkpoint", checkpoint(size).getBytes(UTF_8));
    files.put("consistency.json", canonical(List.of(Map.of("from", then, "to", size, "proof", consistency(then)))));
    files.put("keys.json", canonical(Map.of("v", 1, "log", List.of(statement(1, key, 0, key)), "result",
        List.of(statement(1, resultKey, 0, resultKey)))));
    files.put("entries.json", entries(size));
    files.put("papers.json", papers(size));
    files.put("texts.json", canonical(texts));
  }

  /** The result on paper, which the log tells of. */
  private void paper(byte[] pdf) {
    files.put("result-en.pdf", pdf);
    var opening = Map.of("is", Map.of("dispute", dispute, "language", "en", "number", 1, "record",
        hex(sha(files.getOrDefault("result.json", new byte[0]))), "sha256", hex(sha(pdf))), "salt", hex(bytes(16)));
    paper.put("paper", "result-en.pdf");
    paper.put("opening", opening);
    paper.put("entry", Map.of("act", "paper.made", "at", AT, "body", hex(sha(canonical(opening))), "v", 1));
    paper.put("index", leaves.size());
    leaves.add(sha(new byte[] {0}, sha(canonical(paper.get("entry")))));
  }

  /** What the log says of the paper, in the tree of {@code size} leaves. */
  byte[] papers(long size) {
    paper.put("inclusion", inclusion((int) paper.getOrDefault("index", 0), 0, (int) size));
    return canonical(List.of(paper));
  }

  /** Entries with their proofs in the tree of {@code size} leaves. */
  byte[] entries(long size) {
    for (int i = 0; i < entries.size(); i++) {
      @SuppressWarnings("unchecked") var item = (Map<String, Object>) entries.get(i);
      item.put("index", indexes.get(i));
      item.put("inclusion", inclusion(indexes.get(i).intValue(), 0, (int) size));
    }
    return canonical(entries);
  }

  /** Signs this result and puts it in. */
  void result(Object record) {
    var payload = canonical(record);
    var url = Base64.getUrlEncoder().withoutPadding();
    var signed =
        url.encodeToString(canonical(Map.of("alg", "EdDSA", "kid", thumbprint(resultKey), "typ", "redress-result+jws")))
            + "." + url.encodeToString(payload);
    files.put("result.json", payload);
    files.put("result.jws",
        (signed + "." + url.encodeToString(sign(resultKey, signed.getBytes(US_ASCII)))).getBytes(US_ASCII));
  }

  /** That this is key {@code number}, signing from a tree of {@code size} on: signed by itself and the one before. */
  static String statement(int number, KeyPair key, long size, KeyPair before) {
    var text = "redress-key/v1\nnumber " + number + "\nkey " + line(key) + "\nfrom " + AT + "\nsize " + size + "\n";
    return note(key, text) + (before.equals(key) ? "" : note(before, text).substring(text.length() + 1));
  }

  private static String thumbprint(KeyPair key) {
    var url = Base64.getUrlEncoder().withoutPadding();
    return url.encodeToString(sha(("{\"crv\":\"Ed25519\",\"kty\":\"OKP\",\"x\":\"" + url.encodeToString(raw(key))
        + "\"}").getBytes(UTF_8)));
  }

  // The tree, as RFC 6962 §2.1 defines it: by recursion over lists.

  private byte[] root(int from, int to) {
    if (to - from == 1) return leaves.get(from);
    int middle = from + Integer.highestOneBit(to - from - 1);
    return sha(new byte[] {1}, root(from, middle), root(middle, to));
  }

  private List<String> inclusion(int index, int from, int to) {
    if (to - from == 1) return new ArrayList<>();
    int middle = from + Integer.highestOneBit(to - from - 1);
    var path = index < middle ? inclusion(index, from, middle) : inclusion(index, middle, to);
    path.add(hex(index < middle ? root(middle, to) : root(from, middle)));
    return path;
  }

  /** That the tree of all leaves continues the one of the first {@code size}. */
  List<String> consistency(int size) {
    return consistency(size, 0, leaves.size(), true);
  }

  private List<String> consistency(int size, int from, int to, boolean whole) {
    if (size == to) return whole ? new ArrayList<>() : new ArrayList<>(List.of(hex(root(from, to))));
    int middle = from + Integer.highestOneBit(to - from - 1);
    boolean left = size <= middle;
    var path = left ? consistency(size, from, middle, whole) : consistency(size, middle, to, false);
    path.add(hex(left ? root(middle, to) : root(from, middle)));
    return path;
  }

  String checkpoint(long size) {
    return note(key, ORIGIN + "\n" + size + "\n" + Base64.getEncoder().encodeToString(root(0, (int) size)) + "\n");
  }

  static String note(KeyPair key, String text) {
    var id = HexFormat.of().parseHex(id(key));
    var signed = ByteBuffer.allocate(68).put(id).put(sign(key, text.getBytes(UTF_8))).array();
    return text + "\n\u2014 " + ORIGIN + " " + Base64.getEncoder().encodeToString(signed) + "\n";
  }

  private static String id(KeyPair key) {
    return hex(sha((ORIGIN + "\n").getBytes(UTF_8), new byte[] {1}, raw(key))).substring(0, 8);
  }

  /** The key as one line. */
  static String line(KeyPair key) {
    var bytes = ByteBuffer.allocate(33).put((byte) 1).put(raw(key)).array();
    return ORIGIN + "+" + id(key) + "+" + Base64.getEncoder().encodeToString(bytes);
  }

  // Packing

  /** The bundle, with a manifest that fits and sealed with the log's key. */
  byte[] packed() {
    return packed(key);
  }

  byte[] packed(KeyPair seal) {
    var hashes = new TreeMap<String, String>();
    files.forEach((name, bytes) -> hashes.put(name, hex(sha(bytes))));
    return packed(seal, canonical(Map.of("v", 1, "dispute", dispute, "for", "BUYER", "made", AT, "files", hashes)));
  }

  byte[] packed(KeyPair seal, byte[] manifest) {
    var all = new LinkedHashMap<String, byte[]>();
    all.put("manifest.json", manifest);
    all.put("seal", note(seal, "redress-bundle/v1\nmanifest " + hex(sha(manifest)) + "\n").getBytes(UTF_8));
    all.putAll(files);
    return Zipping.stored(all);
  }

  /** The same with one file read as JSON and changed. */
  Sample changed(String file, java.util.function.Consumer<JsonNode> change) {
    var json = JSON.readTree(files.get(file));
    change.accept(json);
    files.put(file, JSON.writeValueAsBytes(json));
    return this;
  }

  // Primitives

  private byte[] bytes(int count) {
    var bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }

  static byte[] canonical(Object value) {
    return JSON.writeValueAsBytes(value);
  }

  static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  static byte[] sha(byte[]... parts) {
    try {
      var sha = MessageDigest.getInstance("SHA-256");
      for (var part : parts) sha.update(part);
      return sha.digest();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static String hmac(byte[] key, String text) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return hex(mac.doFinal(text.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  static KeyPair keys() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] raw(KeyPair key) {
    var encoded = key.getPublic().getEncoded();
    return Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
  }

  private static byte[] sign(KeyPair key, byte[] bytes) {
    try {
      var signing = Signature.getInstance("Ed25519");
      signing.initSign(key.getPrivate());
      signing.update(bytes);
      return signing.sign();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
