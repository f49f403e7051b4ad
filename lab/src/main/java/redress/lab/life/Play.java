package redress.lab.life;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redress.dispute.Actor;
import redress.dispute.Command;
import redress.dispute.Dispute;
import redress.dispute.Finding;
import redress.dispute.FollowUp;
import redress.dispute.Matter;
import redress.dispute.Side;
import redress.dispute.Stage;
import redress.policy.Role;

/**
 * What someone might do next in a dispute as it stands, so that lives go deep; whether it is allowed is for the rules
 * to say.
 */
final class Play {
  private final World world;
  private final Temper temper;
  private final Chance chance;

  Play(World world, Temper temper, Chance chance) {
    this.world = world;
    this.temper = temper;
    this.chance = chance;
  }

  /** Something to do in this dispute, or null: silence. */
  @Nullable Step move(int slot, Instant at) {
    if (chance.percent(5)) return anything(slot, at);
    if (chance.percent(6)) return talk(slot, at);
    return switch (world.dispute(slot).stage()) {
      case Stage.NotFiled __ -> null;
      case Stage.Negotiating talking -> negotiate(slot, at, talking);
      case Stage.Queued __ -> queued(slot, at);
      case Stage.Mediating mediating -> mediate(slot, at, mediating);
      case Stage.AwaitingEvidence wait -> supply(slot, at, wait);
      case Stage.Proposed proposed -> answer(slot, at, proposed);
      case Stage.Decided __ -> afterDecision(slot, at);
      case Stage.Appealed __ -> staff(slot, at, chance.of(Cast.LEA, Cast.LIN, Cast.LOU), "DecideAppeal");
      case Stage.Confirming __ -> confirm(slot, at);
      case Stage.Performing __ -> perform(slot, at);
      case Stage.Auditing __ -> audit(slot, at);
      case Stage.FollowingUp __ -> follow(slot, at);
      case Stage.Concluding __ -> chance.percent(30) ? follow(slot, at) : audit(slot, at);
      case Stage.Excepted __ -> new Trouble(world, temper, chance).move(slot, at);
      case Stage.Closed __ -> afterwards(slot, at);
    };
  }

  /** Anything by anyone; but what became of a refund is the provider's to say. */
  private @Nullable Step anything(int slot, Instant at) {
    var name = chance.of(Bodies.NAMES);
    return name.equals("RecordRefund") ? null : say(slot, at, chance.of(Cast.ALL), name);
  }

  private Step say(int slot, Instant at, Actor by, String name) {
    var abouts = Bodies.abouts(name, world.dispute(slot));
    return say(slot, at, by, name, chance.of(abouts));
  }

  private Step say(int slot, Instant at, Actor by, String name, int about) {
    var body = Bodies.of(name, about, world.matter(slot), by, chance);
    return new Step.Say(slot, at, by, body == null ? new Command.Withdraw() : body);
  }

  private @Nullable Step staff(int slot, Instant at, Actor by, String name) {
    return chance.percent(temper.staffActs()) ? say(slot, at, by, name) : null;
  }

  private Step talk(int slot, Instant at) {
    var name =
        chance.of("SendMessage", "AskSupport", "AnswerSupport", "GiveFeedback", "AnswerFeedback", "AddNote", "Tag",
            "RevealPersonalData");
    var by = switch (name) {
      case "AnswerSupport", "AnswerFeedback" -> Cast.SUE;
      case "AddNote", "Tag", "RevealPersonalData" -> chance.of(Cast.ANN, Cast.LEA, Cast.VERA, Cast.SUE);
      default -> chance.of(Cast.BUYER, Cast.OWNER, Cast.AGENT);
    };
    return say(slot, at, by, name);
  }

  private Actor speaks(Side side) {
    return side == Side.BUYER ? Cast.BUYER : chance.percent(85) ? Cast.OWNER : Cast.AGENT;
  }

  private boolean acts(Side side) {
    return chance.percent(side == Side.BUYER ? temper.buyerActs() : temper.merchantActs());
  }

