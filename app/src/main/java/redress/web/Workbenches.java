package redress.web;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import redress.api.ChecklistApi;
import redress.dispute.Matter;
import redress.dispute.Rules;
import redress.store.AnswerTemplates;
import redress.view.Seats.At;

/** Lays out what somebody needs to answer a dispute. */
public final class Workbenches {
  private final ChecklistApi checklists;
  private final AnswerTemplates answers;

  public Workbenches(ChecklistApi checklists, AnswerTemplates answers) {
    this.checklists = checklists;
    this.answers = answers;
  }

  /** The bench of this reader; {@code template} is the id of a ready-made answer to be put into the message. */
  Workbench of(At at, Matter matter, String template) {
    var checklist = checklists.of(at, matter);
    if (!at.reader().caller().role().isMerchant()) return new Workbench(checklist, List.of(), "");
    var all = answers.of(at.reader().caller().subject());
    var draft = all.stream().filter(it -> it.id().equals(template)).findFirst()
        .map(it -> filled(it.body(), at, matter)).orElse("");
    return new Workbench(checklist, all, draft);
  }

  private static String filled(String body, At at, Matter matter) {
    var about = matter.dispute().about();
    var frame = new Frame(at.reader(), at.reader().language(), at.reader().zone(), "", "", "", 0, Instant.EPOCH);
    var due = Rules.timers(matter).stream().findFirst().map(it -> frame.wall(it.due())).orElse("");
    var blanks = Map.of("{amount}", frame.money(about.minor(), about.currency()), "{items}",
        String.join(", ", about.items()), "{payment}", about.payment(), "{dispute}", about.id().toString(), "{due}",
        due);
    var text = body;
    for (var it : blanks.entrySet()) text = text.replace(it.getKey(), it.getValue());
    return text;
  }
}
