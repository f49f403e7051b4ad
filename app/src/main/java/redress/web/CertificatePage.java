package redress.web;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import redress.dispute.Obligation;
import redress.dispute.Outcome;
import redress.view.DisputeView.CheckView.Result;
import tools.jackson.databind.JsonNode;

/** What both sides of a dispute agreed to show of its result, as anybody with the address sees it. */
public record CertificatePage(Frame frame, String token, JsonNode certificate, @Nullable Compared compared) {
  /** A paper that somebody compared: which of the papers it is, by its language; empty for none. */
  public record Compared(String name, String paper) {}

  /** A promise, when it was due and kept, and how it stands. */
  public record Promise(String words, String state, String tone, String kept) {}

  /** One of the three checks and how it came out; {@code result} null: nobody agreed to show it. */
  public record Check(String question, @Nullable Result result, String words) {}

  /** A piece of praise that its giver agreed to show. */
  public record Praise(String by, long rating, String text) {}

  public String address() {
    return "/certificates/" + token;
  }

  private String said(String name) {
    return certificate.path(name).asString("");
  }

  public boolean test() {
    return certificate.path("test").asBoolean(false);
  }

  public String issuer() {
    return said("issuer");
  }

  /** Whether the result itself is shown, and not praise alone. */
  public boolean showsResult() {
    return !said("outcome").isEmpty();
  }

  /** How it ended. */
  public String outcome() {
    return showsResult() ? frame.word("outcome", Outcome.valueOf(said("outcome")))
        : frame.say("What people say", "用户评价");
  }

  /** When it ended and how long it took. */
  public String ended() {
    long days = certificate.path("days").asLong(0);
    return frame.say("Closed on " + day("closedOn", certificate) + ", after " + days + (days == 1 ? " day" : " days"),
        "结案于" + day("closedOn", certificate) + "，历时 " + days + " 天");
  }

  private String day(String name, JsonNode of) {
    var day = of.path(name).asString("");
    return day.isEmpty() ? "" : frame.day(LocalDate.parse(day).atStartOfDay(frame.zone()).toInstant());
  }

  /** The merchant, when it agreed to be named; empty otherwise. */
  public String merchant() {
    return said("merchant");
  }

  /** Every promise of what was agreed or decided. */
  public List<Promise> promises() {
    var all = new ArrayList<Promise>();
    for (var it : certificate.path("promises")) {
      var kind = Obligation.Kind.valueOf(it.path("kind").asString());
      var state = Obligation.State.valueOf(it.path("state").asString());
      all.add(new Promise(words(kind, it.path("amount").asLong(0), it.path("currency").asString("")),
          frame.word("state", state), state.name().toLowerCase(Locale.ROOT), kept(it)));
    }
    return all;
  }

  private String words(Obligation.Kind kind, long minor, String currency) {
    var who = frame.words("who." + kind.debtor());
    return frame.capital(frame.words("promise." + kind, "who", who, "amount",
        currency.isEmpty() ? "" : frame.money(minor, currency)));
  }

  private String kept(JsonNode it) {
    var by = day("promisedBy", it);
    var on = day("keptOn", it);
    if (on.isEmpty()) return by.isEmpty() ? "" : frame.say("Due by " + by, "应于" + by + "前履行");
    boolean late = it.path("onTime").isBoolean() && !it.path("onTime").asBoolean();
    return frame.say("Kept on " + on + (late ? ", late" : by.isEmpty() ? "" : ", in time"),
        on + "履行" + (late ? "（逾期）" : by.isEmpty() ? "" : "（按时）"));
  }

  /** The three checks, as far as both sides agreed to show them. */
  public List<Check> checks() {
    boolean paid = true;
    boolean done = true;
    for (var it : certificate.path("promises")) {
      var state = Obligation.State.valueOf(it.path("state").asString());
      boolean good = switch (state) {
        case VERIFIED, ENFORCED, LAPSED, WAIVED_BY_CREDITOR -> true;
        case PENDING, SHIPPED, REPORTED_DONE, OVERDUE, BROKEN -> false;
      };
      if (Obligation.Kind.valueOf(it.path("kind").asString()).isPayment()) paid &= good;
      done &= good;
    }
    return List.of(
        check("Is the amount what was agreed?", "金额与协议一致？", paid),
        check("Were the promises kept?", "承诺已履行？", done),
        new Check(frame.say("Is the buyer satisfied?", "买家满意？"), null,
            frame.say("stays between the two sides", "仅双方可见")));
  }

  private Check check(String english, String chinese, boolean good) {
    return new Check(frame.say(english, chinese), good ? Result.PASSED : Result.FAILED,
        good ? frame.say("yes", "是") : frame.say("no", "否"));
  }

  /** The SHA-256 of the signed record, in hex; empty when the result is not shown. */
  public String recordHash() {
    return said("record");
  }

  /** The SHA-256 of each paper that was made, by its language. */
  public Map<String, String> papers() {
    var all = new LinkedHashMap<String, String>();
    for (var it : certificate.path("papers").properties()) all.put(it.getKey(), it.getValue().asString(""));
    return all;
  }

  /** What a paper's language is called. */
  public String language(String code) {
    return code.equals("zh") ? frame.say("in Chinese", "中文版") : frame.say("in English", "英文版");
  }

  /** Words of praise. */
  public List<Praise> praise() {
    var all = new ArrayList<Praise>();
    for (var it : certificate.path("praise")) {
      all.add(new Praise(frame.words("who." + it.path("by").asString()), it.path("rating").asLong(0),
          it.path("text").asString("")));
    }
    return all;
  }

  /** How many of five stars, drawn. */
  public String stars(long rating) {
    int full = Math.clamp(rating, 0, 5);
    return "★".repeat(full) + "☆".repeat(5 - full);
  }
}
