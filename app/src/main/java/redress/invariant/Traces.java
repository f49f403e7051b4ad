package redress.invariant;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What must hold for what commands leave behind: receipts, and events without a word that somebody wrote. */
final class Traces {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Every member an event may have. Whoever adds one says here that it holds no text, name or contact. */
  static final Set<String> MEMBERS = Set.of(("a0 about after afterClose agreedBy answer appealBy approveBy ask "
      + "approvedBy arrival askedBy at attachments attempt awaited buyer buyerZone by channel chargeback "
      + "chars code commitment compensation "
      + "complained complete confirmBy counts currency deadline decidedBy delivered description due ends "
      + "enforcement evidence evidenceType executor expires feedback filing finding firstActionDue "
      + "firstReplyDue from fromAvailable fromDeposit fromFund fromHold fromReceivable ground hold id items "
      + "kind lateness liable live look maxDue mediator merchant minor missing next note number obligation "
      + "obligations of offer origin outcome outsideReference payment plan pot promise promises proof "
      + "proposal question rating reason reasons recordedOnly records reference refund remedy reopenBy "
      + "replyDue request requests row rule rules ruling settlement sha256 shortfall side stated state "
      + "statementNeeded supplied t0 tag targetDue termsHash terms text to totalDue type types until upload v0 "
      + "valueIfBroken verifier visibility was which wish within").split(" "));
  /** Members whose value the host platform, a provider or a member of staff chose: a name for something, no prose. */
  private static final Set<String> CHOSEN = Set.of("items", "tag", "outsideReference", "payment", "buyer", "merchant",
      "mediator", "verifier", "agreedBy", "askedBy", "decidedBy", "approvedBy", "attachments", "channel");
  private static final Pattern PROSE = Pattern.compile("[^\\x21-\\x7e]|@");

  static final List<Invariant> ALL = List.of(
      new Invariant("receipts_hold",
          "Every receipt is the only one of its key and points to the events it acknowledged.", "receipt", """
              select r.home, r.dispute, 'receipt' as what from receipt r
              left join event l on l.home = r.home and l.dispute = r.dispute and l.n = r.version
              left join event f on f.home = r.home and f.dispute = r.dispute and f.n = r.version - r.events + 1
              where r.events < 1 or l.n is null or f.n is null or l.at <> r.at or f.at <> r.at or l.batch <> f.batch
              union all
              select min(home), min(dispute), 'receipt' from receipt group by principal, key having count(*) > 1
              """),
      new Invariant("events_hold_no_words",
          "Events hold ids, amounts, instants and commitments, and never what people wrote, their names or contacts.",
          "event", "select home, dispute, 'event ' || n as what, body from event", Traces::holdsWords));

  private static boolean holdsWords(ResultSet row) throws SQLException {
    return holdsWords("", JSON.readTree(row.getString("body")));
  }

  private static boolean holdsWords(String member, JsonNode value) {
    if (value.isString()) return !CHOSEN.contains(member) && PROSE.matcher(value.stringValue()).find();
    if (value.isArray()) {
      for (var one : value) if (holdsWords(member, one)) return true;
      return false;
    }
    for (Map.Entry<String, JsonNode> one : value.properties()) {
      if (!MEMBERS.contains(one.getKey()) || holdsWords(one.getKey(), one.getValue())) return true;
    }
    return false;
  }

  private Traces() {}
}
