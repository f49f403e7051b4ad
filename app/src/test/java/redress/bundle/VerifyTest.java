package redress.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import redress.bundle.StandAlone.Said;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The stand-alone verifier against bundles that were made from the format's description alone. */
class VerifyTest {
  @TempDir static Path folder;
  private static StandAlone verifier;

  @BeforeAll static void compile() throws Exception {
    verifier = new StandAlone(folder);
  }

  private static Sample sample() {
    return new Sample(1, 2);
  }

  private static Said check(byte[] bundle, String... options) throws Exception {
    return verifier.check(bundle, options);
  }

  /** It must be told as broken, in one sentence with the place and without a trace of the program. */
  private static void isBroken(Said said, String... words) {
    assertThat(words).allSatisfy(word -> assertThat(said.words()).contains(word));
    assertThat(said.exit()).as(said.words()).isEqualTo(1);
    assertThat(said.words().lines()).as(said.words()).hasSize(1);
    assertThat(said.words()).startsWith("verify: BROKEN ").doesNotContain("Exception", "\tat ");
  }

  private static void isUnusable(Said said, String... words) {
    assertThat(words).allSatisfy(word -> assertThat(said.words()).contains(word));
    assertThat(said.exit()).as(said.words()).isEqualTo(2);
    assertThat(said.words()).startsWith("verify: ").doesNotContain("Exception", "\tat ");
  }

  @Test void a_sound_bundle_is_told_sentence_by_sentence_with_what_it_does_not_prove() throws Exception {
    var said = check(sample().packed());
    assertThat(said.exit()).as(said.words()).isZero();
    assertThat(said.words()).contains("Entries 1 to 7 are one unbroken chain", "19 parts of entries are shown",
        "1 movement of money", "4 texts, letter for letter", "1 file of evidence, byte for byte",
        "The terms of the settlement",
        "SETTLED_FULFILLED after entry 7, is signed with key ", "has only grown since",
        "event of 3; actor of 3", "result-en.pdf is, byte for byte, the paper of this result",
        "the bundle brings it along");
    assertThat(said.lastLine())
        .isEqualTo("verify: ok entries=7 evidence=1 checkpoint=16 key=" + Sample.line(Sample.KEY));
  }

  @Test void it_runs_as_one_file_from_a_terminal() throws Exception {
    var bundle = verifier.keep("typed.zip", sample().packed());
    var said = StandAlone.typed(bundle, "--key", Sample.line(Sample.KEY));
    assertThat(said.exit()).as(said.words()).isZero();
    assertThat(said.words()).contains("The key you gave is the log's.").doesNotContain("brings it along");
    isBroken(StandAlone.typed(bundle, "--key", Sample.line(Sample.keys())), "keys.json", "the key you gave");
  }

  @Test void any_changed_byte_of_a_bundle_is_found() throws Exception {
    var bundle = new Sample(2, 0).packed();
    var random = new SplittableRandom(3);
    for (int at = 0; at < bundle.length; at++) isBroken(check(flipped(bundle, at, random)));
  }

  @Test void any_changed_byte_of_a_large_bundle_is_found() throws Exception {
    var sample = new Sample(4, 60);
    var bundle = sample.packed();
    var random = new SplittableRandom(5);
    for (int i = 0; i < 2_000; i++) isBroken(check(flipped(bundle, random.nextInt(bundle.length), random)));
  }

  private static byte[] flipped(byte[] bytes, int at, SplittableRandom random) {
    var changed = bytes.clone();
    changed[at] ^= (byte) random.nextInt(1, 256);
    return changed;
  }

  /** Whoever has the log's key can seal anything; what it committed to before it cannot take back. */
  @ParameterizedTest
  @ValueSource(strings = {"entries.json", "texts.json", "checkpoint", "result.json",
      "result.jws", "consistency.json", "papers.json", "result-en.pdf",
      "evidence/"}) void a_changed_byte_under_a_fresh_seal_is_found(String start)
          throws Exception {
    var sample = new Sample(6, 0);
    var file = sample.files.keySet().stream().filter(it -> it.startsWith(start)).findFirst().orElseThrow();
    var bytes = Objects.requireNonNull(sample.files.get(file)).clone();
    var random = new SplittableRandom(7);
    int step = 1 + bytes.length / 300;
    for (int at = 0; at < bytes.length; at += random.nextInt(1, 2 * step)) {
      sample.files.put(file, flipped(bytes, at, random));
      isBroken(check(sample.packed()));
    }
  }

