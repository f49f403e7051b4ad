package redress.dispute;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a dispute stands. Each stage holds exactly what can be known only there; instants are UTC. */
public sealed interface Stage {

  /** The status this stage is published under. */
  Status status();

  /**
   * How far the records were looked at in this slot: not at all, all there is but something is still to come, or done.
   */
  enum Look {
    NONE, PARTIAL, DONE
  }

  /** Nothing has been filed under this id. */
  record NotFiled() implements Stage {
    @Override public Status status() { return Status.NOT_FILED; }
  }

  /** The two sides talk; {@code reminded} tells whether the awaited side's reminders were delivered. */
  record Negotiating(Side awaited, Instant replyDue, boolean reminded) implements Stage {
    @Override public Status status() {
      return awaited == Side.MERCHANT ? Status.AWAITING_MERCHANT : Status.AWAITING_BUYER;
    }
  }

  /** Waiting for a mediator. */
  record Queued() implements Stage {
    @Override public Status status() { return Status.MEDIATION_QUEUED; }
  }

  /**
   * A mediator works on it; {@code waiting} is a decision that awaits a second person's approval until {@code
   * approveBy}.
   */
  record Mediating(@Nullable Ruling waiting, @Nullable Instant approveBy) implements Stage {
    @Override public Status status() { return Status.MEDIATING; }
  }

  /** Sides were asked for evidence until {@code due}. */
  record AwaitingEvidence(List<EvidenceRequest> requests, Instant due) implements Stage {
    public AwaitingEvidence {
      requests = List.copyOf(requests);
    }

    @Override public Status status() { return Status.AWAITING_EVIDENCE; }
  }

  /** The mediator's proposal lies before both sides. */
  record Proposed(int proposal, Terms terms, Instant due, boolean buyerAssented, boolean merchantAssented)
      implements Stage {
    boolean assented(Side side) {
      return side == Side.BUYER ? buyerAssented : merchantAssented;
    }

    @Override public Status status() { return Status.PROPOSED; }
  }

  /** Decided; each side may appeal or waive until {@code appealBy}. */
  record Decided(Ruling ruling, Instant appealBy, Voice buyer, Voice merchant) implements Stage {
    /** What a side said to the decision. */
    public enum Voice { SILENT, APPEALED, WAIVED }

    Voice voice(Side side) {
      return side == Side.BUYER ? buyer : merchant;
    }

    Decided with(Side side, Voice voice) {
      return side == Side.BUYER ? new Decided(ruling, appealBy, voice, merchant)
          : new Decided(ruling, appealBy, buyer, voice);
    }

    boolean bothSpoke() {
      return buyer != Voice.SILENT && merchant != Voice.SILENT;
    }

    boolean anyAppeal() {
      return buyer == Voice.APPEALED || merchant == Voice.APPEALED;
    }

    @Override public Status status() { return Status.DECIDED; }
  }

  /** A lead decides the appeals; {@code due} moves by a day with each alert. */
  record Appealed(Ruling ruling, Instant due, boolean late) implements Stage {
    @Override public Status status() { return Status.APPEALED; }
  }

  /** Identity, transaction record and the merchant's statement are confirmed until {@code due}. */
  record Confirming(Instant due, Confirmation.State identity, Confirmation.State transaction,
      Confirmation.State statement) implements Stage {
    Confirming with(Confirmation which, Confirmation.State state) {
      return switch (which) {
        case IDENTITY -> new Confirming(due, state, transaction, statement);
        case TRANSACTION_RECORD -> new Confirming(due, identity, state, statement);
        case MERCHANT_STATEMENT -> new Confirming(due, identity, transaction, state);
      };
    }

    @Override public Status status() { return Status.CONFIRMING; }
  }

  /** Promises that take longer than a day are being kept. */
  record Performing() implements Stage {
    @Override public Status status() { return Status.PERFORMING; }
  }

  /** Day 1: records are audited; {@code ends} is the slot's end, moved by a day with each alert once {@code late}. */
  record Auditing(Instant ends, Look look, boolean late) implements Stage {
    @Override public Status status() { return Status.AUDITING; }
  }

  /** Day 2: the buyer is asked. */
  record FollowingUp(Instant ends) implements Stage {
    @Override public Status status() { return Status.FOLLOWING_UP; }
  }

  /** Day 3: everything is checked once more and the result recorded. */
  record Concluding(Instant ends, Look look, boolean late) implements Stage {
    @Override public Status status() { return Status.CONCLUDING; }
  }

  /**
   * A problem stops the dispute where it was. {@code enforceUntil} is when enforcement gives up; {@code payout} a
   * payout that awaits a second person's approval; {@code ask} a reserve that was asked and has not answered;
   * {@code tried} those that have answered in this attempt.
   */
  record Excepted(Status from, Instant since, boolean chargeback, @Nullable Instant enforceUntil,
      @Nullable Payout payout, @Nullable Ask ask, List<Tried> tried) implements Stage {
    public Excepted {
      tried = List.copyOf(tried);
    }

    /** A payout above the limit: for which obligation, how much, who asked for it, until when it waits. */
    public record Payout(int obligation, long minor, String askedBy, Instant approveBy) {}

    /**
     * A reserve is asked for {@code minor} units towards an obligation; {@code number} is the number of the event that
     * asks, so that no two asks of a dispute are alike.
     */
    public record Ask(int number, int obligation, Command.Pot pot, long minor) {}

    /** A reserve that has answered for an obligation. */
    public record Tried(int obligation, Command.Pot pot) {}

    Excepted enforcingUntil(Instant end) {
      return new Excepted(from, since, chargeback, end, payout, ask, tried);
    }

    Excepted asking(@Nullable Payout next) {
      return new Excepted(from, since, chargeback, enforceUntil, next, ask, tried);
    }

    Excepted chargedBack() {
      return new Excepted(from, since, true, enforceUntil, payout, null, List.of());
    }

    Excepted reserving(Ask next) {
      return new Excepted(from, since, chargeback, enforceUntil, payout, next, tried);
    }

    Excepted reserved() {
      if (ask == null) return this;
      return new Excepted(from, since, chargeback, enforceUntil, payout, null,
          Draft.and(tried, new Tried(ask.obligation(), ask.pot())));
    }

    /** A new attempt: every reserve may be asked again for this obligation. */
    Excepted afresh(int obligation) {
      if (tried.stream().noneMatch(it -> it.obligation() == obligation)) return this;
      return new Excepted(from, since, chargeback, enforceUntil, payout, ask,
          tried.stream().filter(it -> it.obligation() != obligation).toList());
    }

    /** The reserve to ask next for this obligation: the deposit first, then the fund; null when both have answered. */
    Command.@Nullable Pot next(int obligation) {
      for (var pot : Command.Pot.values()) if (!tried.contains(new Tried(obligation, pot))) return pot;
      return null;
    }

    @Override public Status status() { return Status.EXCEPTION; }
  }

  /** Over, with one outcome; the buyer may reopen until {@code reopenBy} where that is allowed. */
  record Closed(Outcome outcome, Instant at, Instant reopenBy) implements Stage {
    @Override public Status status() { return Status.CLOSED; }
  }
}
