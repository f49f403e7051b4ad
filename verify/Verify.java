import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.PrintStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Checks a bundle that Redress exported for one dispute. Needs no network, no server and nothing of Redress: only this
 * file and a JDK. It shares no code with the program that made the bundle; docs/verify.md describes the format.
 *
 * <p>It reads like the argument it makes. {@link Check} goes from the outside in: the ZIP, the manifest and its seal,
 * the keys, the checkpoint, each entry and its place in the tree, what is opened of it, the texts, the evidence, the
 * result. Below it are the tools: JSON, hashes, signatures, notes, the tree, the ZIP.
 *
 * <p>It leaves with 0 when everything holds, with 1 at the first thing that does not, naming the place, and with 2 when
 * there is nothing it could check.
 */
public final class Verify {
  private static final String USAGE = """
      Checks a bundle that Redress exported for a dispute, offline.

        java Verify.java BUNDLE.zip [--key KEY] [--checkpoint FILE [--consistency FILE]]

        --key KEY           the log's public key as you know it from elsewhere, name+id+base64
        --checkpoint FILE   a checkpoint of the log that you have from elsewhere, such as from a witness
        --consistency FILE  what the log answers under /v1/log/proofs/consistency for both checkpoints

      Exit codes: 0 everything holds, 1 something does not, 2 there is nothing to check.""";

  public static void main(String... args) {
    System.exit(run(System.out, args));
  }

  /** Checks what {@code args} name, tells {@code out} what is proved, and returns the exit code. */
  public static int run(PrintStream out, String... args) {
    try {
      var wish = Wish.of(args);
      if (wish == null) {
        out.println(USAGE);
        return 0;
      }
      try (var zip = new Zip(wish.bundle())) {
        var check = new Check(zip, wish);
        check.everything();
        check.tell(out);
      }
      return 0;
    } catch (Broken broken) {
      out.println("verify: BROKEN " + broken.getMessage());
      return 1;
    } catch (Unusable unusable) {
      out.println("verify: " + unusable.getMessage());
      return 2;
    } catch (IOException e) {
      out.println("verify: cannot read the file: " + e.getMessage());
      return 2;
    }
  }

  /** Something is not what it should be: where, and why. */
  static final class Broken extends RuntimeException {
    private static final long serialVersionUID = 1;

    Broken(String where, String why) {
      super(where + ": " + why);
    }
  }

  /** There is nothing to check, or it was asked for in a way that cannot be understood. */
  static final class Unusable extends RuntimeException {
    private static final long serialVersionUID = 1;

    Unusable(String why) {
      super(why);
    }
  }

  /** What was asked for on the command line; what was not given is null. */
  record Wish(Path bundle, NoteKey key, byte[] checkpoint, byte[] consistency) {
    private static final int LARGEST = 1 << 20;

    /** Null when somebody only asks how this is used. */
    static Wish of(String... args) throws IOException {
      if (List.of(args).contains("--help") || List.of(args).contains("-h")) return null;
      var options = new HashMap<String, String>();
      for (int i = 0; i < args.length; i++) {
        boolean option = args[i].startsWith("-");
        if (option && !Set.of("--key", "--checkpoint", "--consistency").contains(args[i])) {
          throw new Unusable("there is no option " + args[i] + "\n" + USAGE);
        }
        if (option && i + 1 == args.length) throw new Unusable(args[i] + " needs a value");
        var twice = option ? options.put(args[i], args[++i]) : options.put("", args[i]);
        if (twice != null) throw new Unusable("one bundle and each option once\n" + USAGE);
      }
      if (!options.containsKey("")) throw new Unusable("name the bundle\n" + USAGE);
      if (options.containsKey("--consistency") && !options.containsKey("--checkpoint")) {
        throw new Unusable("--consistency proves something about a --checkpoint");
      }
      return new Wish(Path.of(options.get("")), key(options.get("--key")), read(options.get("--checkpoint")),
          read(options.get("--consistency")));
    }

    private static NoteKey key(String line) {
      try {
        return line == null ? null : NoteKey.parse("--key", line.strip());
      } catch (Broken e) {
        throw new Unusable(e.getMessage());
      }
    }

    private static byte[] read(String file) throws IOException {
      if (file == null) return null;
      if (Files.size(Path.of(file)) > LARGEST) throw new Unusable(file + " is too large for what it should be");
      return Files.readAllBytes(Path.of(file));
    }
  }

  // ------------------------------------------------------------------------------------------------ the argument

  /** The whole argument, from the outermost byte to the result of the dispute. */
  static final class Check {
    private static final Set<String> READERS = Set.of("BUYER", "MERCHANT", "PLATFORM", "STAFF", "AUDITOR");
    private static final Set<String> NEEDED =
        Set.of("manifest.json", "seal", "keys.json", "checkpoint", "entries.json", "texts.json");
    private static final Pattern EVIDENCE = Pattern.compile("evidence/([1-9][0-9]{0,4})-([0-9a-f]{64})");
    private static final Set<String> PAPERS = Set.of("result-en.pdf", "result-zh.pdf");
    private static final Pattern DISPUTE = Pattern.compile("dsp_[0-9a-f]{19}");
    private static final String ZEROS = "0".repeat(64);

    private final Zip zip;
    private final Wish wish;
    private final List<String> proved = new ArrayList<>();
    private final List<String> open = new ArrayList<>();

    private String dispute = "";
    private String reader = "";
    private String made = "";
    private List<KeyStatement> keys = List.of();
    private final Map<String, NoteKey> resultKeys = new HashMap<>();
    private Checkpoint checkpoint;
    private final List<Entry> entries = new ArrayList<>();
    private final Map<Long, String> agreements = new HashMap<>();
    private long evidence;

    Check(Zip zip, Wish wish) {
      this.zip = zip;
      this.wish = wish;
    }

    void everything() throws IOException {
      manifest();
      keys();
      seal();
      checkpoints();
      entries();
      money();
      texts();
      terms();
      evidence();
      result();
      papers();
    }

    /** Prints what is proved and what is not; the last line is for programs. */
    void tell(PrintStream out) {
      out.println("Dispute " + dispute + ", as " + reader + " may see it, exported at " + made + ".");
      out.println("Proved:");
      for (var line : proved) out.println("  + " + line);
      out.println("Not proved:");
      for (var line : open) out.println("  - " + line);
      out.println("verify: ok entries=" + entries.size() + " evidence=" + evidence + " checkpoint=" + checkpoint.size()
          + " key=" + keys.getLast().key());
    }