  private @Nullable Step negotiate(int slot, Instant at, Stage.Negotiating talking) {
    if (chance.percent(2)) return say(slot, at, Cast.BUYER, "Withdraw");
    if (chance.percent(temper.honest() / 10)) return say(slot, at, Cast.OWNER, "RefundNow");
    if (chance.percent(temper.quarrelsome() / 4)) return say(slot, at, speaks(chance.of(Side.values())), "Escalate");
    var side = chance.percent(85) ? talking.awaited() : talking.awaited().other();
    if (!acts(side)) return null;
    var by = speaks(side);
    var round = world.dispute(slot).round();
    var theirs = side == Side.BUYER ? round.merchantOffer() : round.buyerOffer();
    var own = side == Side.BUYER ? round.buyerOffer() : round.merchantOffer();
    if (theirs != null) {
      if (chance.percent(temper.agreeable())) return say(slot, at, by, "AcceptOffer", theirs.id());
      if (chance.percent(40)) return say(slot, at, by, "DeclineOffer", theirs.id());
    }
    if (own != null && chance.percent(40)) return say(slot, at, by, "WithdrawOffer", own.id());
    return say(slot, at, by, chance.percent(75) ? "MakeOffer" : "SubmitEvidence");
  }

  private @Nullable Step queued(int slot, Instant at) {
    if (chance.percent(3)) return say(slot, at, Cast.BUYER, "Withdraw");
    if (chance.percent(3)) return say(slot, at, Cast.OWNER, "RefundNow");
    if (chance.percent(10)) return staff(slot, at, Cast.LEA, "Reassign");
    return staff(slot, at, chance.of(Cast.ANN, Cast.BEN, Cast.CAI, Cast.LEA), "Assign");
  }

  private Actor mediator(int slot) {
    var name = world.dispute(slot).mediation().mediator();
    for (var someone : Cast.ALL) {
      boolean mediates = someone.role() == Role.MEDIATOR || someone.role() == Role.MEDIATOR_LEAD;
      if (mediates && someone.subject().equals(name)) return someone;
    }
    return Cast.LEA;
  }

  private @Nullable Step mediate(int slot, Instant at, Stage.Mediating mediating) {
    if (mediating.waiting() != null && chance.percent(80)) {
      return staff(slot, at, chance.of(Cast.LEA, Cast.LIN, mediator(slot)),
          chance.percent(70) ? "ApproveDecision" : "RejectDecision");
    }
    if (chance.percent(2)) return say(slot, at, Cast.BUYER, "Withdraw");
    if (chance.percent(2)) return say(slot, at, Cast.OWNER, "RefundNow");
    int dice = chance.below(100);
    var name = dice < 25 ? "RequestEvidence" : dice < 55 ? "ProposeSettlement" : dice < 62 ? "ReturnToNegotiation"
        : dice < 68 ? "Recuse" : dice < 72 ? "Reassign" : "Decide";
    return staff(slot, at, name.equals("Reassign") ? Cast.LEA : mediator(slot), name);
  }

  private @Nullable Step supply(int slot, Instant at, Stage.AwaitingEvidence wait) {
    if (chance.percent(2)) return say(slot, at, Cast.BUYER, "Withdraw");
    var request = chance.of(wait.requests());
    if (!acts(request.side())) return null;
    var type = chance.of(List.copyOf(new java.util.TreeSet<>(request.types())));
    return new Step.Say(slot, at, speaks(request.side()),
        Command.SubmitEvidence.elsewhere(type, "cd".repeat(32), Bodies.text()));
  }

  private @Nullable Step answer(int slot, Instant at, Stage.Proposed proposed) {
    var side = chance.of(Side.values());
    if (!acts(side)) return null;
    if (chance.percent(3)) return say(slot, at, Cast.OWNER, "RefundNow");
    var name = chance.percent(temper.agreeable() + 10) ? "AcceptProposal" : "DeclineProposal";
    return say(slot, at, speaks(side), name, proposed.proposal());
  }

  private @Nullable Step afterDecision(int slot, Instant at) {
    var side = chance.of(Side.values());
    if (!acts(side)) return null;
    return say(slot, at, speaks(side), chance.percent(temper.quarrelsome()) ? "Appeal" : "WaiveAppeal");
  }

  private @Nullable Step confirm(int slot, Instant at) {
    if (!acts(Side.MERCHANT)) return null;
    if (chance.percent(20)) return payOutside(slot, at);
    return say(slot, at, Cast.OWNER, chance.percent(85) ? "SubmitStatement" : "ReportPerformance");
  }

