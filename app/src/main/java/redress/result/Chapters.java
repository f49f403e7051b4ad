package redress.result;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import redress.result.Style.Tone;
import redress.result.Table.Cell;
import tools.jackson.databind.JsonNode;

/** The chapters of a paper: what it was about, agreed, checked, paid, found, and given as evidence. */
final class Chapters {
  private static final float ROOM = 74;
  /** So many rows of what can be endless; the record itself has all. */
  private static final int SHOWN = 10;

  private final JsonNode record;
  private final Phrasebook words;
  private final Sheet sheet;
  private final Lead lead;

  Chapters(JsonNode record, Phrasebook words, Sheet sheet) {
    this.record = record;
    this.words = words;
    this.sheet = sheet;
    this.lead = new Lead(record, words);
  }

  void draw() throws IOException {
    about();
    agreed();
    checked();
    paid();
    found();
    given();
  }

  private void heading(String key) throws IOException {
    sheet.down(13);
    sheet.need(ROOM);
    sheet.line(Sheet.LEFT, sheet.y(), words.say(key), Style.HEADING);
    sheet.down(19);
  }

  private static String text(JsonNode node, String name) {
    return node.path(name).asString("");
  }

  private String sum(long minor) {
    return Phrasebook.sum(minor, text(record.path("money"), "currency"));
  }

