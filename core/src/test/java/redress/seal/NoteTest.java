package redress.seal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import redress.seal.NoteKey.Kind;

/** Notes, their keys and checkpoints: by the published example, and by what must not be read as one. */
class NoteTest {
  // The example of golang.org/x/mod/sumdb/note, from which the format comes.
  private static final String KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
  private static final String NOTE = """
      If you think cryptography is the answer to your problem,
      then you don't know what your problem is.

      \u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
      """;

  private final KeyPair pair = pair();
  private final NoteKey key = new NoteKey("redress.local/log", Kind.PLAIN, pair.getPublic());

  private static KeyPair pair() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private Note sign(String text) {
    var note = Note.of(text);
    return note.with(key, Ed25519.sign(pair.getPrivate(), note.signed()));
  }

  @Test void the_published_note_and_its_key_are_read_verified_and_written_as_they_were() {
    var key = NoteKey.parse(KEY);
    assertThat(key.name()).isEqualTo("PeterNeumann");
    assertThat(key.id()).isEqualTo("c74f20a3");
    assertThat(key.line()).isEqualTo(KEY);
    var note = Note.parse(NOTE.getBytes(UTF_8));
    assertThat(note.isSignedBy(key)).isTrue();
    assertThat(note.written()).isEqualTo(NOTE);
    assertThat(Note.parse(NOTE.replace("answer", "Answer")).isSignedBy(key)).isFalse();
  }

  @Test void the_published_keys_of_other_kinds_keep_their_ids() {
    // From the tests of transparency-dev/formats: a plain key whose Base64 holds a plus, and a cosigner's.
    for (var line : List.of("TEST+7997405c+AQcC+FTVKf0jlTdHDY3rbevmnKxxPjigCXlVtGe6RIr6",
        "remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2")) {
      assertThat(NoteKey.parse(line).line()).isEqualTo(line);
    }
    assertThat(NoteKey.parse("remora.n621.de+da77ade7+BOvN63jn/bLvkieywe8R6UYAtVtNbZpXh34x7onlmtw2").kind())
        .isEqualTo(Kind.COSIGNATURE);
  }

  @Test void every_changed_byte_of_a_note_is_noticed() {
    var key = NoteKey.parse(KEY);
    var bytes = NOTE.getBytes(UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      for (int bit = 0; bit < 8; bit++) {
        var changed = bytes.clone();
        changed[i] ^= (byte) (1 << bit);
        assertThat(isSigned(changed, key)).as("bit " + bit + " of byte " + i).isFalse();
      }
    }
  }

  private static boolean isSigned(byte[] note, NoteKey key) {
    try {
      return Note.parse(note).isSignedBy(key);
    } catch (IllegalArgumentException unread) {
      return false;
    }
  }

