package redress.web;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redress.api.Counter;
import redress.api.Filings;
import redress.api.UploadsApi;
import redress.desk.Answer;
import redress.desk.Clocks;
import redress.desk.Desk;
import redress.dispute.DisputeId;
import redress.dispute.EvidenceType;
import redress.dispute.Payment;
import redress.dispute.Refusal;
import redress.door.Fault;
import redress.evidence.Declined;
import redress.evidence.Uploading;
import redress.policy.Deadline;
import redress.policy.Role;
import redress.seal.Digest;
import redress.store.Disputes.Place;
import redress.store.FilingDrafts;
import redress.store.FilingDrafts.Draft;
import redress.store.Json;
import redress.store.Key;
import redress.store.Payments;
import redress.store.Payments.Registered;
import redress.store.RuleSets;
import redress.store.Uploads.State;
import redress.store.Uploads.Upload;
import redress.verb.Verb;
import redress.verb.Verbs;
import redress.view.Reader;
import redress.view.Seats.At;

/**
 * Where a buyer writes a dispute down before filing it. A draft lies under the id its dispute will have, so that files
 * can be sent for it; filing it says the same as a program would, and gives the files as evidence.
 */
public final class FilingDesk {
  private static final Logger LOG = LoggerFactory.getLogger(FilingDesk.class);
  private static final int KEY_BYTES = 12;
  private static final int MOST = 50;

  private final FilingDrafts drafts;
  private final Payments payments;
  private final RuleSets rules;
  private final Clocks clocks;
  private final Filings filings;
  private final Counter counter;
  private final Uploading uploading;
  private final SecureRandom random = new SecureRandom();

  public FilingDesk(FilingDrafts drafts, Payments payments, RuleSets rules, Clocks clocks, Filings filings,
      Counter counter, Uploading uploading) {
    this.drafts = drafts;
    this.payments = payments;
    this.rules = rules;
    this.clocks = clocks;
    this.filings = filings;
    this.counter = counter;
    this.uploading = uploading;
  }

  /**
   * A payment the buyer could file about until {@code until}, with why it cannot be now (null: it can), the dispute
   * that is open about it and the draft there is; null for none.
   */
  public record Choice(Payment payment, Instant until, @Nullable Refusal obstacle, @Nullable DisputeId open,
      @Nullable DisputeId draft) {}

  /** A draft on the desk: whose, what it says, and the payment it is about. */
  record Begun(At at, Draft draft, Registered registered) {
    Payment payment() {
      return registered.payment();
    }

    Begun with(Draft changed) {
      return new Begun(at, changed, registered);
    }
  }

  /** The payments this buyer made, the newest first; only the one that is named, if one is. */
  List<Choice> choices(Reader reader, @Nullable String only) {
    var caller = reader.caller();
    caller.mustBe(Role.BUYER);
    var begun = drafts.of(caller.principal(), caller.live(), clocks.now().minus(FilingDrafts.LIFE));
    var found = only == null ? payments.ofPayer(caller.subject(), caller.live(), MOST)
        : own(reader, only).map(List::of).orElse(List.of());
    return found.stream().map(it -> choice(it, begun)).toList();
  }

  private Choice choice(Registered registered, List<Draft> begun) {
    var payment = registered.payment();
    var now = clocks.now(registered.clock());
    var until = rules.inForce(now).due(Deadline.FILING_WINDOW, payment.capturedAt());
    var open = payment.open().isEmpty() ? null : payment.open().keySet().iterator().next();
    boolean taken = payment.items().isEmpty() ? open != null : payment.items().stream()
        .allMatch(item -> payment.open().values().stream().anyMatch(of -> of.isEmpty() || of.contains(item)));
    var obstacle = taken ? Refusal.ITEMS_DISPUTED : payment.refundable() == 0 ? Refusal.NOTHING_LEFT
        : now.isAfter(until) ? Refusal.FILING_WINDOW_OVER : null;
    var draft = begun.stream().filter(it -> it.payment().equals(payment.id())).map(Draft::dispute).findFirst();
    return new Choice(payment, until, obstacle, open, draft.orElse(null));
  }

  private Optional<Registered> own(Reader reader, String payment) {
    var caller = reader.caller();
    return payments.find(payment).filter(it -> it.payment().live() == caller.live())
        .filter(it -> it.payment().payer().equals(caller.subject()));
  }

