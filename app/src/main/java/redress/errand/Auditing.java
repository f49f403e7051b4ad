package redress.errand;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import redress.check.Facts;
import redress.connect.Providers;
import redress.connect.RefundOrder;
import redress.connect.RefundRecord;
import redress.dispute.Command.RecordAudit;
import redress.dispute.DisputeId;
import redress.dispute.Event;
import redress.dispute.EvidenceType;
import redress.dispute.Matter;
import redress.dispute.Obligation;
import redress.dispute.Side;
import redress.dispute.Words;
import redress.store.Disputes;
import redress.store.Disputes.Happened;
import redress.store.Disputes.Written;
import redress.store.Errands.Due;
import redress.store.SubjectKeys;

/**
 * Gathers what day 1 and day 3 look at: the terms as they were agreed, every piece of evidence, and the provider's own
 * records,
 * asked afresh. What could not be had leaves the audit incomplete, and it is made again.
 */
final class Auditing {
  private static final Pattern OURS = Pattern.compile("(dsp_[0-9a-f]{19})-(?:r\\d+|o(\\d+))");

  private static final Set<String> LOOKED_AT =
      Set.of(Event.SettlementFormed.class.getSimpleName(), Event.EvidenceSubmitted.class.getSimpleName());

  private final Disputes disputes;
  private final SubjectKeys subjects;
  private final Providers providers;
  private final Asking asking;
  private final Stated stated;
  private final Says says;

  Auditing(Disputes disputes, SubjectKeys subjects, Providers providers, Asking asking, Stated stated,
      Says says) {
    this.disputes = disputes;
    this.subjects = subjects;
    this.providers = providers;
    this.asking = asking;
    this.stated = stated;
    this.says = says;
  }

  Course audit(Due due, Matter matter, Instant since, Instant now) {
    if (matter.dispute().settlement() == null) return new Course.Dropped("nothing is settled");
    var facts = facts(due.dispute(), matter, now);
    var course = says.each(due, new RecordAudit(facts), "");
    if (facts.complete() || course instanceof Course.Dropped) return course;
    return new Course.Later(Pace.look(since, now), "the provider is silent");
  }

  private Facts.Audit facts(DisputeId id, Matter matter, Instant now) {
    var transaction = asking.transaction(matter, now);
    var texts = disputes.words(id).stream().collect(Collectors.toMap(Written::id, Function.identity()));
    var told = providers.of(matter.payment())
        .flatMap(provider -> provider.records(matter.payment().atProvider(), known(id, matter, texts), now));
    var records = stated.refunds(id, matter.payment(), told, matter.dispute().settled().t0());
    var events = disputes.events(id, LOOKED_AT, 0, Integer.MAX_VALUE).stream().map(Happened::event).toList();
    var evidence = of(Event.EvidenceSubmitted.class, events);
    var broken =
        evidence.stream().filter(piece -> !isIntact(piece.text(), texts)).map(Event.EvidenceSubmitted::id).toList();
    return new Facts.Audit(transaction.available() && records.isPresent(), termsHash(id, matter, events),
        evidence.size(),
        broken, records.map(found -> contradicting(evidence, found)).orElse(List.of()), transaction,
        records.map(found -> entries(id, matter, texts, found)).orElse(List.of()));
  }

  /** Every reference under which the provider may know a refund: ours, and those the merchant stated for its own. */
  private static List<RefundOrder> known(DisputeId id, Matter matter, Map<String, Written> texts) {
    var known = new ArrayList<RefundOrder>();
    for (var refund : matter.dispute().refunds()) known.add(Paying.order(id, matter, refund));
    stated(matter, texts).forEach((reference, promise) -> {
      long owed = matter.dispute().obligation(promise).map(Obligation::worth).orElse(0L);
      if (owed > 0 && !reference.isEmpty()) known.add(Paying.order(reference, matter.payment(), owed));
    });
    return known;
  }

  /** Recomputed from the event that formed the settlement, not from what is remembered of it. */
  private static String termsHash(DisputeId id, Matter matter, List<Event> events) {
    int number = matter.dispute().settled().number();
    return of(Event.SettlementFormed.class, events).stream().map(Event.SettlementFormed::settlement)
        .filter(formed -> formed.number() == number).map(formed -> formed.terms().hash(id, matter.payment().currency()))
        .findFirst().orElse("");
  }

  /**
   * Whether a text is still what was committed to. What was erased can no longer be judged; what is gone without is
   * broken.
   */
  private boolean isIntact(Words words, Map<String, Written> texts) {
    if (!words.isPresent()) return true;
    var said = texts.get(words.id());
    if (said == null) return false;
    var body = said.body();
    return body == null || subjects.isIntact(said.subject(), words, body);
  }

  private static <E extends Event> List<E> of(Class<E> type, List<Event> events) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** What the merchant calls the record of a refund, when the provider knows of none. */
  private static List<Integer> contradicting(List<Event.EvidenceSubmitted> evidence, List<RefundRecord> records) {
    boolean none = records.stream().noneMatch(record -> record.state() != Facts.State.FAILED);
    return evidence.stream().filter(piece -> none && piece.side() == Side.MERCHANT
        && piece.evidenceType() == EvidenceType.REFUND_RECORD).map(Event.EvidenceSubmitted::id).toList();
  }

  private static List<Facts.Entry> entries(DisputeId id, Matter matter, Map<String, Written> texts,
      List<RefundRecord> records) {
    var stated = stated(matter, texts);
    return records.stream().flatMap(record -> entry(id, matter, stated, record).stream()).toList();
  }

  /** Records of another dispute of the same payment are judged there. */
  private static Optional<Facts.Entry> entry(DisputeId id, Matter matter, Map<String, Integer> stated,
      RefundRecord record) {
    var ours =
        matter.dispute().refunds().stream().filter(it -> it.reference(id).equals(record.reference())).findFirst();
    var payer = matter.payment().payer();
    if (ours.isPresent()) return Optional.of(entry(record, payer, ours.get().id(), ours.get().obligation()));
    var reference = OURS.matcher(record.reference());
    if (reference.matches() && !reference.group(1).equals(id.toString())) return Optional.empty();
    var memo = OURS.matcher(record.memo());
    if (!memo.matches()) return Optional.of(entry(record, payer, 0, stated.getOrDefault(record.reference(), 0)));
    if (!memo.group(1).equals(id.toString())) return Optional.empty();
    return Optional.of(entry(record, payer, 0, memo.group(2) == null ? 0 : Integer.parseInt(memo.group(2))));
  }

  private static Facts.Entry entry(RefundRecord record, String payer, int refund, int obligation) {
    var payee = record.payee().isEmpty() ? payer : record.payee();
    return new Facts.Entry(record.reference(), refund, obligation, record.minor(), record.currency(), payee,
        record.state(), record.arrival());
  }

  /** The references that the merchant stated for its own payments, and the promises they stand for. */
  private static Map<String, Integer> stated(Matter matter, Map<String, Written> texts) {
    var references = new HashMap<String, Integer>();
    for (var promise : matter.dispute().obligations()) {
      var said = promise.kind().isPayment() ? texts.get(promise.reference().id()) : null;
      if (said != null && said.body() != null) references.put(said.body().strip(), promise.id());
    }
    return references;
  }
}
