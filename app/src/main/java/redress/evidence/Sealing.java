package redress.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import redress.dispute.DisputeId;
import redress.dispute.Event;
import redress.dispute.Obligation;
import redress.dispute.Promise;
import redress.dispute.Terms;
import redress.dispute.Words;
import redress.seal.Canonical;
import redress.store.Disputes;
import redress.store.Disputes.Happened;
import redress.store.Uploads.Giver;
import redress.store.Uploads.Upload;

/**
 * Seals what the two sides said to each other: all messages and offers as both can see them, as canonical JSON (RFC
 * 8785), kept like any other file.
 */
public final class Sealing {
  private static final Set<String> SAID = Set.of(Event.Filed.class.getSimpleName(),
      Event.MessageSent.class.getSimpleName(), Event.OfferMade.class.getSimpleName(),
      Event.OfferEnded.class.getSimpleName());

  private final Disputes disputes;
  private final Uploading uploading;

  public Sealing(Disputes disputes, Uploading uploading) {
    this.disputes = disputes;
    this.uploading = uploading;
  }

  /** Keeps the thread as it stands at {@code now} (UTC, by the dispute's clock) as a draft of this giver. */
  public Upload seal(DisputeId dispute, Giver giver, Instant now) {
    var json = thread(dispute, now);
    return uploading.keepOwn(dispute, giver, "thread-" + dispute + ".json", "application/json",
        new ByteArrayInputStream(json.getBytes(UTF_8)));
  }

  private String thread(DisputeId dispute, Instant now) {
    var events = disputes.events(dispute, SAID, 0, Integer.MAX_VALUE);
    var ids = new HashSet<String>();
    for (var it : events) ids.add(words(it.event()).id());
    var texts = disputes.words(dispute, ids);
    var said = new ArrayList<Object>();
    for (var it : events) said.add(said(it, texts));
    return Canonical.json(Map.of("v", 1, "dispute", dispute.toString(), "sealed", now.toString(), "thread", said));
  }

  private static Map<String, @Nullable Object> said(Happened it, Map<String, String> texts) {
    var one = new HashMap<String, @Nullable Object>();
    one.put("n", it.n());
    one.put("at", it.at().toString());
    one.put("by", it.role().isMerchant() ? "MERCHANT" : it.role().isStaff() ? "PLATFORM" : it.role().name());
    one.put("type", it.event().getClass().getSimpleName());
    var words = words(it.event());
    one.put("text", words.isPresent() ? texts.get(words.id()) : "");
    if (it.event() instanceof Event.OfferMade made) {
      one.put("offer", made.offer().id());
      one.put("terms", terms(made.offer().terms()));
    } else if (it.event() instanceof Event.OfferEnded ended) {
      one.put("offer", ended.offer());
      one.put("state", ended.state());
    }
    return one;
  }

  private static Map<String, Object> terms(Terms terms) {
    return Map.of("remedy", terms.remedy(), "promises", terms.promises().stream().map(Sealing::promise).toList());
  }

  private static Map<String, @Nullable Object> promise(Promise it) {
    var one = new HashMap<String, @Nullable Object>();
    one.put("kind", it.kind());
    one.put("minor", it.minor());
    one.put("executor", it.executor());
    return one;
  }

  private static Words words(Event event) {
    return switch (event) {
      case Event.Filed filed -> filed.filing().description();
      case Event.MessageSent sent -> sent.text();
      case Event.OfferMade made -> made.text();
      case Event.OfferEnded ended -> ended.reason();
      default -> Words.NONE;
    };
  }
}
