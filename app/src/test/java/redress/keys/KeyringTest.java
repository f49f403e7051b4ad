package redress.keys;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.JsonWebSignature;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redress.seal.Canonical;
import redress.seal.Checkpoint;
import redress.seal.Ed25519;
import redress.seal.KeyChain;
import redress.seal.Note;

/** Keys are made once, kept where only their owner reads them, and hand over to each other in public. */
class KeyringTest {
  private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-02T08:00:00Z"), ZoneOffset.UTC);
  private static final String ROOT = "ab".repeat(32);

  @TempDir Path temporary;

  private Keyring open() {
    return Keyring.in(temporary.resolve("keys"), "shop.example/log", CLOCK);
  }

  private static Note checkpoint(Keyring keys, long size) {
    return keys.current(Purpose.LOG).sign(Note.of(new Checkpoint(keys.name(Purpose.LOG), size, ROOT).text()));
  }

  @Test void a_key_is_made_once_for_each_purpose_and_found_again() {
    var ids = new HashSet<String>();
    for (var purpose : Purpose.values()) {
      var key = open().current(purpose);
      assertThat(open().current(purpose).id()).isEqualTo(key.id());
      assertThat(key.noteKey().name()).isEqualTo(open().name(purpose));
      var signature = key.sign("a".getBytes(UTF_8));
      assertThat(Ed25519.isSigned(open().current(purpose).publicKey(), "a".getBytes(UTF_8), signature)).isTrue();
      ids.add(key.id());
    }
    assertThat(ids).hasSize(3);
  }

  @Test void only_the_owner_can_read_a_key_and_one_that_others_can_read_is_not_used() throws IOException {
    open().current(Purpose.LOG);
    try (Stream<Path> files = Files.list(temporary.resolve("keys"))) {
      var all = files.toList();
      assertThat(all).hasSize(1);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(all.getFirst()))).isEqualTo("rw-------");
      Files.setPosixFilePermissions(all.getFirst(), PosixFilePermissions.fromString("rw-r-----"));
    }
    assertThatThrownBy(() -> open().current(Purpose.LOG)).hasStackTraceContaining("only its owner may read a key");
  }

  @Test void processes_that_begin_at_once_share_one_key() throws Exception {
    try (var threads = Executors.newFixedThreadPool(8)) {
      Callable<String> begin = () -> open().current(Purpose.RESULT).id();
      var ids = new HashSet<String>();
      for (var one : threads.invokeAll(List.of(begin, begin, begin, begin, begin, begin, begin, begin))) {
        ids.add(one.get());
      }
      assertThat(ids).hasSize(1);
    }
  }

  @Test void the_old_key_signs_the_new_one_and_is_forgotten() throws IOException {
    var keys = open();
    var first = keys.current(Purpose.LOG);
    assertThat(keys.rotate(Purpose.LOG, 10).number()).isEqualTo(2);
    assertThat(keys.rotate(Purpose.LOG, 20).number()).isEqualTo(3);
    var chain = KeyChain.of(keys.statements(Purpose.LOG));
    assertThat(chain.keys()).hasSize(3);
    assertThat(chain.keys().getFirst().key()).isEqualTo(first.noteKey());
    assertThat(chain.current().key()).isEqualTo(keys.current(Purpose.LOG).noteKey());
    for (int number = 1; number <= 2; number++) {
      assertThat(Files.readString(temporary.resolve("keys/log-000" + number + ".key"))).doesNotContain("PRIVATE");
    }
    assertThat(keys.all(Purpose.TEST_LOG).keys()).hasSize(1);
  }

  @Test void old_checkpoints_stay_valid_and_a_retired_key_can_sign_nothing_new() {
    var keys = open();
    var retired = keys.current(Purpose.LOG);
    var old = checkpoint(keys, 9);
    var last = checkpoint(keys, 10);
    keys.rotate(Purpose.LOG, 10);
    var fresh = checkpoint(keys, 11);
    var forged = retired.sign(Note.of(new Checkpoint(keys.name(Purpose.LOG), 11, ROOT).text()));
    var chain = keys.all(Purpose.LOG);
    assertThat(chain.proves(old).orElseThrow().number()).isEqualTo(1);
    assertThat(chain.proves(last).orElseThrow().number()).isEqualTo(1);
    assertThat(chain.proves(fresh).orElseThrow().number()).isEqualTo(2);
    assertThat(chain.proves(forged)).as("made after its retirement").isEmpty();
    var early = keys.current(Purpose.LOG).sign(Note.of(new Checkpoint(keys.name(Purpose.LOG), 9, ROOT).text()));
    assertThat(chain.proves(early)).as("before it began").isEmpty();
    var foreign = keys.current(Purpose.LOG).sign(Note.of(new Checkpoint("other.example/log", 11, ROOT).text()));
    assertThat(chain.proves(foreign)).as("of another log").isEmpty();
  }

  @Test void a_chain_that_was_tampered_with_is_not_used() throws IOException {
    var keys = open();
    keys.current(Purpose.LOG);
    keys.rotate(Purpose.LOG, 10);
    var stranger = Keyring.inMemory("shop.example/log", CLOCK);
    stranger.current(Purpose.LOG);
    stranger.rotate(Purpose.LOG, 10);
    var statements = keys.statements(Purpose.LOG);
    assertThatThrownBy(() -> KeyChain.of(List.of(statements.get(0), stranger.statements(Purpose.LOG).get(1))))
        .hasMessageContaining("key 2 is not signed by the key before it");
    assertThatThrownBy(() -> KeyChain.of(List.of(statements.get(1)))).hasMessageContaining("key 1 is missing");
    var file = temporary.resolve("keys/log-0001.key");
    Files.writeString(file, stranger.statements(Purpose.LOG).get(0).written());
    assertThatThrownBy(() -> open().current(Purpose.LOG)).isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("do not follow from each other");
    assertThatThrownBy(() -> Keyring.in(temporary.resolve("keys"), "other.example/log", CLOCK).all(Purpose.LOG))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test void a_signature_is_verified_with_the_published_key_set() throws Exception {
    var keys = Keyring.inMemory(Keyring.ORIGIN, CLOCK);
    var retired = jws(keys.current(Purpose.RESULT));
    keys.rotate(Purpose.RESULT, 0);
    var fresh = jws(keys.current(Purpose.RESULT));
    var published = new JsonWebKeySet(Canonical.json(keys.jwks()));
    assertThat(published.getJsonWebKeys()).hasSize(2);
    for (var each : List.of(retired, fresh)) {
      var read = new JsonWebSignature();
      read.setCompactSerialization(each);
      var key = published.findJsonWebKey(read.getKeyIdHeaderValue(), null, null, null);
      read.setKey(key.getKey());
      assertThat(read.verifySignature()).isTrue();
      assertThat(key.calculateBase64urlEncodedThumbprint("SHA-256")).isEqualTo(key.getKeyId());
    }
  }

  private static String jws(SigningKey key) {
    var url = Base64.getUrlEncoder().withoutPadding();
    var head = Canonical.json(Map.of("alg", "EdDSA", "kid", key.id()));
    var input = url.encodeToString(head.getBytes(UTF_8)) + "." + url.encodeToString("{}".getBytes(UTF_8));
    return input + "." + url.encodeToString(key.sign(input.getBytes(UTF_8)));
  }
}
