package redress.push;

import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import redress.store.Subscriptions;
import redress.store.Subscriptions.Subscription;

/** How browsers come to show notices, where the operator set that up. */
public record Browsers(Optional<Push> push, Subscriptions subscriptions) {
  private static final int LONGEST = 1_000;
  private static final int SECRET = 16;

  /** The key with which browsers subscribe; empty when there is no push here. */
  public String key() {
    return push.map(Push::key).orElse("");
  }

  /** How many browsers show this party's notices. */
  public int count(String party, boolean live) {
    return subscriptions.of(party, live).size();
  }

  /** Keeps a browser of the party's; false when it is none that a message could be sealed for and posted to. */
  public boolean add(String party, boolean live, Subscription browser, Instant now) {
    if (push.isEmpty() || !isSound(push.get(), browser)) return false;
    subscriptions.add(party, live, browser, now);
    return true;
  }

  private static boolean isSound(Push push, Subscription browser) {
    if (browser.endpoint().length() > LONGEST) return false;
    try {
      Curve.point(Base64.getUrlDecoder().decode(browser.p256dh()));
      boolean secret = Base64.getUrlDecoder().decode(browser.auth()).length == SECRET;
      return secret && push.services().takes(URI.create(browser.endpoint()));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return false;
    }
  }
}