  private @Nullable Step perform(int slot, Instant at) {
    var dispute = world.dispute(slot);
    if (dispute.obligations().isEmpty()) return null;
    var promise = chance.of(dispute.obligations());
    if (promise.state().isOver()) return null;
    if (chance.percent(3)) {
      return say(slot, at, promise.kind().debtor() == Side.BUYER ? Cast.OWNER : Cast.BUYER, "WaiveObligation",
          promise.id());
    }
    return switch (promise.kind()) {
      case RETURN_ITEM -> acts(Side.BUYER) && chance.percent(50) ? say(slot, at, Cast.BUYER, "ShipReturn", promise.id())
          : chance.percent(60) ? say(slot, at, Cast.PLATFORM, "ReportShipment", promise.id()) : null;
      case ACKNOWLEDGE_RETURN ->
          acts(Side.MERCHANT) ? say(slot, at, Cast.OWNER, "AcknowledgeReturn", promise.id()) : null;
      case REFUND, COMPENSATION, SHIP_REPLACEMENT, PERFORM_SERVICE, CANCEL_BILLING, OTHER ->
          keep(slot, at, promise.id());
    };
  }

  private @Nullable Step keep(int slot, Instant at, int promise) {
    if (!acts(Side.MERCHANT)) return null;
    if (chance.percent(50)) return payOutside(slot, at);
    return say(slot, at, Cast.OWNER, "ReportPerformance", promise);
  }

  /** The merchant pays what it promised, or something else. */
  @Nullable Step payOutside(int slot, Instant at) {
    var promise = Bodies.unpaid(world.dispute(slot));
    if (promise == null || !chance.percent(temper.honest())) return null;
    boolean right = chance.percent(90);
    long minor = right ? promise.promise().minor() : Math.max(1, promise.promise().minor() - 1 + chance.below(3));
    return new Step.PayOutside(slot, at, "out-" + slot + "-" + world.books().records().size(),
        chance.oneIn(8) ? 0 : promise.id(), minor,
        chance.oneIn(50) ? "QQQ" : world.payment().currency(), chance.oneIn(50) ? "buyer-2" : world.payment().payer());
  }

  private @Nullable Step audit(int slot, Instant at) {
    if (chance.percent(10)) return payOutside(slot, at);
    return staff(slot, at, chance.of(Cast.VERA, Cast.VERA, Cast.VITO, Cast.ANN_VERIFIES), "SignFinding");
  }

  private @Nullable Step follow(int slot, Instant at) {
    if (!acts(Side.BUYER)) return null;
    var answer = chance.percent(temper.contented()) ? FollowUp.Answer.SATISFIED
        : chance.of(FollowUp.Answer.DISSATISFIED, FollowUp.Answer.NOT_RECEIVED);
    var by = chance.percent(92) ? Cast.BUYER : Cast.VERA;
    return new Step.Say(slot, at, by, new Command.AnswerFollowUp(answer, Bodies.text()));
  }

  private @Nullable Step afterwards(int slot, Instant at) {
    if (chance.percent(25)) return say(slot, at, Cast.BUYER, "Reopen");
    if (chance.percent(30)) return Trouble.providerTurns(world, slot, at, chance);
    if (chance.percent(10)) return new Step.ChargeBack(slot, at, 1 + chance.below(80));
    return null;
  }

  private @Nullable Step sign(int slot, Instant at) {
    for (var finding : world.dispute(slot).findings()) {
      boolean waits = finding.state() == Finding.State.OPEN && !finding.code().blocks();
      if (waits && chance.percent(70)) return say(slot, at, Cast.VERA, "SignFinding", finding.id());
    }
    return null;
  }

  /** What a staff member who was alerted does so that the dispute can end. */
  @Nullable Step dutiful(int slot, Instant at) {
    Dispute dispute = world.dispute(slot);
    Matter matter = world.matter(slot);
    return switch (dispute.stage()) {
      case Stage.Queued __ -> say(slot, at, chance.of(Cast.LEA, Cast.LIN), "Assign");
      case Stage.Mediating mediating -> mediating.waiting() == null ? say(slot, at, mediator(slot), "Decide")
          : say(slot, at, chance.of(Cast.LEA, Cast.LIN, Cast.LOU),
              chance.oneIn(4) ? "RejectDecision" : "ApproveDecision");
      case Stage.Appealed __ -> say(slot, at, chance.of(Cast.LEA, Cast.LIN, Cast.LOU), "DecideAppeal");
      case Stage.Auditing __ -> sign(slot, at);
      case Stage.Concluding __ -> sign(slot, at);
      case Stage.Excepted __ -> new Trouble(world, temper, chance).dutiful(slot, at, matter);
      case Stage.NotFiled __ -> null;
      case Stage.Negotiating __ -> null;
      case Stage.AwaitingEvidence __ -> null;
      case Stage.Proposed __ -> null;
      case Stage.Decided __ -> null;
      case Stage.Confirming __ -> null;
      case Stage.Performing __ -> null;
      case Stage.FollowingUp __ -> null;
      case Stage.Closed __ -> null;
    };
  }
}