    /** Every file is listed with its hash, and nothing else is there. */
    private void manifest() throws IOException {
      for (var name : NEEDED) if (!zip.has(name)) throw new Broken(name, "is missing");
      var manifest = json("manifest.json").only("dispute", "files", "for", "made", "v");
      if (manifest.at("v").number() != 1) throw new Broken("manifest.json", "is of a version unknown here");
      dispute = manifest.at("dispute").matching(DISPUTE);
      reader = manifest.at("for").text();
      if (!READERS.contains(reader)) throw manifest.at("for").broken("names nobody a bundle is made for");
      made = manifest.at("made").instant();
      var listed = manifest.at("files").members();
      var there = new TreeSet<>(zip.names());
      there.removeAll(Set.of("manifest.json", "seal"));
      for (var name : there) if (!listed.containsKey(name)) throw new Broken(name, "is not in the manifest");
      for (var file : listed.entrySet()) {
        if (!there.contains(file.getKey())) throw new Broken(file.getKey(), "is in the manifest and not in the bundle");
        if (!zip.sha256(file.getKey()).equals(file.getValue().hash())) {
          throw new Broken(file.getKey(), "its bytes are not those that the manifest lists");
        }
      }
      proved.add("All " + there.size() + " files are, byte for byte, those that the manifest lists.");
    }

    /** The log's keys and those that results are signed with, each handed over to by the one before. */
    private void keys() throws IOException {
      var file = json("keys.json").only("log", "result", "v");
      if (file.at("v").number() != 1) throw new Broken("keys.json", "is of a version unknown here");
      keys = KeyStatement.chain(file.at("log"));
      for (var stated : KeyStatement.chain(file.at("result"))) resultKeys.put(stated.key().thumbprint(), stated.key());
      trust();
    }

    /** Everything hangs on one key: yours, or else the word of the bundle. */
    private void trust() {
      var known = wish.key();
      var current = keys.getLast().key();
      if (known == null) {
        open.add("Whose key that is: the bundle brings it along. Compare " + current
            + " with what the platform publishes, or give the key you know with --key.");
      } else if (known.equals(current)) {
        proved.add("The key you gave is the log's.");
      } else if (keys.stream().anyMatch(stated -> stated.key().equals(known))) {
        proved.add("The key you gave is the log's; it handed over to today's, " + current + ".");
      } else {
        throw new Broken("keys.json", "the key you gave, " + known + ", is not the log's: that is " + current);
      }
    }

    /** The log's present key has signed the manifest, and so every file of the bundle. */
    private void seal() throws IOException {
      var seal = Note.parse("seal", zip.bytes("seal"));
      var key = keys.getLast().key();
      var text = "redress-bundle/v1\nmanifest " + zip.sha256("manifest.json") + "\n";
      if (!seal.text().equals(text)) throw new Broken("seal", "is not about this manifest");
      seal.mustBeSignedBy(key);
      proved.add("The manifest, and with it every file, is sealed by " + key + ".");
    }

    /** The tree that everything is proved against, and that it only grew up to any newer one that is known. */
    private void checkpoints() throws IOException {
      checkpoint = checkpoint("checkpoint", zip.bytes("checkpoint"));
      proved.add("The log had " + checkpoint.size() + " entries with the root " + hex(checkpoint.root())
          + ": so says its signed checkpoint.");
      if (zip.has("newer-checkpoint")) {
        var newer = checkpoint("newer-checkpoint", zip.bytes("newer-checkpoint"));
        consistent("newer-checkpoint", newer, bridge("newer-checkpoint", newer));
        proved.add("It only grew until it had " + newer.size() + " entries, in the newer checkpoint.");
      }
      if (wish.checkpoint() == null) return;
      var given = checkpoint("--checkpoint", wish.checkpoint());
      if (given.size() == checkpoint.size()) {
        consistent("--checkpoint", given, List.of());
      } else if (wish.consistency() == null) {
        throw new Unusable("to compare with your checkpoint of " + given.size() + " entries, get /v1/log/proofs/"
            + "consistency?from=" + Math.min(given.size(), checkpoint.size()) + "&to="
            + Math.max(given.size(), checkpoint.size())
            + " (of test payments: /v1/test-log/proofs/…) and give it with --consistency");
      } else {
        consistent("--consistency", given, Json.read("--consistency", wish.consistency()).at("proof").hashes());
      }
      proved.add("It is one log with the checkpoint you gave, of " + given.size() + " entries.");
    }

    /** A checkpoint signed by a key of the log that may speak of a tree of this size: a retired one's word ends. */
    private Checkpoint checkpoint(String place, byte[] bytes) {
      var note = Note.parse(place, bytes);
      for (int i = 0; i < keys.size(); i++) {
        var stated = keys.get(i);
        if (!note.names(stated.key())) continue;
        note.mustBeSignedBy(stated.key());
        var read = Checkpoint.parse(place, note.text(), stated.key().name());
        boolean retired = i + 1 < keys.size() && read.size() > keys.get(i + 1).size();
        if (read.size() >= stated.size() && !retired) return read;
      }
      throw new Broken(place, "no key of this log signed it that may speak of this size");
    }

    /** What the bundle has to prove that this checkpoint and its own are of one log; nothing where they are one. */
    private List<byte[]> bridge(String place, Checkpoint other) throws IOException {
      long from = Math.min(other.size(), checkpoint.size());
      long to = Math.max(other.size(), checkpoint.size());
      if (from == to) return List.of();
      if (zip.has("consistency.json")) {
        for (var proof : json("consistency.json").list()) {
          if (proof.only("from", "proof", "to").at("from").number() == from && proof.at("to").number() == to) {
            return proof.at("proof").hashes();
          }
        }
      }
      throw new Broken(place, "nothing proves that the tree of " + to + " entries continues the one of " + from);
    }

    private void consistent(String place, Checkpoint other, List<byte[]> path) {
      var smaller = other.size() < checkpoint.size() ? other : checkpoint;
      var larger = smaller == other ? checkpoint : other;
      if (!Tree.isConsistent(smaller.size(), smaller.root(), larger.size(), larger.root(), path)) {
        throw new Broken(place, "the tree of " + larger.size() + " entries does not continue the one of "
            + smaller.size() + ": the log shows different people different things");
      }
    }

    /** Each entry is in the tree, commits to the one before it, and its openings are what it committed to. */
    private void entries() throws IOException {
      var previous = ZEROS;
      for (var node : json("entries.json").list()) {
        var entry = Entry.read(node, dispute);
        if (!entries.isEmpty() && entry.n() != entries.getLast().n() + 1) {
          throw node.broken("entry " + entry.n() + " follows entry " + entries.getLast().n());
        }
        if (!entry.previous().equals(previous)) {
          throw node.broken(entries.isEmpty() ? "an entry before entry " + entry.n() + " is missing"
              : "entry " + entry.n() + " does not follow from entry " + (entry.n() - 1));
        }
        if (!Tree.isIncluded(entry.index(), checkpoint.size(), entry.hash(), entry.inclusion(), checkpoint.root())) {
          throw node.broken("entry " + entry.n() + " is not in the tree at " + entry.index());
        }
        previous = hex(entry.hash());
        entries.add(entry);
      }
      if (entries.isEmpty()) throw new Broken("entries.json", "has no entry");
      long first = entries.getFirst().n();
      long last = entries.getLast().n();
      proved.add("Entries " + first + " to " + last + " are one unbroken chain, and each is in the log's tree.");
      if (first > 1) open.add("Entries 1 to " + (first - 1) + ": they are from before the log was kept.");
      open.add("What happened after entry " + last + ", and that nobody sees the last minute of a log before it is"
          + " signed; a stolen key could sign anything until a witness compares.");
      redacted();
    }

