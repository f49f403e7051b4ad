package redress.web;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import redress.api.Readings.EntryView;
import redress.api.Registrations.ContactView;
import redress.dispute.Matter;
import redress.dispute.Ruling;
import redress.dispute.Side;
import redress.dispute.Stage;
import redress.view.DisputeView.TermsView;
import redress.view.Views;

/**
 * What the page of a dispute needs beyond its view: what was written at its turns, as far as the reader may read it,
 * and, for staff, what waits for a second person, what a decision would lead to, and contacts that were just revealed.
 */
public record Casework(List<EntryView> told, @Nullable Waiting decision, @Nullable Payout payout,
    @Nullable Foresight foresight, @Nullable Revealed revealed) {
  /** The turns at which something is written that other pages of the dispute do not show. */
  static final Set<String> TOLD =
      Set.of("Filed", "Decided", "AppealDecided", "DecisionWaits", "DecisionRejected", "Appealed",
          "SettlementProposed", "ProposalEnded", "StatementSubmitted", "FindingEnded", "NoteAdded", "Tagged",
          "SupportAsked", "SupportAnswered", "FeedbackGiven", "FeedbackAnswered", "PayoutRejected", "Recused",
          "PersonalDataRevealed");

  public Casework {
    told = List.copyOf(told);
  }

  /** A decision that waits for a second person until {@code until}. */
  public record Waiting(Ruling ruling, TermsView terms, @Nullable Instant until) {}

  /** A payout that waits for a second person: for which promise, how much (minor units), who asked, until when. */
  public record Payout(int obligation, long amount, String askedBy, Instant until) {}

  /** How a side is reached, for whoever gave a reason to see it. */
  public record Revealed(Side of, ContactView contact) {}

  /** What of {@code matter} is for everybody. */
  static Casework of(List<EntryView> told) {
    return new Casework(told, null, null, null, null);
  }

  /** The same with what waits for staff. */
  static Casework ofStaff(Matter matter, List<EntryView> told) {
    var stage = matter.dispute().stage();
    var ruling = stage instanceof Stage.Mediating now ? now.waiting() : null;
    var until = stage instanceof Stage.Mediating now ? now.approveBy() : null;
    var payout = stage instanceof Stage.Excepted now ? now.payout() : null;
    return new Casework(told, ruling == null ? null : new Waiting(ruling, Views.terms(ruling.terms()), until),
        payout == null ? null
            : new Payout(payout.obligation(), payout.minor(), payout.askedBy(), payout.approveBy()),
        null, null);
  }

  Casework with(@Nullable Foresight seen) {
    return new Casework(told, decision, payout, seen, revealed);
  }

  Casework with(Revealed shown) {
    return new Casework(told, decision, payout, foresight, shown);
  }

  /** What happened of this type, in order. */
  public List<EntryView> told(String type) {
    return told.stream().filter(it -> it.type().equals(type)).toList();
  }

  /** What was written last at one of these turns; empty when nothing was or it was erased. */
  public String lastWords(String... types) {
    var found = "";
    for (var it : told) {
      if (Set.of(types).contains(it.type())) found = it.texts().isEmpty() ? "" : it.texts().getFirst();
    }
    return found;
  }

  /** What was written where an event of this type names {@code number} under {@code field}; empty for nothing. */
  public String words(String type, String field, int number) {
    return told(type).stream().filter(it -> it.details().path(field).asInt(0) == number)
        .flatMap(it -> it.texts().stream()).reduce("", (_, last) -> last);
  }

  /** The tags that staff gave it. */
  public List<String> tags() {
    return told("Tagged").stream().map(it -> it.details().path("tag").asString("")).distinct().toList();
  }
}
