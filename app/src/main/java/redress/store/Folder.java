package redress.store;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import redress.dispute.Act;
import redress.dispute.Dispute;
import redress.dispute.DisputeId;
import redress.dispute.Errand;
import redress.dispute.Event;
import redress.dispute.Matter;
import redress.dispute.Payment;
import redress.dispute.Rules;
import redress.money.Transfer;
import redress.policy.RuleSet;
import redress.posting.Postings;

/**
 * One payment and those of its disputes that are being worked on, with everything their commands cause. It lands as
 * a whole or not at all, so that no two disputes can spend the same money. Used by one thread.
 */
public final class Folder {
  final Purse read;
  final Map<DisputeId, Sheet> sheets = new LinkedHashMap<>();
  final List<Todo> todos = new ArrayList<>();
  final List<Entry> entries = new ArrayList<>();
  final List<Kept> texts = new ArrayList<>();
  final List<Receipt> receipts = new ArrayList<>();
  Payment payment;

  /** An errand with the event it comes from and its place there. */
  record Todo(DisputeId dispute, int n, int place, Errand errand) {}

  /** A ledger entry with the event it comes from. */
  record Entry(DisputeId dispute, int n, int refund, Instant at, Transfer transfer) {}

  /** A text with the dispute it was written in. */
  record Kept(DisputeId dispute, Instant at, Text text) {}

  public Folder(Purse read) {
    this.read = read;
    this.payment = read.payment();
  }

  /**
   * The instant at which something said now is said: never before the dispute's last event nor before {@code due}.
   */
  public Instant at(Instant systemNow, Dispute dispute, @Nullable Instant due) {
    var now = read.clockNow() == null ? systemNow : read.clockNow();
    if (now.isBefore(dispute.lastAt())) now = dispute.lastAt();
    return due != null && now.isBefore(due) ? due : now;
  }

  /** The payment as it stands now. */
  public Payment payment() {
    return payment;
  }

  /** The dispute of {@code page} as it stands now. */
  public Dispute dispute(Page page) {
    var sheet = sheets.get(page.id());
    return sheet == null ? page.dispute() : sheet.now;
  }

  /** What a decision about the dispute of {@code page} looks at now. */
  public Matter matter(Page page, RuleSet rules) {
    return new Matter(rules, payment, dispute(page));
  }

  /**
   * Takes up what {@code act} caused and returns the matter after it. Nothing is taken up when the rules fail half
   * way: then it throws what they threw.
   */
  public Matter take(Page page, RuleSet rules, Act act, String person, List<Event> events) {
    var before = matter(page, rules);
    var steps = new ArrayList<Step>();
    var matter = before;
    for (var event : events) {
      var step = step(page.id(), matter, event, act.at());
      steps.add(step);
      matter = step.after();
    }
    var sheet = sheets.computeIfAbsent(page.id(), _ -> new Sheet(this, page, before));
    for (var step : steps) enter(sheet, step, act, person);
    return matter;
  }

  private record Step(Dispute before, Event event, Matter after, List<Errand> errands, List<Transfer> transfers) {}

  private static Step step(DisputeId id, Matter matter, Event event, Instant at) {
    var dispute = Rules.evolve(matter.dispute(), event, at);
    if (dispute.version() != matter.dispute().version() + 1) {
      throw new IllegalStateException("event " + (matter.dispute().version() + 1) + " was not counted");
    }
    var after = new Matter(matter.rules(), Rules.evolve(matter.payment(), id, event), dispute);
    var payment = after.payment();
    return new Step(matter.dispute(), event, after, Rules.errands(after, event, at),
        Postings.after(payment.currency(), payment.provider(), event));
  }

  private void enter(Sheet sheet, Step step, Act act, String person) {
    var id = sheet.read.id();
    var dispute = step.after().dispute();
    int n = dispute.version();
    var by = act.by();
    sheet.add(new Line(n, act.at(), step.before().status(), dispute.status(), by.role(), by.subject(), person,
        step.event()), step.before(), step.after());
    payment = step.after().payment();
    for (int i = 0; i < step.errands().size(); i++) todos.add(new Todo(id, n, i, step.errands().get(i)));
    for (var transfer : step.transfers()) entries.add(new Entry(id, n, refund(step.event()), act.at(), transfer));
  }

  private static int refund(Event event) {
    return switch (event) {
      case Event.RefundRequested requested -> requested.refund().id();
      case Event.RefundMoved moved -> moved.refund().id();
      case Event.OutsideRefundFound found -> found.refund().id();
      default -> 0;
    };
  }

  /** Keeps the texts that an accepted command carried. */
  public void keep(DisputeId dispute, Instant at, List<Text> clear) {
    for (var text : clear) texts.add(new Kept(dispute, at, text));
  }

  /** Keeps the receipt of an accepted command. */
  public void keep(Receipt receipt) {
    receipts.add(receipt);
  }

  /** Whether anything is to be written. */
  public boolean isChanged() {
    return !receipts.isEmpty() || sheets.values().stream().anyMatch(Sheet::isChanged);
  }
}