    private void redacted() {
      long opened = entries.stream().mapToLong(entry -> entry.openings().size()).sum();
      proved.add(opened + " parts of entries are shown and are what was committed to when they happened.");
      var closed = new ArrayList<String>();
      for (var part : Entry.PARTS) {
        var numbers = entries.stream().filter(it -> !it.openings().containsKey(part)).map(Entry::n).toList();
        if (!numbers.isEmpty()) closed.add(part + " of " + ranges(numbers));
      }
      if (!closed.isEmpty()) {
        open.add("What is not shown to this reader: " + String.join("; ", closed)
            + ". These parts exist and cannot have changed since; what they say stays closed.");
      }
    }

    private static String count(long number, String what) {
      return number + " " + what + (number == 1 ? "" : "s");
    }

    /** 1, 2, 3, 7 as "1-3, 7". */
    private static String ranges(List<Long> numbers) {
      var out = new StringBuilder();
      for (int i = 0; i < numbers.size(); i++) {
        long from = numbers.get(i);
        while (i + 1 < numbers.size() && numbers.get(i + 1) - numbers.get(i) == 1) i++;
        out.append(out.isEmpty() ? "" : ", ").append(from);
        if (numbers.get(i) > from) out.append('-').append(numbers.get(i));
      }
      return out.toString();
    }

    /** Double entry: what every movement of money shows comes to nothing, in its currency. */
    private void money() {
      long movements = 0;
      for (var entry : entries) {
        if (!entry.openings().containsKey("money")) continue;
        for (var movement : entry.openings().get("money").list()) {
          var sum = BigInteger.ZERO;
          for (var line : movement.at("lines").list()) sum = sum.add(BigInteger.valueOf(line.at("minor").number()));
          if (sum.signum() != 0) throw movement.broken("debits and credits differ by " + sum);
          movements++;
        }
      }
      proved.add(count(movements, "movement") + " of money shown; in each, debits equal credits.");
    }

    /** Each text is the one that was committed to; its key opens it and no other. */
    private void texts() throws IOException {
      var committed = new LinkedHashMap<String, Node>();
      for (var event : events()) collectWords(event.at("body"), committed);
      int all = committed.size();
      for (var text : json("texts.json").list()) {
        text.only("id", "key", "text");
        var words = committed.remove(text.at("id").text());
        if (words == null) throw text.broken("no event that is shown speaks of this text, or it is there twice");
        var body = text.at("text").text();
        if (!Hash.hmac(text.at("key").hex(32), body).equals(words.at("commitment").hash())
            || body.codePointCount(0, body.length()) != words.at("chars").number()) {
          throw text.broken("is not what was committed to in " + words.place());
        }
      }
      proved.add(count(all - committed.size(), "text") + ", letter for letter as written.");
      if (!committed.isEmpty()) {
        open.add(count(committed.size(), "text") + " not here: erased, or not this reader's to read. Only how long"
            + " each was is known.");
      }
    }

    private List<Node> events() {
      return entries.stream().filter(entry -> entry.openings().containsKey("event"))
          .map(entry -> entry.openings().get("event")).toList();
    }

    private List<Node> events(String type) {
      return entries.stream().filter(entry -> entry.is(type)).map(entry -> entry.openings().get("event").at("body"))
          .toList();
    }

    private static void collectWords(Node node, Map<String, Node> into) {
      switch (node.is()) {
        case Map<?, ?> map when map.keySet().equals(Set.of("chars", "commitment", "id")) -> {
          if (node.at("chars").number() > 0) into.putIfAbsent(node.at("id").text(), node);
        }
        case Map<?, ?> _ -> node.members().values().forEach(inner -> collectWords(inner, into));
        case List<?> _ -> node.list().forEach(inner -> collectWords(inner, into));
        case null, default -> {}
      }
    }

    /** Each file of evidence is the one that was submitted under its number. */
    private void evidence() throws IOException {
      var submitted = new TreeMap<Long, String>();
      for (var event : events("EvidenceSubmitted")) submitted.put(event.at("id").number(), event.at("sha256").hash());
      var missing = new TreeMap<>(submitted);
      for (var name : zip.names()) {
        var match = EVIDENCE.matcher(name);
        if (!match.matches()) continue;
        long number = Long.parseLong(match.group(1));
        if (!match.group(2).equals(submitted.get(number))) {
          throw new Broken(name, "is not what was submitted as evidence " + number);
        }
        if (!zip.sha256(name).equals(match.group(2))) throw new Broken(name, "its bytes are not what was submitted");
        missing.remove(number);
        evidence++;
      }
      if (evidence > 0) proved.add(count(evidence, "file") + " of evidence, byte for byte as submitted.");
      if (!missing.isEmpty()) {
        open.add("What evidence " + ranges(List.copyOf(missing.keySet()))
            + " shows: the log holds its hash, the file is not in this bundle.");
      }
    }

    /** The hash both sides agreed to is that of the terms that were settled. */
    private void terms() {
      for (var formed : events("SettlementFormed")) {
        var settlement = formed.at("settlement");
        var terms = new TreeMap<String, Object>(Map.of("dispute", dispute, "currency", currency(),
            "remedy", settlement.at("terms").at("remedy").text()));
        terms.put("promises", settlement.at("terms").at("promises").list().stream().map(Check::promise).toList());
        var hash = Hash.sha256(Json.canonical(terms).getBytes(UTF_8));
        if (!settlement.at("termsHash").hash().equals(hash)) throw settlement.broken("is not of the terms it names");
        agreements.put(settlement.at("number").number(), hash);
      }
      if (!agreements.isEmpty()) {
        proved.add("The terms of " + (agreements.size() == 1 ? "the settlement" : agreements.size() + " settlements")
            + " are those whose hash was agreed to.");
      }
    }

    private String currency() {
      return events("Filed").stream().map(filed -> filed.at("filing").at("currency").text()).findFirst()
          .orElseThrow(() -> new Broken("entries.json", "the filing is not shown, but a settlement is"));
    }

    private static Map<String, Object> promise(Node promise) {
      var hashed = new TreeMap<String, Object>();
      for (var name : List.of("kind", "minor", "valueIfBroken", "after")) hashed.put(name, promise.at(name).is());
      for (var name : List.of("executor", "within")) {
        hashed.put(name, promise.has(name) ? promise.at(name).text() : "");
      }
      return hashed;
    }