  /** The draft about this payment, begun now if there is none. Turns away whoever has no such payment. */
  DisputeId begin(Reader reader, String payment) {
    var caller = reader.caller();
    caller.mustBe(Role.BUYER);
    var about = own(reader, payment).orElseThrow(() -> Fault.PAYMENT_UNKNOWN.away("payment")).payment();
    var now = clocks.now();
    drafts.forget(now.minus(FilingDrafts.LIFE));
    var bytes = new byte[KEY_BYTES];
    random.nextBytes(bytes);
    var key = "file-" + HexFormat.of().formatHex(bytes);
    var id = Desk.newDispute(about.id(), new Key(caller.principal(), key, ""));
    drafts.begin(new Draft(id, caller.principal(), caller.live(), about.id(), key,
        Map.of("payment", about.id(), "currency", about.currency()), Map.of(), now));
    return drafts.of(caller.principal(), caller.live(), now.minus(FilingDrafts.LIFE)).stream()
        .filter(it -> it.payment().equals(about.id())).map(Draft::dispute).findFirst().orElse(id);
  }

  /** This reader's draft with this id. Turns away whoever has none. */
  Begun begun(Reader reader, String id) {
    var caller = reader.caller();
    var draft = DisputeId.parse(id).flatMap(it -> drafts.find(it, caller.principal(), caller.live()))
        .orElseThrow(() -> Fault.NOT_FOUND.away());
    var registered = own(reader, draft.payment()).orElseThrow(() -> Fault.NOT_FOUND.away());
    var payment = registered.payment();
    var place = new Place(payment.id(), payment.payer(), payment.merchant(), payment.currency(), payment.live(),
        registered.clock());
    return new Begun(new At(reader, draft.dispute(), place), draft, registered);
  }

  /** Writes down what was said, too. */
  Begun say(Begun it, Map<String, Object> said) {
    var more = it.draft().saying(said, clocks.now());
    drafts.keep(more);
    return it.with(more);
  }

  /** Writes down what these files are. */
  void describe(Begun it, List<String> uploads, String type) {
    var known = new TreeMap<>(it.draft().files());
    for (var upload : uploads) known.put(upload, type);
    drafts.keep(it.draft().with(known, clocks.now()));
  }

  /** Forgets the draft, and the files that were sent for it. */
  void forget(Begun it) {
    for (var file : files(it)) uploading.drop(file);
    drafts.drop(it.draft().dispute());
  }

  /** The files that were sent for it. */
  List<Upload> files(Begun it) {
    return uploading.drafts(it.at().id(), UploadsApi.giver(it.at())).stream()
        .filter(file -> file.state() == State.READY).toList();
  }

  /** Now, as the clock of the payment shows it. */
  Instant now(Begun it) {
    return clocks.now(it.registered().clock());
  }

  /** Files it and gives its files; the draft is forgotten once that is done. What the desk says, when it says no. */
  Answer file(Begun it) {
    var said = new TreeMap<>(it.draft().said());
    var hash = Digest.sha256(Json.MAPPER.writeValueAsString(said));
    var key = new Key(it.draft().principal(), it.draft().key(), hash);
    var filed = filings.file(it.at().reader(), Posted.body(said, Filings.FIELDS), key);
    // Under a key that was used the dispute is there, whatever was changed in the draft afterwards.
    boolean there = filed.answer() instanceof Answer.Done || filed.answer() instanceof Answer.Repeated
        || filed.answer() instanceof Answer.KeyReused;
    if (!there) return filed.answer();
    for (var file : files(it)) give(it, filed.at(), file);
    drafts.drop(it.draft().dispute());
    return filed.answer();
  }

  /** What cannot be given stays a file of the buyer's, who sees it beside the dispute. */
  private void give(Begun it, At at, Upload file) {
    var verb = evidence();
    var type = it.draft().files().getOrDefault(file.id(), EvidenceType.OTHER.name());
    var body = Posted.body(Map.of("evidenceType", type, "upload", file.id()), verb.fields());
    try {
      counter.say(at, verb, 0, body, new Key(it.draft().principal(), it.draft().key() + "-" + file.id(), type), null);
    } catch (Declined declined) {
      LOG.info("A file of {} was not given: {}", at.id(), declined.why);
    }
  }

  /** The verb that makes evidence of a file. */
  static Verb evidence() {
    var verb = Verbs.of("SubmitEvidence");
    if (verb == null) throw new IllegalStateException("no SubmitEvidence");
    return verb;
  }
}