  @Test void a_bundle_cut_short_anywhere_is_refused() throws Exception {
    var bundle = sample().packed();
    for (int length = 0; length < bundle.length; length += 1 + length / 50) {
      var said = check(Arrays.copyOf(bundle, length));
      assertThat(said.exit()).isIn(1, 2);
      assertThat(said.words().lines()).hasSize(1);
    }
  }

  /** A lie that is sealed with the log's own key, and where it is found. */
  record Lie(String name, Consumer<Sample> told, List<String> found) {
    @Override public String toString() {
      return name;
    }
  }

  private static Lie lie(String name, Consumer<Sample> told, String... found) {
    return new Lie(name, told, List.of(found));
  }

  private static Lie json(String name, String file, Consumer<JsonNode> change, String... found) {
    return lie(name, sample -> sample.changed(file, change), found);
  }

  // @formatter:off
  static List<Lie> lies() {
    return List.of(
        json("an entry removed", "entries.json", it -> ((ArrayNode) it).remove(3), "entry 5 follows entry 3"),
        json("the first entry removed", "entries.json", it -> ((ArrayNode) it).remove(0), "before entry 2 is missing"),
        json("the last entry removed", "entries.json", it -> ((ArrayNode) it).remove(6), "result.json.events"),
        json("two entries swapped", "entries.json", it -> ((ArrayNode) it).insert(1, ((ArrayNode) it).remove(2)),
            "entry 3 follows entry 1"),
        json("all entries removed", "entries.json", it -> ((ArrayNode) it).removeAll(), "has no entry"),
        json("another place in the tree", "entries.json", it -> ((ObjectNode) it.get(2)).put("index", 9),
            "entries.json[2]", "is not in the tree at 9"),
        json("a place outside the tree", "entries.json", it -> ((ObjectNode) it.get(2)).put("index", 99), "at 99"),
        json("a proof of another entry", "entries.json",
            it -> ((ObjectNode) it.get(2)).set("inclusion", it.get(4).get("inclusion")), "not in the tree"),
        json("a proof cut short", "entries.json", it -> ((ArrayNode) it.get(2).get("inclusion")).remove(0), "tree"),
        json("an opening of another entry", "entries.json", it -> ((ObjectNode) it.get(3).get("openings")).set("event",
            it.get(4).get("openings").get("event")), "entries.json[3].openings.event", "not what the entry committed"),
        json("another amount", "entries.json", it -> ((ObjectNode) it.get(6).at("/openings/money/is/0/lines/0"))
            .put("minor", 6), "entries.json[6].openings.money"),
        json("another time", "entries.json", it -> ((ObjectNode) it.get(1).get("entry")).put("at",
            "2026-03-01T08:00:00Z"), "entry 2 is not in the tree"),
        json("a part nobody knows", "entries.json", it -> ((ObjectNode) it.get(1).get("openings")).putObject("extra"),
            "entries.json[1].openings.extra"),
        json("an entry of another dispute", "entries.json", it -> ((ObjectNode) it.get(1).get("entry")).put("dispute",
            "dsp_0000000000000000000"), "entries.json[1].entry", "another dispute"),
        json("a member more", "entries.json", it -> ((ObjectNode) it.get(1).get("entry")).put("extra", 1), "[1].entry"),
        json("another text", "texts.json", it -> ((ObjectNode) it.get(0)).put("text", "It is scratched. 划伤"),
            "texts.json[0]"),
        json("a text under another's key", "texts.json",
            it -> ((ObjectNode) it.get(0)).set("key", it.get(1).get("key")),
            "texts.json[0]"),
        json("a text of nothing", "texts.json", it -> ((ObjectNode) it.get(0)).put("id", "wrd_none"), "texts.json[0]"),
        json("a text twice", "texts.json", it -> ((ArrayNode) it).add(it.get(0)), "texts.json[4]", "twice"),
        lie("foreign evidence", sample -> sample.files.replaceAll((name, bytes) -> name.startsWith("evidence/")
            ? "another photo".getBytes(UTF_8) : bytes), "evidence/1-", "not what was submitted"),
        lie("foreign evidence under its own hash", VerifyTest::foreignEvidence, "evidence/1-",
            "not what was submitted"),
        lie("evidence that was never submitted", sample -> sample.files.put("evidence/2-" + "a".repeat(64),
            new byte[3]), "evidence/2-"),
        lie("the result of another dispute", sample -> sample.files.putAll(resultOf(other(9))),
            "result.json.dispute"),
        lie("a result that is not the signed one", sample -> sample.changed("result.json",
            it -> ((ObjectNode) it).put("outcome", "WITHDRAWN")), "result.json", "not what result.jws signs"),
        result("another terms hash", it -> ((ObjectNode) it.get("agreements").get(0)).put("termsHash", "b".repeat(64)),
            "result.json.agreements[0]"),
        result("evidence left out of the result", it -> ((ArrayNode) it.get("evidence")).removeAll(),
            "result.json.evidence", "evidence 1"),
        result("another last entry", it -> ((ObjectNode) it).put("events", 6), "result.json.log.entry"),
        result("a proof of another tree", it -> ((ObjectNode) it.get("log")).put("index", 2), "result.json.log"),
        lie("a result without its signature", sample -> sample.files.remove("result.jws"), "result.json"),
        lie("an older checkpoint", sample -> sample.files.put("checkpoint", sample.checkpoint(10).getBytes(UTF_8)),
            "entries.json", "not in the tree"),
        lie("the checkpoint of another log", sample -> sample.files.put("checkpoint",
            other(9).files.get("checkpoint")), "entry 1 is not in the tree"),
        lie("a newer checkpoint of another history", VerifyTest::fork, "newer-checkpoint", "does not continue"),
        lie("a newer checkpoint without proof", sample -> sample.files.put("newer-checkpoint",
            grown(sample).checkpoint(18).getBytes(UTF_8)), "newer-checkpoint", "nothing proves"),
        lie("a checkpoint under another key", sample -> sample.files.put("checkpoint",
            Sample.note(Sample.RESULT_KEY, sample.checkpoint(16).split("\n\n", 2)[0] + "\n").getBytes(UTF_8)),
            "checkpoint",
            "no key of this log signed it"),
        keys("another key of results", it -> it.set("result", list(Sample.statement(1, Sample.KEY, 0, Sample.KEY))),
            "result.jws"),
        keys("a key that was not handed over to",
            it -> ((ArrayNode) it.get("log")).add(Sample.statement(2, Sample.RESULT_KEY, 16, Sample.RESULT_KEY)),
            "keys.json.log[1]",
            "not signed by"),
        keys("a key without the one before", it -> ((ArrayNode) it.get("log")).removeAll().add(
            Sample.statement(2, Sample.KEY, 16, Sample.KEY)), "keys.json.log[0]"),
        keys("a key that did not sign for itself", it -> ((ArrayNode) it.get("log")).add(
            Sample.statement(2, Sample.KEY, 16, Sample.KEY).replace(Sample.line(Sample.KEY),
                Sample.line(Sample.RESULT_KEY))),
            "keys.json.log[1]"),
        keys("a retired key that speaks of a later tree", it -> ((ArrayNode) it.get("log")).add(
            Sample.statement(2, Sample.RESULT_KEY, 9, Sample.KEY)), "seal"),
        keys("no key", it -> ((ArrayNode) it.get("log")).removeAll(), "keys.json.log"),
        lie("a file that belongs to nothing", sample -> sample.files.put("result-fr.pdf", new byte[3]),
            "result-fr.pdf"),
        lie("no texts", sample -> sample.files.remove("texts.json"), "texts.json", "missing"),
        raw("a member twice", "texts.json", it -> it.replaceFirst("\"id\":", "\"id\":\"x\",\"id\":"), "twice"),
        raw("something after the end", "texts.json", it -> it + "[]", "follows the end"),
        raw("nested without end", "texts.json", it -> "[".repeat(100_000), "nested too deeply"),
        raw("a fraction", "entries.json", it -> it.replaceFirst("\"n\":1", "\"n\":1.0"), "entries.json"),
        raw("a huge number", "entries.json", it -> it.replaceFirst("\"n\":1", "\"n\":9007199254740993"), "2^53"),
        raw("half a character", "texts.json", it -> it.replaceFirst("划痕", "\\\\ud83d"), "half a character"));
  }
  // @formatter:on