    /** The signed result speaks of this dispute, these terms, this evidence, and of an entry of this chain. */
    private void result() throws IOException {
      if (zip.has("result.json") != zip.has("result.jws")) throw new Broken("result.json", "comes with result.jws");
      if (!zip.has("result.json")) {
        open.add("How it ended: no signed result is in this bundle.");
        return;
      }
      var signer = signer(zip.bytes("result.jws"), zip.bytes("result.json"));
      var record = json("result.json");
      if (!record.at("dispute").text().equals(dispute)) throw record.at("dispute").broken("is another dispute");
      var last = entry(record.at("events"));
      for (var agreement : record.at("agreements").list()) {
        var hash = agreements.get(agreement.at("number").number());
        if (hash != null && !agreement.at("termsHash").hash().equals(hash)) {
          throw agreement.broken("is not about the terms that were settled");
        }
      }
      resultEvidence(record, last);
      proved.add("The result, " + record.at("outcome").text() + " after entry " + last.n() + ", is signed with key "
          + signer + " and is about this dispute, these terms and this evidence.");
      if (record.has("log")) resultProof(record.at("log"), last);
      else open.add("That the log held entry " + last.n() + " when the result was signed: the result does not say so.");
    }

    private String signer(byte[] jws, byte[] payload) {
      var parts = Text.utf8("result.jws", jws).split("\\.", -1);
      if (parts.length != 3) throw new Broken("result.jws", "is no compact JWS");
      var header = Json.read("result.jws", Text.base64url("result.jws", parts[0]));
      if (!header.at("alg").text().equals("EdDSA")) throw header.broken("is signed in a way unknown here");
      var kid = header.at("kid").text();
      if (!resultKeys.containsKey(kid)) throw header.broken("is signed with a key that is not in keys.json");
      var signed = (parts[0] + "." + parts[1]).getBytes(UTF_8);
      if (!Ed25519.isSigned(resultKeys.get(kid).key(), signed, Text.base64url("result.jws", parts[2]))) {
        throw new Broken("result.jws", "the signature is not right");
      }
      if (!Arrays.equals(Text.base64url("result.jws", parts[1]), payload)) {
        throw new Broken("result.json", "is not what result.jws signs");
      }
      return kid;
    }

    private Entry entry(Node number) {
      return entries.stream().filter(it -> it.n() == number.number()).findFirst()
          .orElseThrow(() -> number.broken("is an entry that is not in this bundle"));
    }

    private void resultEvidence(Node record, Entry last) {
      var named = new TreeMap<Long, String>();
      for (var item : record.at("evidence").list()) named.put(item.at("number").number(), item.at("sha256").hash());
      var shown = new TreeMap<Long, String>();
      for (var entry : entries) {
        if (entry.n() > last.n() || !entry.is("EvidenceSubmitted")) continue;
        var body = entry.openings().get("event").at("body");
        // What only one side or the staff may see is not in a record for all.
        boolean forAll = !body.has("visibility") || body.at("visibility").text().equals("PARTIES");
        if (forAll || named.containsKey(body.at("id").number())) {
          shown.put(body.at("id").number(), body.at("sha256").hash());
        }
      }
      for (var piece : shown.entrySet()) {
        if (!piece.getValue().equals(named.get(piece.getKey()))) {
          throw record.at("evidence").broken("does not name evidence " + piece.getKey() + " as it was submitted");
        }
      }
    }

    /** What the log had signed when the result was made, and that it only grew since. */
    private void resultProof(Node log, Entry last) throws IOException {
      if (!log.at("entry").hash().equals(hex(last.hash()))) throw log.at("entry").broken("is not entry " + last.n());
      var then = checkpoint(log.at("checkpoint").place(), log.at("checkpoint").text().getBytes(UTF_8));
      if (!Tree.isIncluded(log.at("index").number(), then.size(), last.hash(), log.at("inclusion").hashes(),
          then.root())) {
        throw log.broken("entry " + last.n() + " was not in the tree");
      }
      consistent(log.place(), then, bridge(log.place(), then));
      proved.add("When the result was signed the log had " + then.size() + " entries, entry " + last.n()
          + " among them, and has only grown since.");
    }

    /** Of each paper the log says that these bytes are the result's, since it was made. */
    private void papers() throws IOException {
      var papers = new TreeSet<>(zip.names());
      papers.retainAll(PAPERS);
      if (papers.isEmpty()) return;
      if (!zip.has("result.json")) throw new Broken(papers.first(), "comes with result.json");
      for (var paper : zip.has("papers.json") ? json("papers.json").list() : List.<Node>of()) {
        var name = paper(paper);
        if (!papers.remove(name)) throw paper.broken("is the second about " + name);
      }
      for (var name : papers) open.add("When " + name + " was made, and of which result: the log is not asked here.");
      open.add("What a paper says, and the signature inside it: a PDF reader shows both. Proved are its bytes, by their"
          + " hash.");
    }

    private String paper(Node node) throws IOException {
      node.only("entry", "inclusion", "index", "opening", "paper");
      var entry = node.at("entry").only("act", "at", "body", "v");
      var name = node.at("paper").text();
      if (!zip.has(name)) throw node.broken("is about " + name + ", which is not in this bundle");
      if (!entry.at("act").text().equals("paper.made") || entry.at("v").number() != 1) {
        throw entry.broken("is about something else");
      }
      var at = entry.at("at").instant();
      var opening = node.at("opening").only("is", "salt");
      opening.at("salt").hex(16);
      if (!Hash.sha256(Json.canonical(opening.is()).getBytes(UTF_8)).equals(entry.at("body").hash())) {
        throw opening.broken("is not what the entry committed to");
      }
      var said = opening.at("is").only("dispute", "language", "number", "record", "sha256");
      if (!said.at("sha256").hash().equals(zip.sha256(name))) throw new Broken(name, "is not what the log knows it as");
      boolean same = said.at("dispute").text().equals(dispute)
          && said.at("record").hash().equals(zip.sha256("result.json"))
          && name.equals("result-" + said.at("language").text() + ".pdf");
      if (!same) throw said.broken("is a paper of another result");
      var hash = Hash.raw(Json.canonical(entry.is()).getBytes(UTF_8));
      if (!Tree.isIncluded(node.at("index").number(), checkpoint.size(), hash, node.at("inclusion").hashes(),
          checkpoint.root())) {
        throw node.broken("is not in the tree at " + node.at("index").number());
      }
      proved.add(name + " is, byte for byte, the paper of this result that was made at " + at + ": so says the log.");
      return name;
    }

    private Node json(String name) throws IOException {
      return Json.read(name, zip.bytes(name));
    }
  }

