package redress.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redress.keys.Keyring;
import redress.keys.Purpose;
import redress.log.Witness.Telling;
import redress.seal.Checkpoint;
import redress.seal.Note;

/** A checkpoint arrives by e-mail as it was signed, so that whoever keeps the letter can hold the log to it. */
class WitnessMailTest {
  private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-02T08:00:00Z"), ZoneOffset.UTC);
  private final Keyring keys = Keyring.inMemory("shop.example/log", CLOCK);
  private final Map<String, String> settings = new HashMap<>();
  private GreenMail post;

  @BeforeEach void open() {
    post = new GreenMail(ServerSetup.SMTP.dynamicPort());
    post.start();
    settings.putAll(Map.of("redress.log.witness.mail", "notary@example.com", "redress.mail.host", "127.0.0.1",
        "redress.mail.port", Integer.toString(post.getSmtp().getPort()), "redress.mail.security", "NONE",
        "redress.mail.from", "log@shop.example"));
  }

  @AfterEach void close() {
    post.stop();
  }

  private Telling telling() {
    var checkpoint = new Checkpoint("shop.example/log", 7, "ab".repeat(32));
    return new Telling(checkpoint, keys.current(Purpose.LOG).sign(Note.of(checkpoint.text())), 0, _ -> List.of());
  }

  @Test void the_letter_holds_the_note_as_it_was_signed() throws Exception {
    var witness = WitnessMail.read(settings::get, CLOCK).orElseThrow();
    assertThat(witness.every()).isEqualTo(Duration.ofHours(1));
    assertThat(witness.watches(false)).as("test payments").isFalse();
    witness.tell(telling());
    var letter = post.getReceivedMessages()[0];
    assertThat(letter.getSubject()).isEqualTo("Checkpoint of shop.example/log: 7 entries");
    assertThat(letter.getAllRecipients()).extracting(Object::toString).containsExactly("notary@example.com");
    var text = letter.getContent().toString().replace("\r\n", "\n");
    var note = Note.parse(text.strip() + "\n");
    assertThat(keys.all(Purpose.LOG).proves(note)).isPresent();
  }

  @Test void a_letter_that_does_not_go_out_is_tried_again() {
    var witness = WitnessMail.read(settings::get, CLOCK).orElseThrow();
    post.stop();
    assertThatThrownBy(() -> witness.tell(telling())).isInstanceOf(IOException.class);
  }

  @Test void settings_that_cannot_work_are_refused() {
    settings.put("redress.log.witness.mail-every", "daily");
    assertThatThrownBy(() -> WitnessMail.read(settings::get, CLOCK)).hasMessageContaining("mail-every");
    settings.remove("redress.mail.host");
    assertThatThrownBy(() -> WitnessMail.read(settings::get, CLOCK)).hasMessageContaining("redress.mail.host");
    settings.remove("redress.log.witness.mail");
    assertThat(WitnessMail.read(settings::get, CLOCK)).isEmpty();
  }
}
