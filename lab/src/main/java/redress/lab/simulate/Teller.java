package redress.lab.simulate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import redress.dispute.Decision;
import redress.dispute.Event;
import redress.lab.judge.Violation;
import redress.lab.life.Cast;
import redress.lab.life.Step;
import redress.lab.life.Tracks;
import redress.lab.life.World;

/** Tells a life in words: when, who, what, and what came of it. */
final class Teller {
  private final World.Setting setting;

  Teller(World.Setting setting) {
    this.setting = setting;
  }

  /** The story, a line for each step. */
  List<String> tell(List<Step> steps) {
    var lines = new ArrayList<String>();
    var payment = setting.payment();
    lines.add("A payment of " + payment.captured() + " " + payment.currency() + " (items " + payment.items() + ").");
    var tracks = new Tracks(true);
    var world = new World(setting, tracks);
    var began = steps.isEmpty() ? payment.capturedAt() : steps.getFirst().at();
    for (var step : steps) {
      int known = tracks.story().size();
      var line = when(began, step.at()) + "  " + who(step);
      try {
        var decision = world.take(step);
        line += decision instanceof Decision.No no ? " → refused: " + no.why() : "";
        lines.add(line);
        for (var event : tracks.story().subList(known, tracks.story().size()))
          lines.add("             · " + words(event));
        if (tracks.story().size() > known) lines.add("             = " + world.dispute(step.dispute()).status());
      } catch (Violation violation) {
        lines.add(line);
        for (var event : tracks.story().subList(known, tracks.story().size()))
          lines.add("             · " + words(event));
        lines.add("             ✗ " + violation.getMessage());
        lines.add("               must hold: " + violation.invariant.words);
        break;
      }
    }
    return lines;
  }

  private static String when(Instant began, Instant at) {
    var since = Duration.between(began, at);
    return "day %3d %02d:%02d".formatted(since.toDays(), Math.floorMod(since.toHours(), 24),
        Math.floorMod(since.toMinutes(), 60));
  }

  private static String who(Step step) {
    var dispute = "dispute " + (step.dispute() + 1) + ": ";
    return dispute + switch (step) {
      case Step.Say say -> Cast.name(say.by()) + " " + say.command();
      case Step.Force force -> Cast.name(force.by()) + " " + force.command() + " exactly now";
      case Step.Run run -> "errand " + run.errand() + ": " + run.whim().words;
      case Step.Turn turn ->
          "provider turns " + turn.reference() + " to " + turn.state() + (turn.told() ? "" : " in silence");
      case Step.PayOutside p -> "merchant pays " + p.minor() + " " + p.currency() + " to " + p.payee()
          + " outside for promise " + p.obligation();
      case Step.Look look -> Cast.name(look.by()) + " looks at what is offered";
      case Step.ChargeBack cb -> "the payer's bank takes back " + cb.minor();
    };
  }

  private static String words(Event event) {
    return (event.row() > 0 ? "T" + event.row() + " " : "") + event;
  }
}