  @Test void a_part_of_a_key_or_another_id_is_no_key() {
    for (int from = 0; from < KEY.length(); from++) {
      for (int to = from + 1; to <= KEY.length(); to++) {
        if (to - from == KEY.length()) continue;
        var part = KEY.substring(from, to);
        assertThatThrownBy(() -> NoteKey.parse(part)).as(part).isInstanceOf(IllegalArgumentException.class);
      }
    }
    assertThatThrownBy(() -> NoteKey.parse(KEY.replace("c74f", "c74e"))).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> NoteKey.parse(KEY.replace("+ARpc", "+ZRpc"))).isInstanceOf(IllegalArgumentException.class);
  }

  static final List<String> NO_NOTES = List.of("", "\n", "a\n", "a\n\n", "\n\n", "a\n\nb\n", "a\n\n\u2014 b\n",
      "a\n\n\u2014 b AAAA\n", "a\n\n\u2014 b AAAAAA==", "a\n\n\u2014 b AAAAAAE\n", "a\n\n\u2014 b AAAAAAF=\n",
      "a\n\n\u2014  AAAAAAE=\n", "a\n\n\u2014 b+c AAAAAAE=\n", "a\n\n\u2014 b\u00a0c AAAAAAE=\n",
      "a\tb\n\n\u2014 b AAAAAAE=\n",
      "a\r\n\n\u2014 b AAAAAAE=\n", "a\n\n- b AAAAAAE=\n", "a\n\n\u2014 b AAAAAAE= \n", "a\n\n\u2014 b AAAA AAE=\n",
      "a\n\n" + "\u2014 b AAAAAAE=\n".repeat(65));

  @ParameterizedTest @FieldSource("NO_NOTES") void what_is_no_note_is_refused(String text) {
    assertThatThrownBy(() -> Note.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test void bytes_that_are_no_utf8_are_refused() {
    var bytes = NOTE.getBytes(UTF_8);
    bytes[3] = (byte) 0xff;
    assertThatThrownBy(() -> Note.parse(bytes)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test void a_text_may_hold_empty_lines_and_a_note_sixteen_signatures_of_which_one_is_known() {
    var note = sign("one\n\ntwo\n\n");
    for (int i = 0; i < 16; i++) note = note.with(new Note.Line("other" + i, "00000000", "AAAA"));
    var read = Note.parse(note.written());
    assertThat(read).isEqualTo(note);
    assertThat(read.text()).isEqualTo("one\n\ntwo\n\n");
    assertThat(read.isSignedBy(key)).isTrue();
    var wrong = read.with(new Note.Line(key.name(), key.id(), Base64.getEncoder().encodeToString(new byte[64])));
    assertThat(wrong.isSignedBy(key)).as("one good and one bad signature under one key").isFalse();
  }

  @Test void a_witness_signs_text_and_time() {
    var witness = new NoteKey("witness.example/w1", Kind.COSIGNATURE, pair.getPublic());
    var note = Note.of("redress.local/log\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n");
    var signature = Ed25519.sign(pair.getPrivate(), note.cosigned(1_772_438_400));
    var line = ByteBuffer.allocate(72).putLong(1_772_438_400).put(signature).array();
    var seen = note.with(witness, line);
    assertThat(seen.seenBy(witness)).contains(1_772_438_400L);
    line[7]++;
    assertThat(note.with(witness, line).seenBy(witness)).as("another time").isEmpty();
    assertThat(note.with(new NoteKey(witness.name(), Kind.PLAIN, pair.getPublic()), signature).isSignedBy(key))
        .as("a cosignature is no signature of the text").isFalse();
  }

  @Test void a_checkpoint_is_written_and_read_as_published() {
    // The body of the example of C2SP tlog-checkpoint.
    var text = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
    var checkpoint = Checkpoint.parse(text);
    assertThat(checkpoint.origin()).isEqualTo("example.com/behind-the-sofa");
    assertThat(checkpoint.size()).isEqualTo(20_852_163);
    assertThat(checkpoint.text()).isEqualTo(text);
    assertThat(Checkpoint.parse(Note.parse(sign(text).written()).text())).isEqualTo(checkpoint);
  }

  private static final String ROOT = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";

  static final List<String> NO_CHECKPOINTS = List.of("", "a\n", "a\n1\n", "a\n1\n" + ROOT, "\n1\n" + ROOT + "\n",
      "a b\n1\n" + ROOT + "\n", "a\n01\n" + ROOT + "\n", "a\n-1\n" + ROOT + "\n", "a\n+1\n" + ROOT + "\n",
      "a\n9223372036854775808\n" + ROOT + "\n", "a\n1 \n" + ROOT + "\n", "a\n1\nAAAA\n", "a\n1\n" + ROOT + "\nmore\n",
      "a\n1\n" + ROOT.replace("2I=", "2J=") + "\n", "a\n1\n" + ROOT.replace("=", "") + "\n",
      "a\n\u0661\n" + ROOT + "\n");

  @ParameterizedTest @FieldSource("NO_CHECKPOINTS") void what_is_no_checkpoint_is_refused(String text) {
    assertThatThrownBy(() -> Checkpoint.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