  /** As a table begins a cell. */
  private static String upper(String text) {
    return text.isEmpty() ? text : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  private static String joined(JsonNode list, String comma) {
    var all = new ArrayList<String>();
    list.forEach(it -> all.add(it.asString("")));
    return String.join(comma, all);
  }

  // What it was about

  private void about() throws IOException {
    heading("about");
    var claim = record.path("claim");
    var payment = record.path("payment");
    var items = joined(claim.path("items"), words.say("comma"));
    grid(List.of(
        new String[] {words.say("about.reason"), upper(words.name("reason", text(claim, "reason")))},
        new String[] {words.say("about.wish"), words.name("remedy", text(claim, "wish"))},
        new String[] {words.say("about.buyer"), text(record.path("parties").path(0), "id")},
        new String[] {words.say("about.merchant"), text(record.path("parties").path(1), "id")},
        new String[] {words.say("about.payment"), text(payment, "id") + " · " + sum(payment.path("amount").asLong(0))},
        new String[] {words.say("about.provider"), text(payment, "provider") + " · " + text(payment, "atProvider")},
        new String[] {words.say("about.items"), items.isEmpty() ? words.say("about.all") : items},
        new String[] {words.say("about.rules"), text(record, "rules")}));
  }

  /** Labels and values in two columns. */
  private void grid(List<String[]> pairs) throws IOException {
    float column = Sheet.WIDTH / 2;
    for (int i = 0; i < pairs.size(); i += 2) {
      float high = 0;
      for (int j = i; j < Math.min(i + 2, pairs.size()); j++) {
        high = Math.max(high, sheet.face().lines(pairs.get(j)[1], Style.BODY, column - 78).size()
            * Style.BODY.leading());
      }
      sheet.need(high + 5);
      for (int j = i; j < Math.min(i + 2, pairs.size()); j++) {
        float x = Sheet.LEFT + (j - i) * column;
        sheet.line(x, sheet.y() - 1.2f, pairs.get(j)[0], Style.LABEL);
        sheet.block(x + 66, sheet.y(), column - 78, pairs.get(j)[1], Style.BODY);
      }
      sheet.down(high + 5);
    }
  }

  // What was agreed or ruled

  private void agreed() throws IOException {
    heading("agreed");
    for (var it : record.path("decisions")) {
      note(words.say("decided." + text(it, "kind"), Map.of("at", words.minute(text(it, "at")), "outcome",
          words.name("outcome", text(it, "outcome")), "liable", words.name("liable", text(it, "liable")))));
    }
    if (record.path("agreements").isEmpty() && record.path("decisions").isEmpty()) note(words.say("agreed.none"));
    for (var it : record.path("agreements")) {
      boolean inForce = it.path("inForce").asBoolean(false);
      note(words.say(inForce ? "agreed.terms" : "agreed.earlier", Map.of("origin",
          words.name("origin", text(it, "origin")), "remedy", words.name("remedy", text(it, "remedy")), "at",
          words.minute(text(it, "formedAt")))));
      if (!inForce) continue;
      var rows = new ArrayList<List<Cell>>();
      for (var promise : it.path("promises")) rows.add(promise(promise));
      new Table(sheet, new float[] {39, 21, 21, 19}, words.say("promise"), words.say("promise.due"),
          words.say("promise.kept"), words.say("promise.state")).draw(rows);
      sheet.down(4);
    }
  }

  private List<Cell> promise(JsonNode it) {
    var state = text(it, "state");
    var kept = text(it, "keptAt");
    var enforced = text(it, "enforcedAt");
    boolean late = it.path("onTime").isBoolean() && !it.path("onTime").asBoolean();
    var second = kept.isEmpty() ? Cell.of(words.minute(enforced), enforced.isEmpty() ? "" : words.say("by.platform"))
        : Cell.of(words.minute(kept), late ? words.say("late") : words.say("on.time"));
    return List.of(Cell.of(upper(lead.deed(it)), words.name("owed.by", text(it, "debtor"))),
        Cell.of(words.minute(text(it, "promisedBy"))), second, Cell.pill(words.say("short." + state), Tone.of(state)));
  }

  private void note(String text) throws IOException {
    sheet.paragraph(text, Style.BODY);
    sheet.down(4);
  }

  // What was checked

  private void checked() throws IOException {
    heading("checked");
    var rows = new Checks(record, words).rows();
    if (rows.isEmpty()) note(words.say("checked.none"));
    new Table(sheet, new float[] {34, 15, 51}, words.say("check"), words.say("check.result"), words.say("check.by"))
        .draw(rows);
  }

  // What was paid

  private void paid() throws IOException {
    heading("money");
    var money = record.path("money");
    var from = money.path("enforced").path("from");
    var rows = new ArrayList<List<Cell>>();
    sum(rows, "money.held", money.path("hold").path("placed").asLong(0), true);
    sum(rows, "money.refunded", money.path("refunded").asLong(0), true);
    sum(rows, "money.compensated", money.path("compensated").asLong(0), false);
    for (var pot : new String[] {"hold", "available", "deposit", "fund"}) {
      sum(rows, "money.enforced." + pot, from.path(pot).asLong(0), false);
    }
    sum(rows, "money.chargedBack", money.path("chargedBack").asLong(0), false);
    sum(rows, "money.unpaid", money.path("unpaid").path("amount").asLong(0), false);
    sum(rows, "money.overpaid", money.path("overpaid").asLong(0), false);
    sum(rows, "money.released", money.path("hold").path("released").asLong(0), false);
    new Table(sheet, new float[] {70, -30}, words.say("money.what"), words.say("money.sum")).draw(rows);
    if (record.path("refunds").isEmpty()) return;
    sheet.down(10);
    var refunds = new ArrayList<List<Cell>>();
    for (var it : record.path("refunds")) {
      if (refunds.size() == SHOWN) break;
      refunds.add(List.of(Cell.of(text(it, "reference"), text(it, "provider")),
          Cell.of(words.minute(text(it, "arrivedAt"))), Cell.pill(words.say("refund." + text(it, "state")),
              Tone.of(text(it, "state"))),
          Cell.of(sum(it.path("amount").asLong(0)))));
    }
    new Table(sheet, new float[] {42, 21, 16, -21}, words.say("refund.reference"), words.say("refund.arrived"),
        words.say("promise.state"), words.say("money.sum")).draw(refunds);
    more(record.path("refunds").size() - refunds.size());
  }

  private void sum(List<List<Cell>> rows, String key, long minor, boolean always) {
    if (minor != 0 || always) rows.add(List.of(Cell.of(words.say(key)), Cell.of(sum(minor))));
  }

  // What was found and late

  private void found() throws IOException {
    heading("found");
    var rows = new ArrayList<List<Cell>>();
    for (var it : record.path("findings")) {
      rows.add(List.of(Cell.of(words.name("finding", text(it, "code"))), Cell.of(words.minute(text(it, "at"))),
          Cell.of(words.minute(text(it, "endedAt"))),
          Cell.pill(words.say("finding.state." + text(it, "state")), Tone.of(text(it, "state")))));
    }
    for (var it : record.path("deadlinesMissed")) {
      rows.add(List.of(Cell.of(words.say("missed", Map.of("who", words.name("who", text(it, "who")))),
          text(it, "deadline")), Cell.of(words.minute(text(it, "at"))), Cell.of("–"),
          Cell.pill(words.say("late"), Tone.CARE)));
    }
    if (rows.isEmpty()) note(words.say("found.none"));
    var shown = rows.subList(0, Math.min(rows.size(), SHOWN));
    new Table(sheet, new float[] {42, 20, 20, 18}, words.say("found.what"), words.say("found.at"),
        words.say("found.ended"), words.say("found.how")).draw(shown);
    more(rows.size() - shown.size());
  }

  // What was given and said

  private void given() throws IOException {
    heading("given");
    note(words.say("given.counts", Map.of("texts", Integer.toString(record.path("communications").size()), "notices",
        Integer.toString(record.path("notices").size()), "feedback",
        Integer.toString(record.path("feedback").size()))));
    var rows = new ArrayList<List<Cell>>();
    for (var it : record.path("evidence")) {
      if (rows.size() == SHOWN) break;
      rows.add(List.of(Cell.of(upper(words.name("evidence", text(it, "type"))), words.name("who", text(it, "by"))),
          Cell.of(words.minute(text(it, "at"))), Cell.of("", text(it, "sha256"))));
    }
    new Table(sheet, new float[] {26, 19, 55}, words.say("given.what"), words.say("given.at"), "SHA-256").draw(rows);
    more(record.path("evidence").size() - rows.size());
  }

  private void more(int left) throws IOException {
    if (left <= 0) return;
    sheet.down(5);
    note(words.say("more", Map.of("n", Integer.toString(left))));
  }
}