  /** One entry of the log with its place in the tree and those of its parts that are shown. */
  record Entry(long n, String previous, byte[] hash, long index, List<byte[]> inclusion, Map<String, Node> openings) {
    static final List<String> PARTS = List.of("event", "actor", "money");

    /** Whether it is shown to be an event of this type. */
    boolean is(String type) {
      return openings.containsKey("event") && openings.get("event").at("type").text().equals(type);
    }

    /** Reads it and holds each opening against its commitment. */
    static Entry read(Node node, String dispute) {
      node.only("entry", "inclusion", "index", "openings");
      var entry = node.at("entry").only("actor", "at", "dispute", "event", "money", "n", "previous", "v");
      if (entry.at("v").number() != 1) throw entry.broken("is of a version unknown here");
      if (!entry.at("dispute").text().equals(dispute)) throw entry.broken("is of another dispute");
      entry.at("at").instant();
      var openings = new LinkedHashMap<String, Node>();
      node.at("openings").members().forEach((part, opening) -> {
        if (!PARTS.contains(part)) throw opening.broken("an entry has no such part");
        opening.only("is", "salt").at("salt").hex(16);
        if (!Hash.sha256(Json.canonical(opening.is()).getBytes(UTF_8)).equals(entry.at(part).hash())) {
          throw opening.broken("is not what the entry committed to");
        }
        openings.put(part, opening.at("is"));
      });
      return new Entry(entry.at("n").number(), entry.at("previous").hash(),
          Hash.raw(Json.canonical(entry.is()).getBytes(UTF_8)), node.at("index").number(),
          node.at("inclusion").hashes(), openings);
    }
  }

  // ------------------------------------------------------------------------------------------------ the tree

  /** Proofs about a Merkle tree as RFC 6962 defines it, in the words of RFC 9162 §2.1.3.2 and §2.1.4.2. */
  static final class Tree {
    private static final int LONGEST = 64;

    private Tree() {}

    /** Whether {@code entry} is leaf {@code index} of the tree of {@code size} leaves with this root. */
    static boolean isIncluded(long index, long size, byte[] entry, List<byte[]> path, byte[] root) {
      if (index < 0 || index >= size || path.size() > LONGEST) return false;
      long fn = index;
      long sn = size - 1;
      var r = Hash.raw(new byte[] {0}, entry);
      for (var p : path) {
        if (sn == 0) return false;
        if ((fn & 1) == 1 || fn == sn) {
          r = node(p, r);
          while ((fn & 1) == 0 && fn != 0) {
            fn >>= 1;
            sn >>= 1;
          }
        } else {
          r = node(r, p);
        }
        fn >>= 1;
        sn >>= 1;
      }
      return sn == 0 && Arrays.equals(r, root);
    }

    /** Whether the tree of {@code second} leaves only appended to that of {@code first}. */
    static boolean isConsistent(long first, byte[] firstRoot, long second, byte[] secondRoot, List<byte[]> path) {
      if (first < 1 || first > second || path.size() > LONGEST) return false;
      if (first == second) return path.isEmpty() && Arrays.equals(firstRoot, secondRoot);
      var proof = new ArrayList<>(path);
      if (Long.bitCount(first) == 1) proof.addFirst(firstRoot);
      if (proof.isEmpty()) return false;
      long fn = first - 1;
      long sn = second - 1;
      while ((fn & 1) == 1) {
        fn >>= 1;
        sn >>= 1;
      }
      var fr = proof.getFirst();
      var sr = proof.getFirst();
      for (var c : proof.subList(1, proof.size())) {
        if (sn == 0) return false;
        if ((fn & 1) == 1 || fn == sn) {
          fr = node(c, fr);
          sr = node(c, sr);
          while ((fn & 1) == 0 && fn != 0) {
            fn >>= 1;
            sn >>= 1;
          }
        } else {
          sr = node(sr, c);
        }
        fn >>= 1;
        sn >>= 1;
      }
      return sn == 0 && Arrays.equals(fr, firstRoot) && Arrays.equals(sr, secondRoot);
    }

    private static byte[] node(byte[] left, byte[] right) {
      return Hash.raw(new byte[] {1}, left, right);
    }
  }

  // ------------------------------------------------------------------------------------------------ signatures

  /** A public key of a log with the name it signs under (https://c2sp.org/signed-note). */
  record NoteKey(String name, String id, String line, byte[] key) {
    private static final byte ED25519 = 1;

    static NoteKey parse(String place, String line) {
      var parts = line.split("\\+", 3);
      if (parts.length != 3 || parts[0].isBlank()) throw new Broken(place, "a key is name+id+base64");
      var bytes = Text.base64(place, parts[2]);
      if (bytes.length != 33 || bytes[0] != ED25519) throw new Broken(place, "is no Ed25519 key");
      var id = Hash.sha256((parts[0] + "\n").getBytes(UTF_8), bytes).substring(0, 8);
      if (!id.equals(parts[1])) throw new Broken(place, "the key's id is not that of its bytes");
      return new NoteKey(parts[0], id, line, Arrays.copyOfRange(bytes, 1, 33));
    }

    /** The name that a JWS knows it by (RFC 7638). */
    String thumbprint() {
      var url = Base64.getUrlEncoder().withoutPadding();
      var jwk = Json.canonical(Map.of("crv", "Ed25519", "kty", "OKP", "x", url.encodeToString(key)));
      return url.encodeToString(Hash.raw(jwk.getBytes(UTF_8)));
    }

    @Override public boolean equals(Object other) {
      return other instanceof NoteKey key && key.line.equals(line);
    }

    @Override public int hashCode() {
      return line.hashCode();
    }

    @Override public String toString() {
      return line;
    }
  }

  /** The beginning of a key, from which size of the log's tree on it speaks, signed by itself and the key before it. */
  record KeyStatement(NoteKey key, long size) {
    private static final Pattern TEXT = Pattern.compile("redress-key/v1\nnumber ([1-9][0-9]{0,8})\nkey (\\S+)\n"
        + "from (\\S+)\nsize (0|[1-9][0-9]{0,17})\n");

    /** All keys of one name, the first first. */
    static List<KeyStatement> chain(Node statements) {
      var chain = new ArrayList<KeyStatement>();
      for (var node : statements.list()) {
        var note = Note.parse(node.place(), node.text().getBytes(UTF_8));
        var text = TEXT.matcher(note.text());
        if (!text.matches() || Long.parseLong(text.group(1)) != chain.size() + 1) {
          throw node.broken("does not state key " + (chain.size() + 1));
        }
        var stated = new KeyStatement(NoteKey.parse(node.place(), text.group(2)), Long.parseLong(text.group(4)));
        note.mustBeSignedBy(stated.key());
        if (!chain.isEmpty()) {
          note.mustBeSignedBy(chain.getLast().key());
          if (stated.size() < chain.getLast().size()) throw node.broken("begins before the key before it");
        }
        chain.add(stated);
      }
      if (chain.isEmpty()) throw statements.broken("names no key");
      return chain;
    }
  }

