package redress.result;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import redress.dispute.DisputeId;
import redress.dispute.Event.ChargebackOpened;
import redress.dispute.Event.Closed;
import redress.dispute.Event.RefundMoved;
import redress.dispute.Rules;
import redress.dispute.Stage;
import redress.keys.Keyring;
import redress.keys.Purpose;
import redress.seal.Digest;
import redress.store.Disputes;
import redress.store.Disputes.Happened;
import redress.store.NoticeBook;
import redress.store.Records;
import redress.store.ResultBook;

/** Writes down results: one record for each event that makes one final, once, in order, signed. */
public final class Registrar {
  static final String TYPE = "redress-result+jws";
  private static final int ALL = 1_000_000;
  /** How long a record waits for the log; then it is made without a proof, and says so. */
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Set<String> FINAL = Set.of(Closed.class.getSimpleName(), RefundMoved.class.getSimpleName(),
      ChargebackOpened.class.getSimpleName());

  private final Disputes disputes;
  private final Records records;
  private final NoticeBook notices;
  private final ResultBook book;
  private final Keyring keys;
  private final Proofs proofs;
  private final String issuer;

  /** @param issuer what the platform calls itself */
  public Registrar(Disputes disputes, Records records, NoticeBook notices, ResultBook book, Keyring keys,
      Proofs proofs, String issuer) {
    this.disputes = disputes;
    this.records = records;
    this.notices = notices;
    this.book = book;
    this.keys = keys;
    this.proofs = proofs;
    this.issuer = issuer;
  }

  /** How long an event waits at most until the log proves it without being asked. */
  public Duration comes() {
    return proofs.comes();
  }

  /** Has the log prove what happened up to now, for many records together. */
  public void reach(boolean live) {
    proofs.reach(live);
  }

  /** Whether a record of what happened at {@code since} is rather made later than without a proof. */
  public static boolean isPatient(Instant since, Instant at) {
    return at.isBefore(since.plus(PATIENCE));
  }

  /**
   * All records of {@code dispute} for somebody who wants them at {@code at} on its clock, the first first: those that
   * wait to be written are written now, unless the log proves nothing at present.
   */
  public List<ResultBook.Kept> wanted(DisputeId dispute, Instant at) {
    var known = book.of(dispute);
    int done = known.isEmpty() ? 0 : known.getLast().n();
    var last = disputes.events(dispute, FINAL, done, ALL).stream().filter(it -> Rules.isFinal(it.event()))
        .reduce((_, later) -> later);
    if (last.isEmpty()) return known;
    var _ = write(dispute, last.get().n(), at, isPatient(last.get().at(), at));
    return book.of(dispute);
  }

  /**
   * The record about event {@code n} of {@code dispute}, which is made now unless it is there; earlier ones that are
   * missing first. Empty as long as the log cannot prove the event and {@code patient} allows to wait for that.
   */
  public Optional<ResultBook.Kept> write(DisputeId dispute, int n, Instant at, boolean patient) {
    ResultBook.@Nullable Kept before = null;
    for (var kept : book.of(dispute)) {
      if (kept.n() == n) return Optional.of(kept);
      before = kept;
    }
    int done = before == null ? 0 : before.n();
    var events = disputes.events(dispute, 0, ALL);
    var left = events.stream().filter(it -> it.n() > done && it.n() <= n && Rules.isFinal(it.event())).toList();
    for (var it : left) {
      var made = make(dispute, events.subList(0, it.n()), before, at, patient);
      if (made.isEmpty()) return made;
      before = made.get();
    }
    return Optional.ofNullable(before).filter(it -> it.n() == n);
  }

  private Optional<ResultBook.Kept> make(DisputeId id, List<Happened> events, ResultBook.@Nullable Kept before,
      Instant at, boolean patient) {
    int n = events.getLast().n();
    var dispute = Material.after(events);
    if (!(dispute.stage() instanceof Stage.Closed)) throw new IllegalStateException(id + " is not over at " + n);
    boolean live = dispute.about().live();
    var standing = proofs.of(id, n, live);
    if (patient && standing instanceof Proofs.Standing.Coming) return Optional.empty();
    var found = disputes.find(id).orElseThrow();
    var stated = new LinkedHashMap<String, Records.Kept>();
    records.ofPayment(found.payment().id()).forEach(it -> stated.put(it.id(), it));
    records.ofDispute(id).forEach(it -> stated.putIfAbsent(it.id(), it));
    var material = new Material(id, events, dispute, found.payment(),
        disputes.money(id).stream().filter(it -> it.n() <= n).toList(),
        stated.values().stream().filter(it -> it.live() == live).toList(), notices.ofDispute(id), before,
        Proofs.of(standing).orElse(null), issuer, at);
    var json = Document.of(material);
    var signer = keys.current(Purpose.RESULT);
    return Optional.of(book.write(new ResultBook.Kept(id, material.number(), n, at, live, Digest.sha256(json),
        signer.id(), json, Jws.compact(signer, TYPE, json))));
  }
}