  private static Lie keys(String name, Consumer<ObjectNode> change, String... found) {
    return json(name, "keys.json", it -> change.accept((ObjectNode) it), found);
  }

  private static ArrayNode list(String text) {
    return Sample.JSON.createArrayNode().add(text);
  }

  private static Lie raw(String name, String file, UnaryOperator<String> change, String... found) {
    return lie(name, sample -> sample.files.compute(file,
        (_, bytes) -> change.apply(new String(bytes, UTF_8)).getBytes(UTF_8)), found);
  }

  private static Lie result(String name, Consumer<JsonNode> change, String... found) {
    return lie(name, sample -> {
      var record = Sample.JSON.readTree(sample.files.get("result.json"));
      change.accept(record);
      sample.result(record);
    }, found);
  }

  private static void foreignEvidence(Sample sample) {
    sample.files.keySet().removeIf(it -> it.startsWith("evidence/"));
    var bytes = "another photo".getBytes(UTF_8);
    sample.files.put("evidence/1-" + Sample.hex(Sample.sha(bytes)), bytes);
  }

  private static Sample other(long seed) {
    return new Sample(seed, 2);
  }

  private static Map<String, byte[]> resultOf(Sample other) {
    return Map.of("result.json", other.files.get("result.json"), "result.jws", other.files.get("result.jws"));
  }

