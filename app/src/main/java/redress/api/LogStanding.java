package redress.api;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import redress.door.Caller;
import redress.log.Log;
import redress.log.Sequencer;
import redress.policy.Role;
import redress.seal.Checkpoint;
import redress.seal.Merkle;
import redress.seal.Note;
import redress.store.LogBook;
import redress.store.LogBook.Signed;
import redress.store.LogWitnesses;
import redress.store.LogWitnesses.Standing;

/** How the log stands, for those who run the centre: what is signed, what waits, who was told, and what is wrong. */
@RestController
public final class LogStanding {
  private static final int LATEST = 10;

  private final Log tree;
  private final LogBook book;
  private final LogWitnesses witnesses;
  private final Sequencer sequencer;

  public LogStanding(Log tree, LogBook book, LogWitnesses witnesses, Sequencer sequencer) {
    this.tree = tree;
    this.book = book;
    this.witnesses = witnesses;
    this.sequencer = sequencer;
  }

  /**
   * A checkpoint: how many entries under which root (hex), signed when (UTC), cosigned by how many witnesses, stamped
   * or not;
   * {@code goesOn}: that it holds all of the one before unchanged was just proved from the tree, null for the first.
   */
  public record CheckpointView(long size, Instant at, String root, int cosignatures, boolean stamped,
      @Nullable Boolean goesOn) {}

  /** A witness: up to which size it was told, since when the telling fails, and what it holds against the log. */
  public record WitnessView(String name, long size, @Nullable Instant failingSince, int tries, String alarm) {}

  /** A tree; {@code alarm} says why nothing is signed, null when all is well. */
  public record TreeView(boolean test, String origin, long entries, @Nullable String alarm,
      List<CheckpointView> checkpoints, List<WitnessView> witnesses) {}

  /** Both trees; {@code waiting}: committed entries without a number. */
  public record StandingsView(long waiting, List<TreeView> trees) {}

  @GetMapping("/v1/log-standing") StandingsView read(HttpServletRequest request) {
    return read(Caller.of(request));
  }

  /** How both trees stand now. Turns away whom it does not concern. */
  public StandingsView read(Caller caller) {
    caller.mustBe(Role.ADMIN, Role.MEDIATOR_LEAD, Role.VERIFIER, Role.FINANCE, Role.AUDITOR);
    return new StandingsView(book.waiting(), List.of(tree(true), tree(false)));
  }

  private TreeView tree(boolean live) {
    var told = witnesses.all().stream().filter(it -> it.live() == live).map(LogStanding::view).toList();
    return new TreeView(!live, tree.origin(live), book.size(live), sequencer.trouble(live).orElse(null),
        checkpoints(live), told);
  }

  private static WitnessView view(Standing it) {
    return new WitnessView(it.name(), it.size(), it.since(), it.tries(), it.alarm());
  }

  private List<CheckpointView> checkpoints(boolean live) {
    var latest = book.published(live, LATEST + 1);
    var views = new ArrayList<CheckpointView>();
    for (int n = 0; n < Math.min(LATEST, latest.size()); n++) {
      var it = latest.get(n);
      var before = n + 1 < latest.size() ? latest.get(n + 1) : null;
      views.add(new CheckpointView(it.size(), it.at(), checkpoint(it).root(),
          book.cosignatures(live, it.size()).size(), book.stamp(live, it.size()).isPresent(),
          before == null ? null : goesOn(live, before, it)));
    }
    return views;
  }

  private boolean goesOn(boolean live, Signed before, Signed after) {
    return Merkle.isConsistent(before.size(), checkpoint(before).rootBytes(), after.size(),
        checkpoint(after).rootBytes(),
        tree.consistency(live, before.size(), after.size()));
  }

  private static Checkpoint checkpoint(Signed signed) {
    return Checkpoint.parse(Note.parse(signed.note()).text());
  }
}
