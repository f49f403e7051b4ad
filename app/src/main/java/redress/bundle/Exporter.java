package redress.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redress.dispute.DisputeId;
import redress.dispute.Event.EvidenceSubmitted;
import redress.keys.Keyring;
import redress.keys.Purpose;
import redress.log.Log;
import redress.log.Log.Covered;
import redress.seal.Canonical;
import redress.seal.Entry;
import redress.seal.Note;
import redress.seal.Opening;
import redress.store.Acts;
import redress.store.Sealed;
import redress.store.Sealed.Entered;
import redress.vault.Vault;

/** Puts together what one reader may take away of a dispute. docs/verify.md describes the format. */
public final class Exporter {
  static final String EVIDENCE = "evidence/";
  private static final Logger log = LoggerFactory.getLogger(Exporter.class);

  private final Sealed sealed;
  private final Letters letters;
  private final Vault vault;
  private final Log tree;
  private final Keyring keys;
  private final Papers papers;

  public Exporter(Sealed sealed, Letters letters, Vault vault, Log tree, Keyring keys, Papers papers) {
    this.sealed = sealed;
    this.letters = letters;
    this.vault = vault;
    this.tree = tree;
    this.keys = keys;
    this.papers = papers;
  }

  /**
   * The bundle of a dispute for {@code reader}, made at {@code made} (UTC). Waits until the log covers everything that
   * has happened. Throws IllegalStateException when the log signs nothing, or holds something else than the rows say.
   */
  public Bundle of(DisputeId id, boolean live, Audience reader, Instant made) throws IOException {
    var result = papers.latest(id, made);
    var covered = tree.cover(id, live, result.acts());
    var entered = sealed.of(id).stream().filter(it -> it.what().n() <= covered.leaves().getLast().n()).toList();
    var files = new TreeMap<String, Content>();
    files.put("checkpoint", text(covered.note().written()));
    files.put("keys.json", json(Map.of("v", 1, "log", statements(Purpose.log(live)), "result",
        statements(Purpose.RESULT))));
    files.put("entries.json", text(entries(id, live, entered, covered, reader)));
    files.put("texts.json", json(letters.of(id, entered.stream().map(Entered::what)
        .filter(it -> reader.maySee(it) && reader.mayRead(it)).toList())));
    evidence(entered, reader, files);
    result(result, live, covered, files);
    return sealed(id, live, reader, made, files);
  }

  private List<String> statements(Purpose purpose) {
    return tree.keys(purpose).stream().map(Note::written).toList();
  }

  private String entries(DisputeId id, boolean live, List<Entered> entered, Covered covered, Audience reader) {
    var leaves = new LinkedHashMap<Integer, Long>();
    for (var leaf : covered.leaves()) leaves.put(leaf.n(), leaf.index());
    var all = new ArrayList<String>();
    var previous = Entry.NONE;
    for (var it : entered) {
      var entry = it.parts().entry(id.toString(), it.what().n(), it.what().at(), previous, it.salt());
      var index = leaves.get(it.what().n());
      if (index == null) throw new IllegalStateException("entry " + it.what().n() + " of " + id + " is not in the log");
      var proof = hex(tree.inclusion(live, index, covered.checkpoint().size()));
      all.add("{\"entry\":" + entry.json() + ",\"inclusion\":" + Canonical.json(proof) + ",\"index\":" + index
          + ",\"openings\":" + openings(it, reader) + "}");
      previous = entry.hash();
    }
    return "[" + String.join(",", all) + "]";
  }

  /** Movements of money are for every reader of the dispute; what happened and who did it may be closed. */
  private static String openings(Entered it, Audience reader) {
    var open = new TreeMap<String, Opening>();
    if (reader.maySeeWho(it.what())) open.put("actor", it.parts().actorOpening(it.salt()));
    if (reader.maySee(it.what())) open.put("event", it.parts().eventOpening(it.salt()));
    open.put("money", it.parts().moneyOpening(it.salt()));
    var parts = open.entrySet().stream().map(part -> "\"" + part.getKey() + "\":" + part.getValue().json()).toList();
    return "{" + String.join(",", parts) + "}";
  }

  private static List<String> hex(List<byte[]> hashes) {
    return hashes.stream().map(HexFormat.of()::formatHex).toList();
  }

  /** Damaged or missing bytes are left out: the verifier tells that they are not here. */
  private void evidence(List<Entered> entered, Audience reader, Map<String, Content> files) throws IOException {
    for (var it : entered) {
      if (!(it.what().event() instanceof EvidenceSubmitted given) || !given.isStored() || !reader.maySee(it.what())) {
        continue;
      }
      var sha256 = given.sha256();
      if (!vault.has(sha256)) continue;
      var content = Content.of(() -> vault.open(sha256));
      if (content.sha256().equals(sha256)) files.put(EVIDENCE + given.id() + "-" + sha256, content);
      else log.error("The vault's file {} is not what it was", sha256);
    }
  }

  /** The latest result with its papers, and the proof that the log has only grown since it was signed. */
  private void result(Papers.Latest latest, boolean live, Covered covered, Map<String, Content> files) {
    var kept = latest.record();
    if (kept == null) return;
    files.put("result.json", text(kept.json()));
    files.put("result.jws", text(kept.jws()));
    var logged = new ArrayList<String>();
    for (var paper : latest.papers()) {
      files.put(paper.file(), Content.of(paper.pdf()));
      if (paper.logged() != null) logged.add(logged(paper.file(), paper.logged(), live, covered));
    }
    files.put("papers.json", text("[" + String.join(",", logged) + "]"));
    long now = covered.checkpoint().size();
    Letters.sizeThen(kept.json()).filter(then -> then < now).ifPresent(then -> files.put("consistency.json",
        json(List.of(Map.of("from", then, "to", now, "proof", hex(tree.consistency(live, then, now)))))));
  }

  /** What the log says of a paper, and where. */
  private String logged(String file, Acts.Logged act, boolean live, Covered covered) {
    var leaf = tree.leaf(live, HexFormat.of().parseHex(act.entry().hash()))
        .orElseThrow(() -> new IllegalStateException(file + " is not in the log"));
    var proof = hex(tree.inclusion(live, leaf.index(), covered.checkpoint().size()));
    return "{\"entry\":" + act.entry().json() + ",\"inclusion\":" + Canonical.json(proof) + ",\"index\":" + leaf.index()
        + ",\"opening\":" + act.opening().json() + ",\"paper\":" + Canonical.quoted(file) + "}";
  }

  /** The manifest lists every file; its seal is signed with the log's key. */
  private Bundle sealed(DisputeId id, boolean live, Audience reader, Instant made, Map<String, Content> files) {
    var hashes = new TreeMap<String, String>();
    files.forEach((name, content) -> hashes.put(name, content.sha256()));
    var manifest = json(Map.of("v", 1, "dispute", id.toString(), "for", reader.name(), "made", made.toString(), "files",
        hashes));
    var seal = Note.of("redress-bundle/v1\nmanifest " + manifest.sha256() + "\n");
    var all = new LinkedHashMap<String, Content>();
    all.put("manifest.json", manifest);
    all.put("seal", text(keys.current(Purpose.log(live)).sign(seal).written()));
    all.putAll(files);
    return new Bundle(all);
  }

  private static Content json(Object value) {
    return text(Canonical.json(value));
  }

  private static Content text(String text) {
    return Content.of(text.getBytes(UTF_8));
  }
}