  private static Sample grown(Sample sample) {
    sample.others(2);
    return sample;
  }

  private static void fork(Sample sample) {
    var fork = grown(other(11));
    sample.files.put("newer-checkpoint", fork.checkpoint(18).getBytes(UTF_8));
    sample.files.put("consistency.json", Sample.canonical(
        List.of(Map.of("from", 16, "to", 18, "proof", fork.consistency(16)))));
  }

  @ParameterizedTest @MethodSource("lies") void a_lie_of_whoever_has_the_key_is_found_and_named(Lie lie)
      throws Exception {
    var sample = sample();
    lie.told().accept(sample);
    isBroken(check(sample.packed()), lie.found().toArray(String[]::new));
  }

  @Test void a_bundle_sealed_by_somebody_else_is_refused() throws Exception {
    isBroken(check(sample().packed(Sample.keys())), "seal", "not signed by");
    var forged = new Sample(1, 2, Sample.keys(), Sample.RESULT_KEY).packed();
    assertThat(check(forged).exit()).isZero();
    isBroken(check(forged, "--key", Sample.line(Sample.KEY)), "keys.json", "the key you gave");
  }

  @Test void a_log_that_handed_over_to_a_new_key_is_known_by_the_old_one() throws Exception {
    var sample = new Sample(1, 2);
    var next = Sample.keys();
    sample.changed("keys.json",
        it -> ((ArrayNode) it.get("log")).add(Sample.statement(2, next, sample.leaves.size(), Sample.KEY)));
    var said = check(sample.packed(next), "--key", Sample.line(Sample.KEY));
    assertThat(said.exit()).as(said.words()).isZero();
    assertThat(said.words()).contains("it handed over to today's, " + Sample.line(next));
    sample.changed("keys.json",
        it -> ((ArrayNode) it.get("log")).set(1, list(Sample.statement(2, next, 9, Sample.KEY)).get(0)));
    isBroken(check(sample.packed(next)), "checkpoint", "may speak of this size");
  }

