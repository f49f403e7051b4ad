package redress.result;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import redress.check.FindingCode;
import redress.dispute.Errand.Audience;
import redress.dispute.Event;
import redress.dispute.Event.*;
import redress.dispute.Finding;
import redress.dispute.Words;
import redress.store.Delivery;
import redress.store.Disputes.Happened;

/** What was found, what was late, what was given and said, and who was told. Texts only by their commitments. */
final class Noted {
  /** What a person of the platform has to judge before a party hears of it. */
  private static final Set<FindingCode> JUDGED_FIRST =
      EnumSet.of(FindingCode.EVIDENCE_CONTRADICTS, FindingCode.FOLLOW_UP_ATTEMPTS_SHORT);

  /** An errand is called after the event that caused it and its place there. */
  private static final Comparator<Delivery> ORDER = Comparator.comparing(Delivery::at)
      .thenComparingInt(it -> it.errand().length()).thenComparing(Delivery::errand)
      .thenComparing(it -> it.audience().name()).thenComparing(Delivery::channel).thenComparing(Delivery::id);

  private final Material material;

  private Noted(Material material) {
    this.material = material;
  }

  /** The parts of the record that tell of it, by name. */
  static Map<String, @Nullable Object> of(Material material) {
    var noted = new Noted(material);
    return Leaf.of("findings", noted.findings(), "deadlinesMissed", noted.late(), "evidence", noted.evidence(),
        "communications", noted.communications(), "feedback", noted.feedback(), "notices", noted.notices());
  }

  private List<Object> findings() {
    var ended = new HashMap<Integer, Instant>();
    for (var it : material.events()) if (it.event() instanceof FindingEnded e) ended.put(e.finding(), it.at());
    return material.dispute().findings().stream().filter(Noted::isForAll).<Object>map(it -> Leaf.of("number", it.id(),
        "code", it.code(), "severity", it.code().severity, "promise", it.obligation(), "at", it.at(), "state",
        it.state(), "endedAt", ended.get(it.id()))).toList();
  }

  private static boolean isForAll(Finding it) {
    return !JUDGED_FIRST.contains(it.code())
        || (!it.state().isOpen() && it.state() != Finding.State.SUPERSEDED);
  }

  private List<Object> late() {
    var all = new ArrayList<Object>();
    for (var it : material.events()) {
      switch (it.event()) {
        case Overdue e -> all.add(Leaf.of("who", e.side(), "deadline", e.deadline().key, "at", it.at(), "due", null));
        case Breached e -> all
            .add(Leaf.of("who", "PLATFORM", "deadline", e.deadline().key, "at", it.at(), "due", e.due()));
        case Event _ -> {}
      }
    }
    return all;
  }

  private List<Object> evidence() {
    var all = new ArrayList<Object>();
    for (var it : material.events()) {
      if (it.event() instanceof EvidenceSubmitted e) {
        all.add(Leaf.of("number", e.id(), "type", e.evidenceType(), "by", Leaf.by(it.role()), "at", it.at(), "sha256",
            e.sha256(), "text", Leaf.text(e.text())));
      }
    }
    return all;
  }

  /** Everything that was written where both sides may read it. */
  private List<Object> communications() {
    var all = new ArrayList<Object>();
    for (var it : material.events()) {
      var said = said(it.event());
      if (said != null && said.isPresent()) {
        all.add(Leaf.of("event", it.n(), "type", it.event().getClass().getSimpleName(), "at", it.at(), "by",
            Leaf.by(it.role()), "text", said.commitment(), "chars", said.chars()));
      }
    }
    return all;
  }

  private static @Nullable Words said(Event event) {
    return switch (event) {
      case Filed e -> e.filing().description();
      case MessageSent e -> e.text();
      case OfferMade e -> e.text();
      case OfferEnded e -> e.reason();
      case MediationQueued e -> e.reason();
      case SettlementProposed e -> e.text();
      case ProposalEnded e -> e.reason();
      case Decided e -> e.ruling().reasons();
      case Appealed e -> e.text();
      case AppealDecided e -> e.ruling().reasons();
      case StatementSubmitted e -> e.text();
      case ObligationMoved e -> e.reference();
      case FollowUpAnswered e -> e.text();
      case Event _ -> null;
    };
  }

  /** What its giver thinks stays with the giver and the platform; that it was given is on record. */
  private List<Object> feedback() {
    var all = new ArrayList<Object>();
    for (Happened it : material.events()) {
      if (it.event() instanceof FeedbackGiven e) {
        all.add(Leaf.of("number", e.id(), "kind", e.kind(), "by", Leaf.by(it.role()), "at", it.at(), "text",
            Leaf.text(e.text())));
      }
    }
    return all;
  }

  /** Who of the two sides was told what until the end; how it ended they are told with this record. */
  private List<Object> notices() {
    return material.notices().stream().filter(this::isBeforeTheEnd)
        .sorted(ORDER).<Object>map(it -> Leaf.of("id", it.id(), "notice",
            it.notice(), "to", it.audience(), "channel", it.channel(), "at", it.at(), "state", it.state(),
            "deliveredAt",
            it.deliveredAt()))
        .toList();
  }

  private boolean isBeforeTheEnd(Delivery it) {
    boolean toParty = it.audience() == Audience.BUYER || it.audience() == Audience.MERCHANT;
    if (!toParty || it.state() == Delivery.State.SUPPRESSED) return false;
    var cause = it.errand().replaceFirst("\\..*", "");
    return cause.matches("\\d{1,9}") ? Integer.parseInt(cause) < material.last().n()
        : it.at().isBefore(material.last().at());
  }
}
