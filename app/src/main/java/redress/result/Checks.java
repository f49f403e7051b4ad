package redress.result;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import redress.result.Style.Tone;
import redress.result.Table.Cell;
import tools.jackson.databind.JsonNode;

/** What was checked of the agreement in force, row by row: confirmations, three days, three checks. */
final class Checks {
  private final JsonNode record;
  private final Phrasebook words;
  private final List<List<Cell>> rows = new ArrayList<>();

  Checks(JsonNode record, Phrasebook words) {
    this.record = record;
    this.words = words;
  }

  /** No rows where nothing was to be checked. */
  List<List<Cell>> rows() {
    var agreement = Lead.inForce(record);
    if (agreement == null) return List.of();
    confirmations(agreement.path("number").asInt(0));
    days();
    for (var it : record.path("checks")) {
      rows.add(List.of(Cell.of(words.say("check." + text(it, "check"))), result(text(it, "result")),
          Cell.of(facts(it))));
    }
    return List.copyOf(rows);
  }

  private static String text(JsonNode node, String name) {
    return node.path(name).asString("");
  }

  private String sum(JsonNode minor) {
    return Phrasebook.sum(minor.asLong(0), text(record.path("money"), "currency"));
  }

  private Cell result(String result) {
    return Cell.pill(words.say("result." + result), Tone.of(result));
  }

  private void confirmations(int agreement) {
    for (var what : new String[] {"IDENTITY", "TRANSACTION_RECORD", "MERCHANT_STATEMENT"}) {
      JsonNode last = null;
      for (var it : record.path("confirmations")) {
        if (it.path("agreement").asInt(0) == agreement && text(it, "what").equals(what)) last = it;
      }
      if (last == null) continue;
      var by = last.path("record");
      var values = Map.of("at", words.minute(text(last, "at")), "party", text(by, "party"), "provider",
          text(by, "provider"), "reference", text(by, "reference"));
      var key = by.isObject() ? "by." + text(by, "kind") : "by.none";
      rows.add(List.of(Cell.of(words.say("confirm." + what)), result(text(last, "result")),
          Cell.of(words.say(key, values))));
    }
  }

  private void days() {
    var runs = record.path("verifications");
    if (runs.isEmpty()) return;
    var run = runs.get(runs.size() - 1);
    rows.add(List.of(Cell.of(words.say("day.1")), done(run.path("day1").path("audits")),
        Cell.of(audits(run.path("day1").path("audits")))));
    var answers = run.path("day2").path("answers");
    var answer = answers.isEmpty() ? "" : text(answers.get(answers.size() - 1), "answer");
    int reached = 0;
    for (var it : run.path("day2").path("contacts")) if (it.path("delivered").asBoolean(false)) reached++;
    rows.add(List.of(Cell.of(words.say("day.2")),
        answer.isEmpty() ? result("NOT_REACHED") : result(answer.equals("SATISFIED") ? "PASSED" : "FAILED"),
        Cell.of(words.say("day.2.facts", Map.of("tries",
            Integer.toString(run.path("day2").path("contacts").size()), "reached", Integer.toString(reached), "answer",
            answer.isEmpty() ? words.say("answer.none") : words.name("answer", answer))))));
    rows.add(List.of(Cell.of(words.say("day.3")), done(run.path("day3").path("audits")),
        Cell.of(audits(run.path("day3").path("audits")))));
  }

  private Cell done(JsonNode audits) {
    var look = audits.isEmpty() ? "" : text(audits.get(audits.size() - 1), "look");
    return result(look.equals("DONE") ? "PASSED" : "UNFINISHED");
  }

  private String audits(JsonNode audits) {
    if (audits.isEmpty()) return words.say("day.none");
    var last = audits.get(audits.size() - 1);
    return words.say("day.facts", Map.of("at", words.minute(text(last, "at")), "records",
        Integer.toString(last.path("records").asInt(0)), "evidence",
        Integer.toString(last.path("evidence").asInt(0))));
  }

  private String facts(JsonNode check) {
    var answer = text(check, "answer");
    return words.say("facts." + text(check, "check"), Map.of("agreed", sum(check.path("agreed")), "recorded",
        sum(check.path("recorded")), "promises", Integer.toString(check.path("promises").asInt(0)), "answer",
        answer.equals("NOT_REACHED") ? words.say("answer.none") : words.name("answer", answer)));
  }
}