  /** A text and the signatures under it (https://c2sp.org/signed-note). */
  record Note(String place, String text, List<String> lines) {
    static Note parse(String place, byte[] bytes) {
      var written = Text.utf8(place, bytes);
      int end = written.lastIndexOf("\n\n");
      if (end < 0 || !written.endsWith("\n")) throw new Broken(place, "is no signed note");
      return new Note(place, written.substring(0, end + 1),
          List.of(written.substring(end + 2, written.length() - 1).split("\n", -1)));
    }

    /** Whether one of the signatures claims to be by this key. */
    boolean names(NoteKey key) {
      return lines.stream().anyMatch(line -> line.startsWith(lead(key)) && idOf(line, key).equals(key.id()));
    }

    void mustBeSignedBy(NoteKey key) {
      boolean signed = false;
      for (var line : lines) {
        if (!line.startsWith(lead(key)) || !idOf(line, key).equals(key.id())) continue;
        var bytes = Text.base64(place, line.substring(lead(key).length()));
        if (!Ed25519.isSigned(key.key(), text.getBytes(UTF_8), Arrays.copyOfRange(bytes, 4, bytes.length))) {
          throw new Broken(place, "the signature of " + key + " is not right");
        }
        signed = true;
      }
      if (!signed) throw new Broken(place, "is not signed by " + key);
    }

    private static String lead(NoteKey key) {
      return "\u2014 " + key.name() + " ";
    }

    private String idOf(String line, NoteKey key) {
      var bytes = Text.base64(place, line.substring(lead(key).length()));
      if (bytes.length < 5) throw new Broken(place, "a signature is cut short");
      return HexFormat.of().formatHex(bytes, 0, 4);
    }
  }

  /** How large a log was and with which root (https://c2sp.org/tlog-checkpoint). */
  record Checkpoint(long size, byte[] root) {
    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,17}");

