package redress.command;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import redress.command.Visitor.Reply;
import tools.jackson.databind.JsonNode;

/** One dispute of the demonstration, on a test clock and a payment of its own. */
final class Scene {
  private final Narrator narrator;
  private final Visitor platform;
  private final Visitor reader;
  private final String name;
  private final String payment;
  private final Set<String> shown = new HashSet<>();
  private Instant now;
  private String dispute = "";
  private int said;

  /** @param reader who may see all of the dispute, such as a mediator lead */
  Scene(Narrator narrator, Visitor platform, Visitor reader, String name, Instant begins) {
    this.narrator = narrator;
    this.platform = platform;
    this.reader = reader;
    this.name = name;
    this.payment = "pay-" + name;
    this.now = begins;
    platform.post("/v1/test-clocks", Map.of("id", name, "now", begins), null).done();
  }

  /** The platform registers a captured payment, and its wallet holds the money. */
  void paid(String payer, String merchant, long minor) {
    platform.put("/v1/payments/" + payment, Map.of("payer", payer, "merchant", merchant, "amount", minor,
        "currency", "CNY", "capturedAt", now.minus(Duration.ofDays(3)), "provider", "WALLET", "testClock", name))
        .done();
    platform.put("/v1/wallet/payments/" + payment, Map.of()).done();
  }

  void files(Visitor buyer, String who, String wish, long minor, String description) {
    narrator.step(now, who, "files a dispute: “" + description + "”");
    dispute = buyer.post("/v1/disputes", Map.of("payment", payment, "reason", "NOT_AS_DESCRIBED", "wish", wish,
        "amount", minor, "currency", "CNY", "description", description), key()).done().text("/id");
    narrator.result("dispute " + dispute + " is open; " + money(view().at("/amounts/held").asLong(0))
        + " of the merchant’s money is held until it ends");
    expect("AWAITING_MERCHANT");
  }

  /** Somebody says something to the centre, which must accept it and leave the dispute in this status. */
  Reply does(Visitor who, String name, String what, String path, Map<String, ?> body, String status) {
    narrator.step(now, name, what);
    var reply = who.post("/v1/disputes/" + dispute + "/" + path, body, key()).done();
    expect(status);
    return reply;
  }

  /** Somebody sends a file, which becomes evidence; what it shows is told beside it. */
  void shows(Visitor who, String name, String type, String file, byte[] bytes, String what, String status) {
    var upload = who.upload("/v1/disputes/" + dispute + "/uploads", file, bytes);
    does(who, name, "submits evidence (" + type + ", " + file + "): “" + what + "”", "evidence",
        Map.of("evidenceType", type, "upload", upload, "text", what), status);
  }

  /** Time passes, and everything that falls due on the way is done. */
  void wait(Duration time, String why) {
    var reply = platform.post("/v1/test-clocks/" + name + "/advance", Map.of("by", time.toString()), null).done();
    var then = Instant.parse(reply.text("/now"));
    narrator.passed(Duration.between(now, then));
    now = then;
    narrator.step(now, "Time", "passes: " + why);
  }

  /** The dispute must have come to this. */
  void expect(String status) {
    var is = view().path("status").asString("");
    if (!is.equals(status)) throw new IllegalStateException("the dispute is " + is + " and should be " + status);
  }

  /** Prints the newest notice of this kind to this side that was not shown yet, as it was delivered. */
  void notice(String kind, String audience, String to) {
    for (var it : notices()) {
      boolean wanted = it.path("notice").asString("").equals(kind) && it.path("audience").asString("").equals(audience);
      if (!wanted || !shown.add(it.path("id").asString(""))) continue;
      narrator.notice(to, it.path("subject").asString(""), it.path("text").asString(""));
      return;
    }
    throw new IllegalStateException("no notice " + kind + " to " + to);
  }

  /** The dispute as staff see it. */
  JsonNode view() {
    return reader.get("/v1/disputes/" + dispute).done().body();
  }

  /** Ends the scene: how the dispute ended. */
  String ends() {
    narrator.noticed(notices().size());
    return view().path("outcome").asString("");
  }

  /** The number of the newest finding of this kind. */
  int finding(String code) {
    for (var it : view().path("findings"))
      if (it.path("code").asString("").equals(code)) return it.path("number").asInt(0);
    throw new IllegalStateException("nothing was found that is " + code);
  }

  void tells(String result) {
    narrator.result(result);
  }

  Instant now() {
    return now;
  }

  String dispute() {
    return dispute;
  }

  static String money(long minor) {
    return "CNY %,d.%02d".formatted(minor / 100, minor % 100);
  }

  private JsonNode notices() {
    return reader.get("/v1/disputes/" + dispute + "/notices").done().body().path("items");
  }

  private @Nullable String key() {
    return name + "-" + ++said;
  }
}
