package redress.desk;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import redress.dispute.Act;
import redress.dispute.Command;
import redress.dispute.Decision;
import redress.dispute.Filing;
import redress.dispute.Refusal;
import redress.dispute.Rules;
import redress.policy.RuleSet;
import redress.store.Folder;
import redress.store.Page;
import redress.store.Reading;
import redress.store.Receipt;
import redress.store.RuleSets;

/**
 * Commands that are served together, decided one after another in memory on what was read for all of them. Nothing
 * here touches the database.
 */
final class Round {
  /** The number under which it is written. */
  final long batch = ThreadLocalRandom.current().nextLong();

  private final Reading reading;
  private final RuleSets ruleSets;
  private final Instant now;
  private final Map<String, Folder> folders = new LinkedHashMap<>();
  private final Map<Asked, Served> served = new LinkedHashMap<>();

  /** An answer that holds once its folder has landed (null: it holds anyway). */
  record Served(Answer answer, @Nullable Folder folder) {}

  Round(Reading reading, RuleSets ruleSets, Instant now) {
    this.reading = reading;
    this.ruleSets = ruleSets;
    this.now = now;
  }

  /** Decides one command. One that makes the rules fail spoils nothing but itself. */
  void serve(Asked asked) {
    try {
      served.put(asked, decide(asked.request()));
    } catch (RuntimeException defect) {
      asked.answer().completeExceptionally(defect);
    }
  }

  private Served decide(Request request) {
    var repeated = repeated(request);
    if (repeated != null) return new Served(repeated, null);
    var page = reading.pages().get(request.dispute());
    var files = request.command() instanceof Command.File;
    if (page == null) return unknown(files ? Refusal.NOT_FOUND : Refusal.NOT_FILED);
    var folder = folder(page);
    var dispute = folder.dispute(page);
    var at = folder.at(now, dispute, request.due());
    var rules = dispute.filing() == null ? ruleSets.inForce(at) : ruleSets.version(dispute.filing().rules());
    if (dispute.filing() == null && !files) return unknown(Refusal.NOT_FILED);
    if (request.ifVersion() != null && request.ifVersion() != dispute.version()) {
      return new Served(new Answer.VersionMismatch(dispute.version()), folder);
    }
    var act = new Act(request.by(), at, stamped(request, folder, rules, at));
    return switch (Rules.decide(folder.matter(page, rules), act)) {
      case Decision.No(var why, var field) ->
          new Served(new Answer.Refused(why, field, folder.matter(page, rules)), folder);
      case Decision.Yes yes -> new Served(accept(request, folder, page, rules, act, yes), folder);
    };
  }

  private static Served unknown(Refusal why) {
    return new Served(new Answer.Refused(why, "", null), null);
  }

  private @Nullable Answer repeated(Request request) {
    var key = request.key();
    if (key == null) return null;
    var receipt = reading.receipt(key).orElse(null);
    if (receipt == null) return null;
    boolean same = receipt.key().bodyHash().equals(key.bodyHash())
        && receipt.command().equals(request.command().name())
        && (request.command() instanceof Command.File || receipt.dispute().equals(request.dispute()));
    return same ? new Answer.Repeated(receipt) : new Answer.KeyReused();
  }

  private Folder folder(Page page) {
    return folders.computeIfAbsent(page.payment(), payment -> {
      var purse = reading.purses().get(payment);
      if (purse == null) throw new IllegalStateException("a page without its payment");
      return new Folder(purse);
    });
  }

  /** A filing is dated and bound to the rules by the desk, whatever the caller wrote there. */
  private static Command stamped(Request request, Folder folder, RuleSet rules, Instant at) {
    if (!(request.command() instanceof Command.File(var it))) return request.command();
    var live = folder.payment().live();
    return new Command.File(new Filing(request.dispute(), it.payment(), it.buyer(), it.merchant(), it.currency(),
        it.minor(), it.items(), it.reason(), it.wish(), it.description(), at, rules.version(), it.buyerZone(), live));
  }

  private static Answer accept(Request request, Folder folder, Page page, RuleSet rules, Act act, Decision.Yes yes) {
    if (yes.events().isEmpty()) {
      return new Answer.Done(folder.matter(page, rules), act.at(), yes.events());
    }
    var after = folder.take(page, rules, act, request.person(), yes.events());
    folder.keep(page.id(), act.at(), request.texts());
    if (request.key() != null) {
      folder.keep(new Receipt(request.key(), page.id(), request.command().name(), after.dispute().version(),
          yes.events().size(), act.at()));
    }
    return new Answer.Done(after, act.at(), yes.events());
  }

  /** The folders that have something to write. */
  List<Folder> changed() {
    return folders.values().stream().filter(Folder::isChanged).toList();
  }

  /** Takes out what was decided on these folders and returns who must be asked again. */
  List<Asked> withdraw(Collection<Folder> lost) {
    var again = new ArrayList<Asked>();
    served.forEach((asked, it) -> {
      if (it.folder() != null && lost.contains(it.folder())) again.add(asked);
    });
    again.forEach(served::remove);
    folders.values().removeAll(lost);
    return again;
  }

  /** What was decided, in the order in which it was asked. */
  Map<Asked, Served> served() {
    return served;
  }

  /** Gives all answers. */
  void answer() {
    served.forEach((asked, it) -> asked.answer().complete(it.answer()));
  }
}
