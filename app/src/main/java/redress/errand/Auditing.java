package redress.errand;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import redress.check.Facts;
import redress.check.Known;
import redress.connect.Providers;
import redress.connect.RefundOrder;
import redress.connect.RefundRecord;
import redress.dispute.Command.RecordAudit;
import redress.dispute.DisputeId;
import redress.dispute.Event;
import redress.dispute.Matter;
import redress.dispute.Obligation;
import redress.dispute.Stage;
import redress.dispute.Words;
import redress.store.Disputes;
import redress.store.Disputes.Happened;
import redress.store.Disputes.Written;
import redress.store.Errands.Due;
import redress.store.SubjectKeys;
import redress.store.Testimonies;

/**
 * Gathers what day 1 and day 3 look at: the terms as they were agreed, every piece of evidence, and the provider's own
 * records,
 * asked afresh. What could not be had leaves the audit incomplete, and it is made again.
 */
final class Auditing {
  private static final Pattern OURS = Pattern.compile("(dsp_[0-9a-f]{19})-(?:r\\d+|o(\\d+))");

  private static final int THIRD_DAY = 3;

  private static final Set<String> LOOKED_AT =
      Set.of(Event.SettlementFormed.class.getSimpleName(), Event.EvidenceSubmitted.class.getSimpleName());

  private final Disputes disputes;
  private final SubjectKeys subjects;
  private final Providers providers;
  private final Asking asking;
  private final Stated stated;
  private final Perusal perusal;
  private final Testimonies testimonies;
  private final Says says;

  Auditing(Disputes disputes, SubjectKeys subjects, Providers providers, Asking asking, Stated stated,
      Perusal perusal, Testimonies testimonies, Says says) {
    this.disputes = disputes;
    this.subjects = subjects;
    this.providers = providers;
    this.asking = asking;
    this.stated = stated;
    this.perusal = perusal;
    this.testimonies = testimonies;
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
    var found = perusal.peruse(evidence, known(id, matter, texts, records));
    testimonies.put(id, audit(matter), now, found.heard());
    var broken = evidence.stream().filter(piece -> !isIntact(piece.text(), texts)).map(Event.EvidenceSubmitted::id);
    return new Facts.Audit(transaction.available() && records.isPresent() && found.complete(),
        termsHash(id, matter, events), evidence.size(),
        Stream.concat(broken, found.broken().stream()).distinct().sorted().toList(), found.contradicting(), transaction,
        records.map(entries -> entries(id, matter, texts, entries)).orElse(List.of()));
  }

  private static Testimonies.Audit audit(Matter matter) {
    int day = switch (matter.dispute().stage()) {
      case Stage.Auditing _ -> 1;
      case Stage.Concluding _ -> THIRD_DAY;
      case Stage _ -> 0;
    };
    return new Testimonies.Audit(matter.dispute().settled().number(), day);
  }

  /** All that documents may speak of: the payment, what is promised, and what was refunded by us or elsewhere. */
  private static Known known(DisputeId id, Matter matter, Map<String, Written> texts,
      Optional<List<RefundRecord>> records) {
    var dispute = matter.dispute();
    var payment = matter.payment();
    var since = day(dispute.settled().t0());
    var refunds = new ArrayList<Known.Refunded>();
    for (var it : dispute.refunds()) {
      boolean current = dispute.obligation(it.obligation()).isPresent();
      var from = current ? since : day(dispute.about().at());
      refunds.add(new Known.Refunded(Set.of(it.reference(id)), it.minor(), from));
    }
    stated(matter, texts).forEach((reference, promise) -> {
      if (reference.isEmpty() || refunds.stream().anyMatch(it -> it.names().contains(reference))) return;
      long owed = dispute.obligation(promise).map(Obligation::worth).orElse(0L);
      long paid = records.orElse(List.of()).stream().filter(it -> it.reference().equals(reference))
          .mapToLong(RefundRecord::minor).sum();
      refunds.add(new Known.Refunded(Set.of(reference), paid == 0 ? owed : paid, day(dispute.round().startedAt())));
    });
    var promises = dispute.obligations().stream().map(it -> {
      var due = it.due();
      return new Known.Promised(it.id(), it.worth(), due == null ? null : day(due));
    }).toList();
    return new Known(payment.currency(), payment.captured(), day(payment.capturedAt()),
        new HashSet<>(List.of(payment.id(), payment.atProvider())), id.toString(), dispute.about().minor(), promises,
        refunds, records.isPresent() && records.get().stream().allMatch(it -> it.state() == Facts.State.FAILED));
  }

  private static LocalDate day(Instant at) {
    return at.atZone(ZoneOffset.UTC).toLocalDate();
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
