package redress.lab.life;

import java.time.Instant;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import redress.check.Facts;
import redress.check.FindingCode;
import redress.dispute.Actor;
import redress.dispute.Command;
import redress.dispute.Finding;
import redress.dispute.Matter;
import redress.policy.Deadline;

/** What people do while a problem stops a dispute, and what the provider does to its records by itself. */
final class Trouble {
  private final World world;
  private final Temper temper;
  private final Chance chance;

  Trouble(World world, Temper temper, Chance chance) {
    this.world = world;
    this.temper = temper;
    this.chance = chance;
  }

  /** Something to do about it, or null: silence. */
  @Nullable Step move(int slot, Instant at) {
    var blocking = world.dispute(slot).blocking();
    int about = blocking.isEmpty() ? 1 : chance.of(blocking).id();
    int dice = chance.below(100);
    if (dice < 15) return new Play(world, temper, chance).payOutside(slot, at);
    if (dice < 20)
      return new Step.Say(slot, at, Cast.SYSTEM,
          new Command.ReserveFunds(chance.of(Command.Pot.values()), 0, 1 + chance.below(500)));
    if (dice < 45) return cure(slot, at, blocking.isEmpty() ? null : chance.of(blocking));
    if (!chance.percent(temper.staffActs())) return null;
    if (dice < 55) return say(slot, at, chance.of(Cast.VERA, Cast.VITO), "RefuteFinding", about);
    if (dice < 70) return say(slot, at, chance.of(Cast.VERA, Cast.VITO, Cast.SYSTEM), "Enforce", about);
    if (dice < 80)
      return say(slot, at, chance.of(Cast.FAY, Cast.VERA_PAYS), chance.percent(75) ? "ApprovePayout" : "RejectPayout",
          0);
    if (dice < 86) return say(slot, at, Cast.VERA, "ReopenNegotiation", 0);
    if (dice < 92) return say(slot, at, Cast.VERA, "SendToMediation", 0);
    if (dice < 96) return say(slot, at, Cast.LEA, "EndException", 0);
    return say(slot, at, Cast.BUYER, "WaiveObligation",
        chance.of(Bodies.abouts("WaiveObligation", world.dispute(slot))));
  }

  private Step say(int slot, Instant at, Actor by, String name, int about) {
    var body = Bodies.of(name, about, world.matter(slot), by, chance);
    return new Step.Say(slot, at, by, body == null ? new Command.Withdraw() : body);
  }

  private @Nullable Step cure(int slot, Instant at, @Nullable Finding finding) {
    if (finding == null) return null;
    var by = switch (finding.code().curer) {
      case BUYER -> Cast.BUYER;
      case MERCHANT -> Cast.OWNER;
      case VERIFIER -> Cast.VERA;
      case LEAD -> Cast.LEA;
      case NOBODY -> chance.of(Cast.ALL);
    };
    return say(slot, at, by, "Cure", finding.id());
  }

  /** What a verifier or lead who was alerted does so that the dispute can go on and end. */
  @Nullable Step dutiful(int slot, Instant at, Matter matter) {
    var blocking = matter.dispute().blocking();
    int about = blocking.isEmpty() ? 1 : chance.of(blocking).id();
    boolean leadAlone = world.timers(slot).stream().anyMatch(it -> it.deadline() == Deadline.LEAD_ALERT);
    if (leadAlone && chance.percent(50)) return say(slot, at, Cast.LEA, "EndException", 0);
    boolean wrongHash = blocking.stream().anyMatch(f -> f.code().curer == FindingCode.Curer.LEAD);
    return switch (chance.below(wrongHash ? 7 : 6)) {
      case 0 -> say(slot, at, Cast.VERA, "RefuteFinding", about);
      case 1 -> say(slot, at, Cast.LEA, "EndException", 0);
      case 2 -> say(slot, at, Cast.VERA, "SendToMediation", 0);
      case 3 -> say(slot, at, Cast.VERA, "Enforce", about);
      case 4 -> say(slot, at, Cast.FAY, "ApprovePayout", 0);
      case 5 -> say(slot, at, Cast.VERA, "Cure", about);
      default -> say(slot, at, Cast.LEA, "Cure", about);
    };
  }

  /** The provider undoes one of its payments. */
  static @Nullable Step providerTurns(World world, int slot, Instant at, Chance chance) {
    var paid = new ArrayList<String>();
    for (var record : world.books().records()) {
      if (world.id(slot).equals(record.dispute) && record.isLive()) paid.add(record.reference);
    }
    if (paid.isEmpty()) return null;
    return new Step.Turn(slot, at, chance.of(paid), chance.of(Facts.State.REVERSED, Facts.State.FAILED),
        chance.percent(75));
  }
}
