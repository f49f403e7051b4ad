package redress.push;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redress.notify.Channel;
import redress.outside.Outside;
import redress.store.Delivery;
import redress.store.Json;
import redress.store.Subscriptions;
import redress.store.Subscriptions.Subscription;

/**
 * Web Push (RFC 8030): each browser of the reader's gets the notice in brief, sealed for it alone. A browser that its
 * push service does not know any more is forgotten.
 */
public final class Push implements Channel {
  /** This channel's name. */
  public static final String NAME = "PUSH";

  private static final long LIFE = Duration.ofDays(3).toSeconds();
  private static final Pattern LINK = Pattern.compile("\\s*(https?://\\S+)\\s*$");
  private static final int TOPIC = 32;

  private final Subscriptions subscriptions;
  private final PushServices services;
  private final Vapid vapid;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private final Outside outside;

  /** {@code subject} is how push services reach the operator, a mailto: or https: address. */
  public Push(Subscriptions subscriptions, PushServices services, String subject, Clock clock) {
    this.subscriptions = subscriptions;
    this.services = services;
    this.outside = new Outside(services.hosts());
    this.vapid = Vapid.open(subscriptions, subject);
    this.clock = clock;
  }

  /** The key with which browsers subscribe, base64url. */
  public String key() {
    return vapid.point();
  }

  /** Where messages may be posted to. */
  public PushServices services() {
    return services;
  }

  @Override public String name() {
    return NAME;
  }

  @Override public boolean isBrief() {
    return true;
  }

  @Override public boolean reaches(Addressee to) {
    return !to.party().isEmpty() && !subscriptions.of(to.party(), to.live()).isEmpty();
  }

  @Override public Result send(Delivery delivery, Addressee to) {
    Result said = new Result.Refused("no browser of theirs is known any more");
    for (var browser : subscriptions.of(to.party(), to.live())) {
      var result = send(delivery, browser);
      if (result instanceof Result.Accepted || !(said instanceof Result.Accepted)) said = result;
    }
    return said;
  }

  private Result send(Delivery delivery, Subscription browser) {
    var endpoint = URI.create(browser.endpoint());
    if (!services.takes(endpoint)) return new Result.Refused("no push service that is known");
    try {
      var sealed = sealed(delivery, browser);
      return result(outside.post(endpoint, headers(delivery, endpoint), sealed).status(), browser);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      subscriptions.forget(browser.id());
      return new Result.Refused("the browser's key is none");
    } catch (IOException e) {
      return new Result.Unavailable("push service: " + e.getClass().getSimpleName());
    }
  }

  private Result result(int status, Subscription browser) {
    if (status / 100 == 2) return new Result.Accepted();
    if (status == 404 || status == 410) subscriptions.forget(browser.id());
    boolean later = status >= 500 || status == 429 || status == 401 || status == 403;
    return later ? new Result.Unavailable("push service " + status) : new Result.Refused("push service " + status);
  }

  private byte[] sealed(Delivery delivery, Subscription browser) throws GeneralSecurityException {
    var decoder = Base64.getUrlDecoder();
    var salt = new byte[Sealed.SALT];
    random.nextBytes(salt);
    return Sealed.seal(words(delivery), decoder.decode(browser.p256dh()), decoder.decode(browser.auth()), Curve.pair(),
        salt);
  }

  /** The topic (RFC 8030 §5.4) lets a repeat take the place of the first while the browser is away. */
  private Map<String, String> headers(Delivery delivery, URI endpoint) throws GeneralSecurityException {
    return Map.of("TTL", Long.toString(LIFE), "Urgency", "normal", "Topic",
        delivery.id().substring(0, Math.min(TOPIC, delivery.id().length())), "Content-Encoding", "aes128gcm",
        "Content-Type", "application/octet-stream", "Authorization",
        vapid.authorization(endpoint, clock.instant()));
  }

  /** What the service worker shows: words, and the address at their end to open. */
  private static byte[] words(Delivery delivery) {
    Matcher link = LINK.matcher(delivery.text());
    boolean linked = link.find();
    var body = linked ? delivery.text().substring(0, link.start()) : delivery.text();
    return Json.MAPPER
        .writeValueAsString(Map.of("title", delivery.subject(), "body", body, "tag", delivery.id(), "lang",
            delivery.language(), "url", linked ? link.group(1) : "/notices"))
        .getBytes(UTF_8);
  }
}
