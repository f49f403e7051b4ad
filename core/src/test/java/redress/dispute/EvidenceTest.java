package redress.dispute;

import static org.assertj.core.api.Assertions.assertThat;
import static redress.dispute.Play.*;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import redress.dispute.Command.*;
import redress.dispute.Event.EvidenceSubmitted;
import redress.dispute.Event.FirstReplyGiven;
import redress.policy.Deadline;

class EvidenceTest {
  private static final String HASH = "0123456789abcdef".repeat(4);

  private static SubmitEvidence photo(Visibility visibility, int request) {
    return new SubmitEvidence(EvidenceType.PHOTO_OF_ITEM, HASH, TEXT, visibility, "upl_1", request);
  }

  private static EvidenceSubmitted last(Play play) {
    return play.events.stream().filter(EvidenceSubmitted.class::isInstance).map(EvidenceSubmitted.class::cast)
        .reduce((_, later) -> later).orElseThrow();
  }

  /** The mediator asks the buyer for a photo, as request 1. */
  private static Play asked() {
    return filed().after(Duration.ofHours(73)).by(BUYER, new Escalate(TEXT)).by(MEDIATOR, new Assign())
        .by(MEDIATOR, new RequestEvidence(List.of(new Asked(Side.BUYER, Set.of(EvidenceType.PHOTO_OF_ITEM))),
            Duration.ofDays(2)))
        .is(Status.AWAITING_EVIDENCE);
  }

  @Test void the_event_says_who_may_see_it_which_upload_holds_it_and_what_it_answers() {
    var given = last(asked().by(BUYER, photo(Visibility.STAFF, 1)));
    assertThat(given.visibility()).isEqualTo(Visibility.STAFF);
    assertThat(given.upload()).isEqualTo("upl_1");
    assertThat(given.isStored()).isTrue();
    assertThat(given.request()).isEqualTo(1);
  }

  @Test void a_piece_from_before_there_were_uploads_is_for_both_sides_and_kept_elsewhere() {
    var old = new EvidenceSubmitted(1, EvidenceType.OTHER, Side.BUYER, HASH, Words.NONE, null, null, 0);
    assertThat(old.visibility()).isEqualTo(Visibility.PARTIES);
    assertThat(old.isStored()).isFalse();
  }

  @Test void each_visibility_opens_to_whom_it_names_and_always_to_its_giver() {
    var buyer = Optional.of(Side.BUYER);
    var merchant = Optional.of(Side.MERCHANT);
    var none = Optional.<Side>empty();
    for (var visibility : Visibility.values()) assertThat(visibility.opensTo(Side.BUYER, buyer, false)).isTrue();
    assertThat(Visibility.PARTIES.opensTo(Side.BUYER, merchant, false)).isTrue();
    assertThat(Visibility.PARTIES.opensTo(Side.BUYER, none, true)).isTrue();
    assertThat(Visibility.STAFF.opensTo(Side.BUYER, merchant, false)).isFalse();
    assertThat(Visibility.STAFF.opensTo(Side.BUYER, none, true)).isTrue();
    assertThat(Visibility.STAFF.opensTo(Side.BUYER, none, false)).isFalse();
    assertThat(Visibility.GIVER.opensTo(Side.BUYER, merchant, false)).isFalse();
    assertThat(Visibility.GIVER.opensTo(Side.BUYER, none, true)).isFalse();
  }

  @Test void what_the_other_side_cannot_see_is_no_answer_to_it() {
    filed().by(MERCHANT, photo(Visibility.STAFF, 0)).is(Status.AWAITING_MERCHANT);
    filed().by(MERCHANT, photo(Visibility.GIVER, 0)).is(Status.AWAITING_MERCHANT);
    filed().by(MERCHANT, photo(Visibility.PARTIES, 0)).is(Status.AWAITING_BUYER);
  }

  @Test void what_the_other_side_cannot_see_is_not_the_merchants_first_reply() {
    for (var hidden : List.of(Visibility.STAFF, Visibility.GIVER)) {
      var play = filed().by(MERCHANT, photo(hidden, 0));
      assertThat(play.next().deadline()).isEqualTo(Deadline.MERCHANT_FIRST_REPLY);
      assertThat(play.events).noneMatch(FirstReplyGiven.class::isInstance);
      play.by(MERCHANT, photo(Visibility.PARTIES, 0));
      assertThat(play.events).filteredOn(FirstReplyGiven.class::isInstance).hasSize(1);
    }
  }

  @Test void what_the_mediator_cannot_see_does_not_supply_him() {
    asked().by(BUYER, photo(Visibility.GIVER, 0)).is(Status.AWAITING_EVIDENCE);
    asked().by(BUYER, photo(Visibility.STAFF, 0)).is(Status.MEDIATING);
  }

  @Test void a_request_that_is_named_must_have_been_made_of_this_side_for_this_type() {
    asked().refused(BUYER, photo(Visibility.PARTIES, 2), Refusal.NO_SUCH_REQUEST)
        .refused(MERCHANT, photo(Visibility.PARTIES, 1), Refusal.NO_SUCH_REQUEST)
        .refused(BUYER, new SubmitEvidence(EvidenceType.OTHER, HASH, TEXT, Visibility.PARTIES, "upl_1", 1),
            Refusal.NO_SUCH_REQUEST)
        .by(BUYER, photo(Visibility.PARTIES, 1)).is(Status.MEDIATING)
        .refused(BUYER, photo(Visibility.PARTIES, 1), Refusal.NO_SUCH_REQUEST);
  }

  @Test void for_every_reason_each_side_is_told_what_helps_it_each_document_once() {
    for (var reason : Reason.values()) {
      for (var side : Side.values()) {
        var items = Checklist.of(reason, side);
        assertThat(items).as(reason + " " + side).hasSizeGreaterThanOrEqualTo(3)
            .allSatisfy(it -> assertThat(it.english()).endsWith(".")).extracting(Checklist.Item::type)
            .doesNotHaveDuplicates();
      }
    }
  }

  @Test void the_hundredth_piece_is_the_last() {
    var play = filed();
    for (int i = 0; i < 100; i++) play.by(BUYER, photo(Visibility.PARTIES, 0));
    play.refused(BUYER, photo(Visibility.PARTIES, 0), Refusal.TOO_MUCH_EVIDENCE);
  }
}