  @Test void a_checkpoint_from_elsewhere_is_held_against_the_bundles() throws Exception {
    var sample = sample();
    var bundle = sample.packed();
    var same = verifier.keep("same", sample.checkpoint(16).getBytes(UTF_8)).toString();
    assertThat(check(bundle, "--checkpoint", same).words()).contains("one log with the checkpoint you gave, of 16");
    var older = verifier.keep("older", sample.checkpoint(5).getBytes(UTF_8)).toString();
    isUnusable(check(bundle, "--checkpoint", older), "consistency?from=5&to=16");
    var proof = verifier.keep("proof", Sample.canonical(Map.of("proof", sample.consistency(5)))).toString();
    assertThat(check(bundle, "--checkpoint", older, "--consistency", proof).exit()).isZero();
    var fork = verifier.keep("fork", other(12).checkpoint(16).getBytes(UTF_8)).toString();
    isBroken(check(bundle, "--checkpoint", fork), "--checkpoint", "does not continue");
    var forked = verifier.keep("forked", other(12).checkpoint(5).getBytes(UTF_8)).toString();
    isBroken(check(bundle, "--checkpoint", forked, "--consistency", proof), "--consistency");
  }

  @Test void a_newer_checkpoint_in_the_bundle_is_proved_to_continue() throws Exception {
    var sample = sample();
    grown(sample);
    var proofs = (ArrayNode) Sample.JSON.readTree(sample.files.get("consistency.json"));
    proofs.add(Sample.JSON.valueToTree(Map.of("from", 16, "to", 18, "proof", sample.consistency(16))));
    sample.files.put("consistency.json", Sample.JSON.writeValueAsBytes(proofs));
    sample.files.put("newer-checkpoint", sample.checkpoint(18).getBytes(UTF_8));
    assertThat(check(sample.packed()).words()).contains("It only grew until it had 18 entries");
  }

  @Test void what_is_no_bundle_is_refused_in_a_sentence() throws Exception {
    isUnusable(check(new byte[0]), "too short");
    isUnusable(check("a letter to whom it may concern, of no particular form".getBytes(UTF_8)), "no bundle");
    isUnusable(verifier.run(folder.toString()), "is no file");
    isUnusable(verifier.run(folder.resolve("nothing").toString()), "is no file");
    isUnusable(verifier.run(), "name the bundle");
    isUnusable(verifier.run("a", "b"), "one bundle");
    isUnusable(verifier.run("a", "--what"), "no option --what");
    isUnusable(verifier.run("a", "--key"), "--key needs a value");
    isUnusable(verifier.run("a", "--key", "nonsense"), "name+id+base64");
    isUnusable(verifier.run("a", "--checkpoint", "nowhere"), "cannot read");
    assertThat(verifier.run("--help").exit()).isZero();
  }

  @Test void other_zips_are_refused_whatever_they_hold() throws Exception {
    isBroken(check(zipped("../../etc/passwd", ZipEntry.DEFLATED, 10)), "byte ");
    isBroken(check(zipped("/etc/passwd", ZipEntry.DEFLATED, 10)), "no file of a bundle is called /etc/passwd");
    isBroken(check(zipped("manifest.json", ZipEntry.DEFLATED, 50_000_000)), "byte ", "not built as a bundle");
    var twice = Zipping.stored(new TreeMap<>(Map.of("seal", new byte[1], "seaL", new byte[1])));
    for (int i = 0; i < twice.length; i++) if (twice[i] == 'L') twice[i] = 'l';
    isBroken(check(twice), "seal is there twice");
  }

  private static byte[] zipped(String name, int method, int size) throws Exception {
    var out = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(out)) {
      zip.setMethod(method);
      zip.putNextEntry(new ZipEntry(name));
      zip.write(new byte[size]);
    }
    return out.toByteArray();
  }

  @Test void it_shares_nothing_with_the_program_and_counts_in_whole_numbers() throws Exception {
    var source = Files.readString(StandAlone.source());
    assertThat(source.lines().filter(line -> line.startsWith("import "))).allMatch(line -> line.contains(" java"));
    assertThat(source).doesNotContainPattern("\\b(double|float|redress\\.)\\b");
    assertThat(source.lines()).allMatch(line -> line.length() <= 120 && !line.endsWith(" "));
    assertThat(Stream.of("FIX" + "ME", "TO" + "DO", "printStackTrace")).noneMatch(source::contains);
  }
}
