package redress.api;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import redress.door.Caller;
import redress.door.Fault;
import redress.keys.Purpose;
import redress.log.Sequencer;
import redress.policy.Role;
import redress.seal.KeyStatement;
import redress.store.Acts;
import redress.verb.Field;
import redress.verb.Fields;

/** New keys for the log and the result records: the old one signs the new one, retires, and its secret is destroyed. */
@RestController
public final class SigningKeys {
  static final Map<String, Field> FIELDS =
      Fields.of(Field.choice("purpose", Purpose.class, "What the key signs.").needed());

  private final Sequencer sequencer;
  private final Acts acts;
  private final Clock clock;

  public SigningKeys(Sequencer sequencer, Acts acts, Clock clock) {
    this.sequencer = sequencer;
    this.acts = acts;
    this.clock = clock;
  }

  /** The new key, and from when and which size of the tree on it signs. */
  record SigningKeyView(Purpose purpose, int number, String id, String key, Instant from, long fromSize) {}

  @PostMapping("/v1/signing-keys") ResponseEntity<SigningKeyView> rotate(HttpServletRequest request)
      throws IOException {
    var caller = Caller.of(request);
    caller.mustBe(Role.ADMIN);
    var purpose = Asking.of(request).body(FIELDS).choice("purpose", Purpose.class);
    var said = rotated(purpose);
    acts.write(purpose != Purpose.TEST_LOG, "key.rotated", clock.instant(),
        Map.of("purpose", purpose.name(), "number", said.number(), "key", said.key().line(), "by", caller.subject()));
    return ResponseEntity.status(201).body(new SigningKeyView(purpose, said.number(), said.key().id(),
        said.key().line(), said.from(), said.size()));
  }

  private KeyStatement rotated(Purpose purpose) {
    try {
      return sequencer.rotate(purpose);
    } catch (IllegalStateException busy) {
      throw Fault.BUSY.away();
    }
  }
}