    static Checkpoint parse(String place, String text, String origin) {
      var lines = text.split("\n", -1);
      if (lines.length < 4 || !NUMBER.matcher(lines[1]).matches()) throw new Broken(place, "is no checkpoint");
      if (!lines[0].equals(origin)) throw new Broken(place, "is of another log: " + lines[0]);
      var root = Text.base64(place, lines[2]);
      if (root.length != 32) throw new Broken(place, "has no root");
      return new Checkpoint(Long.parseLong(lines[1]), root);
    }
  }

  /** Signatures by Ed25519 (RFC 8032) under a key of 32 bytes. */
  static final class Ed25519 {
    private static final byte[] X509 = HexFormat.of().parseHex("302a300506032b6570032100");

    private Ed25519() {}

    static boolean isSigned(byte[] key, byte[] bytes, byte[] signature) {
      try {
        var encoded = ByteBuffer.allocate(X509.length + key.length).put(X509).put(key).array();
        var verifying = Signature.getInstance("Ed25519");
        verifying.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
        verifying.update(bytes);
        return verifying.verify(signature);
      } catch (GeneralSecurityException e) {
        return false;
      }
    }
  }

  // ------------------------------------------------------------------------------------------------ hashes and texts

  /** SHA-256 and HMAC-SHA-256. */
  static final class Hash {
    private Hash() {}

    static MessageDigest sha() {
      try {
        return MessageDigest.getInstance("SHA-256");
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("every JDK has SHA-256", e);
      }
    }

    static byte[] raw(byte[]... parts) {
      var sha = sha();
      for (var part : parts) sha.update(part);
      return sha.digest();
    }

    static String sha256(byte[]... parts) {
      return hex(raw(parts));
    }

    static String hmac(byte[] key, String text) {
      try {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return hex(mac.doFinal(text.getBytes(UTF_8)));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("every JDK has HMAC-SHA-256", e);
      }
    }
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  /** What bytes say, where they say it in the one way there is. */
  static final class Text {
    private Text() {}

    static String utf8(String place, byte[] bytes) {
      try {
        return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      } catch (CharacterCodingException e) {
        throw new Broken(place, "is not UTF-8");
      }
    }

    static byte[] base64(String place, String text) {
      return strict(place, text, Base64.getDecoder(), Base64.getEncoder());
    }

    static byte[] base64url(String place, String text) {
      return strict(place, text, Base64.getUrlDecoder(), Base64.getUrlEncoder().withoutPadding());
    }

    private static byte[] strict(String place, String text, Base64.Decoder decoder, Base64.Encoder encoder) {
      try {
        var bytes = decoder.decode(text);
        if (encoder.encodeToString(bytes).equals(text)) return bytes;
      } catch (IllegalArgumentException e) {
        // Told below, in the same words.
      }
      throw new Broken(place, "is not Base64 as it should be written");
    }
  }

  // ------------------------------------------------------------------------------------------------ JSON

  /** A value of a JSON file, which knows where it stands. */
  record Node(String place, Object is) {
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern INSTANT =
        Pattern.compile("\\d{4}-[01]\\d-[0-3]\\dT[0-2]\\d:[0-5]\\d:[0-5]\\d(\\.\\d{1,9})?Z");

    Broken broken(String why) {
      return new Broken(place, why);
    }

    Map<String, Node> members() {
      if (!(is instanceof Map<?, ?> map)) throw broken("should be an object");
      var members = new LinkedHashMap<String, Node>();
      map.forEach((name, value) -> members.put((String) name, new Node(place + "." + name, value)));
      return members;
    }

    /** This object, which must have exactly these members. */
    Node only(String... names) {
      if (!members().keySet().equals(Set.of(names))) throw broken("should have the members " + List.of(names));
      return this;
    }

    Node at(String name) {
      if (!(is instanceof Map<?, ?> map) || !map.containsKey(name)) throw broken("should have a member " + name);
      return new Node(place + "." + name, map.get(name));
    }

    boolean has(String name) {
      return is instanceof Map<?, ?> map && map.get(name) != null;
    }

    List<Node> list() {
      if (!(is instanceof List<?> list)) throw broken("should be a list");
      var nodes = new ArrayList<Node>(list.size());
      for (var item : list) nodes.add(new Node(place + "[" + nodes.size() + "]", item));
      return nodes;
    }

    String text() {
      if (is instanceof String text) return text;
      throw broken("should be a string");
    }

    long number() {
      if (is instanceof Long number) return number;
      throw broken("should be a whole number");
    }

    String matching(Pattern pattern) {
      if (!pattern.matcher(text()).matches()) throw broken("is not what should stand here");
      return text();
    }

    /** A SHA-256 in lower-case hex. */
    String hash() {
      return matching(HASH);
    }

    String instant() {
      return matching(INSTANT);
    }

    List<byte[]> hashes() {
      return list().stream().map(node -> node.hex(32)).toList();
    }

    byte[] hex(int length) {
      if (!text().matches("[0-9a-f]{" + 2 * length + "}")) throw broken("should be " + length + " bytes in hex");
      return HexFormat.of().parseHex(text());
    }
  }

  /**
   * JSON, read strictly: no member twice, nothing after the end, nothing nested beyond reason, whole numbers only. And
   * written canonically, as RFC 8785 has it for such values.
   */
  static final class Json {
    private static final int DEEPEST = 64;
    private static final long MOST = (1L << 53) - 1;

    private final String place;
    private final String in;
    private int at;
    private int depth;

    private Json(String place, String in) {
      this.place = place;
      this.in = in;
    }

    static Node read(String place, byte[] bytes) {
      var json = new Json(place, Text.utf8(place, bytes));
      var value = json.value();
      json.blanks();
      if (json.at < json.in.length()) throw json.wrong("something follows the end");
      return new Node(place, value);
    }

    private Object value() {
      blanks();
      return switch (peek()) {
        case '{' -> object();
        case '[' -> list();
        case '"' -> string();
        case 't' -> word("true", true);
        case 'f' -> word("false", false);
        case 'n' -> word("null", null);
        default -> number();
      };
    }

    private Map<String, Object> object() {
      var members = new LinkedHashMap<String, Object>();
      for (boolean more = opens('}'); more; more = goesOn('}')) {
        blanks();
        var name = string();
        blanks();
        take(':');
        if (members.containsKey(name)) throw wrong("the member " + name + " is there twice");
        members.put(name, value());
      }
      return members;
    }

    private List<Object> list() {
      var items = new ArrayList<>();
      for (boolean more = opens(']'); more; more = goesOn(']')) items.add(value());
      return items;
    }

    private boolean opens(char end) {
      at++;
      if (++depth > DEEPEST) throw wrong("is nested too deeply");
      blanks();
      return peek() != end || closes();
    }

    private boolean goesOn(char end) {
      blanks();
      if (peek() == end) return closes();
      take(',');
      return true;
    }

    private boolean closes() {
      at++;
      depth--;
      return false;
    }

    private String string() {
      take('"');
      var text = new StringBuilder();
      for (char c = next(); c != '"'; c = next()) {
        if (c < 0x20) throw wrong("a control character in a string");
        text.append(c == '\\' ? escape() : c);
      }
      for (int i = 0; i < text.length(); i++) {
        if (Character.isHighSurrogate(text.charAt(i)) && i + 1 < text.length()
            && Character.isLowSurrogate(text.charAt(i + 1))) {
          i++;
        } else if (Character.isSurrogate(text.charAt(i))) {
          throw wrong("half a character in a string");
        }
      }
      return text.toString();
    }

    private char escape() {
      char c = next();
      return switch (c) {
        case '"', '\\', '/' -> c;
        case 'b' -> '\b';
        case 'f' -> '\f';
        case 'n' -> '\n';
        case 'r' -> '\r';
        case 't' -> '\t';
        case 'u' -> {
          int code = 0;
          for (int i = 0; i < 4; i++) {
            int digit = "0123456789abcdef".indexOf(Character.toLowerCase(next()));
            if (digit < 0) throw wrong("no such escape");
            code = code * 16 + digit;
          }
          yield (char) code;
        }
        default -> throw wrong("no such escape");
      };
    }

    private Long number() {
      int from = at;
      if (peek() == '-') at++;
      while (at < in.length() && in.charAt(at) >= '0' && in.charAt(at) <= '9') at++;
      var digits = in.substring(from, at);
      if (!digits.matches("0|-?[1-9][0-9]{0,15}") || Math.abs(Long.parseLong(digits)) > MOST) {
        throw wrong("should be a value, and a number whole and below 2^53");
      }
      return Long.valueOf(digits);
    }

    private Object word(String word, Object value) {
      if (!in.startsWith(word, at)) throw wrong("no such word");
      at += word.length();
      return value;
    }

    private void blanks() {
      while (at < in.length() && " \t\n\r".indexOf(in.charAt(at)) >= 0) at++;
    }

    private char peek() {
      if (at == in.length()) throw wrong("ends too early");
      return in.charAt(at);
    }

    private char next() {
      char c = peek();
      at++;
      return c;
    }

    private void take(char wanted) {
      if (peek() != wanted) throw wrong("'" + wanted + "' should stand here");
      at++;
    }

    private Broken wrong(String why) {
      return new Broken(place, why + ", at character " + at);
    }

    static String canonical(Object value) {
      var out = new StringBuilder();
      write(value, out);
      return out.toString();
    }

    private static void write(Object value, StringBuilder out) {
      switch (value) {
        case String text -> quote(text, out);
        case Map<?, ?> map -> {
          // Strings compare by UTF-16 code units, which is the order RFC 8785 wants.
          var sorted = new TreeMap<String, Object>();
          map.forEach((name, member) -> sorted.put((String) name, member));
          var comma = "{";
          for (var member : sorted.entrySet()) {
            out.append(comma);
            quote(member.getKey(), out);
            out.append(':');
            write(member.getValue(), out);
            comma = ",";
          }
          out.append(sorted.isEmpty() ? "{}" : "}");
        }
        case List<?> list -> {
          var comma = "[";
          for (var item : list) {
            out.append(comma);
            write(item, out);
            comma = ",";
          }
          out.append(list.isEmpty() ? "[]" : "]");
        }
        case null -> out.append("null");
        default -> out.append(value);
      }
    }

    private static void quote(String text, StringBuilder out) {
      out.append('"');
      for (char c : text.toCharArray()) {
        switch (c) {
          case '"' -> out.append("\\\"");
          case '\\' -> out.append("\\\\");
          case '\b' -> out.append("\\b");
          case '\f' -> out.append("\\f");
          case '\n' -> out.append("\\n");
          case '\r' -> out.append("\\r");
          case '\t' -> out.append("\\t");
          default -> out.append(c < 0x20 ? "\\u%04x".formatted((int) c) : String.valueOf(c));
        }
      }
      out.append('"');
    }
  }

  // ------------------------------------------------------------------------------------------------ the ZIP

  /**
   * A ZIP file of the one form a bundle has: entries one after another, stored and not compressed, each once, and the
   * directory that follows from them. Headers are not believed but rebuilt and compared, so that no byte is without
   * meaning: what is not a file's content can only be what it is.
   */
  static final class Zip implements AutoCloseable {
    private static final Pattern NAME = Pattern.compile("manifest\\.json|seal|keys\\.json|checkpoint|newer-checkpoint"
        + "|consistency\\.json|entries\\.json|texts\\.json|custody\\.json|papers\\.json|result\\.json|result\\.jws"
        + "|result-(zh|en)\\.pdf|evidence/[1-9][0-9]{0,4}-[0-9a-f]{64}");
    private static final int LOCAL = 0x04034b50;
    private static final int CENTRAL = 0x02014b50;
    private static final int END = 0x06054b50;
    private static final int END_SIZE = 22;
    private static final int MOST = 4096;
    private static final int LONGEST_NAME = 100;
    private static final long LARGEST_IN_MEMORY = 1 << 26;
    private static final int BUFFER = 1 << 16;

    private final FileChannel file;
    private final Map<String, Part> parts = new LinkedHashMap<>();
    private final Map<String, String> hashes = new HashMap<>();

    /** One file: where its bytes are. */
    record Part(String name, long at, long size, int crc) {}

    Zip(Path path) throws IOException {
      if (!Files.isRegularFile(path)) throw new Unusable(path + " is no file");
      file = FileChannel.open(path);
      try {
        directory();
      } catch (IOException | RuntimeException e) {
        file.close();
        throw e;
      }
    }

    @Override public void close() throws IOException {
      file.close();
    }

    Set<String> names() {
      return parts.keySet();
    }

    boolean has(String name) {
      return parts.containsKey(name);
    }

    private void directory() throws IOException {
      long end = file.size() - END_SIZE;
      if (end < 0) throw new Unusable("the file is too short to be a bundle");
      var last = read(end, END_SIZE);
      boolean begins = read(0, 4).getInt(0) == LOCAL;
      if (!begins && last.getInt(0) != END) throw new Unusable("the file is no bundle, nor any ZIP");
      if (!begins) throw new Broken("byte 0", "a bundle begins otherwise");
      int count = Short.toUnsignedInt(last.getShort(10));
      long size = Integer.toUnsignedLong(last.getInt(12));
      long from = end - size;
      if (count == 0 || count > MOST || from < 0 || size > (long) count * (46 + LONGEST_NAME)) {
        throw new Broken("byte " + end, "the end of the ZIP says what cannot be");
      }
      compare(end, last, end(count, size, from));
      var central = read(from, (int) size);
      long at = 0;
      for (int i = 0; i < count; i++) at = part(central, from, at);
      if (central.hasRemaining()) throw new Broken("byte " + (from + central.position()), "nothing should be here");
      if (at != from) throw new Broken("byte " + at, "the last file does not end where the directory begins");
    }

    /** Takes one file's line out of the directory and compares both of its headers; returns where the file ends. */
    private long part(ByteBuffer central, long from, long at) throws IOException {
      long here = from + central.position();
      int length = central.remaining() < 46 ? 0 : Short.toUnsignedInt(central.getShort(central.position() + 28));
      if (length == 0 || length > LONGEST_NAME || central.remaining() < 46 + length) {
        throw new Broken("byte " + here, "the directory of the ZIP is cut short");
      }
      var line = central.slice(central.position(), 46 + length).order(ByteOrder.LITTLE_ENDIAN);
      central.position(central.position() + 46 + length);
      var bytes = new byte[length];
      line.get(46, bytes);
      var name = new String(bytes, ISO_8859_1);
      if (!NAME.matcher(name).matches()) {
        throw new Broken("byte " + (here + 46), "no file of a bundle is called " + printable(name));
      }
      long size = Integer.toUnsignedLong(line.getInt(20));
      var part = new Part(name, at + 30 + length, size, line.getInt(16));
      compare(here, line, central(part, at));
      if (part.at() + size > from) throw new Broken("byte " + here, name + " is larger than the bundle");
      compare(at, read(at, 30 + length), local(part));
      if (parts.putIfAbsent(name, part) != null) throw new Broken("byte " + here, name + " is there twice");
      return part.at() + size;
    }

    private static String printable(String name) {
      return name.replaceAll("[^!-~]", "?");
    }

    private static ByteBuffer local(Part part) {
      return common(ByteBuffer.allocate(30 + part.name().length()).order(ByteOrder.LITTLE_ENDIAN).putInt(LOCAL), part)
          .put(part.name().getBytes(ISO_8859_1));
    }

    private static ByteBuffer central(Part part, long at) {
      var header = ByteBuffer.allocate(46 + part.name().length()).order(ByteOrder.LITTLE_ENDIAN);
      header.putInt(CENTRAL).putShort((short) 10);
      // No comment, disk 0, no attributes.
      return common(header, part).putShort((short) 0).putShort((short) 0).putShort((short) 0).putInt(0)
          .putInt((int) at).put(part.name().getBytes(ISO_8859_1));
    }

    /** Version 1.0, no flags, stored, 1 January 1980, checksum, size twice, the name's length, nothing extra. */
    private static ByteBuffer common(ByteBuffer header, Part part) {
      return header.putShort((short) 10).putShort((short) 0).putShort((short) 0).putShort((short) 0)
          .putShort((short) 0x21).putInt(part.crc()).putInt((int) part.size()).putInt((int) part.size())
          .putShort((short) part.name().length()).putShort((short) 0);
    }

    private static ByteBuffer end(int count, long size, long from) {
      return ByteBuffer.allocate(END_SIZE).order(ByteOrder.LITTLE_ENDIAN).putInt(END).putInt(0).putShort((short) count)
          .putShort((short) count).putInt((int) size).putInt((int) from).putShort((short) 0);
    }

    private static void compare(long at, ByteBuffer is, ByteBuffer should) {
      int differs = is.rewind().mismatch(should.rewind());
      if (differs >= 0) throw new Broken("byte " + (at + differs), "the ZIP is not built as a bundle is");
    }

    private ByteBuffer read(long at, int length) throws IOException {
      var buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
      while (buffer.hasRemaining()) {
        int count = file.read(buffer, at + buffer.position());
        if (count < 0) throw new Broken("byte " + (at + buffer.position()), "the file ends here");
      }
      return buffer.flip();
    }

    /** The content of a file that is read as a whole. */
    byte[] bytes(String name) throws IOException {
      var part = parts.get(name);
      if (part.size() > LARGEST_IN_MEMORY) throw new Broken(name, "is larger than such a file can be");
      sha256(name);
      return read(part.at(), (int) part.size()).array();
    }

    /** The SHA-256 of a file, in hex; its checksum is compared on the way. */
    String sha256(String name) throws IOException {
      if (hashes.containsKey(name)) return hashes.get(name);
      var part = parts.get(name);
      var sha = Hash.sha();
      var crc = new CRC32();
      for (long done = 0; done < part.size();) {
        var piece = read(part.at() + done, (int) Math.min(BUFFER, part.size() - done));
        done += piece.remaining();
        crc.update(piece.duplicate());
        sha.update(piece);
      }
      if ((int) crc.getValue() != part.crc()) throw new Broken(name, "its bytes do not fit their checksum");
      hashes.put(name, hex(sha.digest()));
      return hashes.get(name);
    }
  }
}
