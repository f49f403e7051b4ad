package redress.sms;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import redress.notify.Channel;
import redress.store.Delivery;
import redress.store.PostBook.Receipt;

/**
 * Short messages over Twilio (Programmable Messaging, Message resource:
 * https://www.twilio.com/docs/messaging/api/message-resource); what became of one is asked for.
 */
public final class Twilio implements Channel {
  private static final Duration INQUIRE = Duration.ofMinutes(1);
  private static final Set<Integer> LATER = Set.of(401, 403, 404, 408, 409, 429);

  private final String messages;
  private final String credentials;
  private final String from;
  private final Numbers numbers;
  private final Clock clock;
  private final Wire wire = new Wire();

  /** {@code from} is a number or, when it begins with {@code MG}, a messaging service. */
  Twilio(URI base, String account, String secret, String from, String testTo, Clock clock) {
    this.messages = base + "/2010-04-01/Accounts/" + account + "/Messages";
    this.credentials = "Basic " + Base64.getEncoder().encodeToString((account + ":" + secret).getBytes(UTF_8));
    this.from = from;
    this.numbers = new Numbers(testTo);
    this.clock = clock;
  }

  /**
   * Reads {@code redress.sms.twilio.account}, {@code .secret} and {@code .endpoint} (https://api.twilio.com), and
   * {@code redress.sms.from}; empty when no account is set.
   */
  static Optional<Twilio> read(Function<String, @Nullable String> settings, Clock clock) {
    var read = new SmsSettings(settings);
    var account = read.text("twilio.account", "");
    if (account.isEmpty()) return Optional.empty();
    return Optional.of(new Twilio(URI.create(read.text("twilio.endpoint", "https://api.twilio.com")), account,
        read.needed("twilio.secret"), read.needed("from"), read.text("test-to", ""), clock));
  }

  @Override public String name() {
    return SmsChannels.NAME;
  }

  @Override public boolean isBrief() {
    return true;
  }

  @Override public boolean reaches(Addressee to) {
    return !numbers.of(to).isEmpty();
  }

  @Override public Result send(Delivery delivery, Addressee to) {
    var form = new HashMap<String, String>();
    form.put("To", numbers.of(to));
    form.put("Body", delivery.text());
    form.put(from.startsWith("MG") ? "MessagingServiceSid" : "From", from);
    var said = wire.ask(request(messages + ".json").header("Content-Type", "application/x-www-form-urlencoded")
        .POST(BodyPublishers.ofString(Wire.query(form))).build());
    if (said.isEmpty()) return new Result.Unavailable("Twilio does not answer");
    int status = said.get().status();
    var body = said.get().body();
    var sid = body.path("sid").asString("");
    if (status / 100 == 2 && !sid.isEmpty()) {
      return new Result.Accepted(Sms.of(delivery.text()).parts().size(), List.of(sid), clock.instant().plus(INQUIRE));
    }
    var why = "Twilio " + body.path("code").asInt(status);
    return status / 100 == 4 && !LATER.contains(status) ? new Result.Refused(why) : new Result.Unavailable(why);
  }

  @Override public Optional<Receipt> inquire(String reference, Addressee to, Instant at) {
    var said = wire.ask(request(messages + "/" + reference + ".json").GET().build());
    if (said.isEmpty()) return Optional.empty();
    var error = said.get().body().path("error_code").asString("");
    return switch (said.get().body().path("status").asString("")) {
      case "delivered", "read" -> Optional.of(new Receipt(true, "delivered"));
      case "undelivered" -> Optional.of(new Receipt(false, ("undelivered " + error).strip()));
      case "failed", "canceled" -> Optional.of(new Receipt(false, ("failed " + error).strip()));
      default -> Optional.empty();
    };
  }

  private HttpRequest.Builder request(String address) {
    return HttpRequest.newBuilder(URI.create(address)).timeout(Wire.PATIENCE).header("Authorization", credentials);
  }
}
