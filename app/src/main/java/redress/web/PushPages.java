package redress.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.Objects;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import redress.door.Caller;
import redress.door.Fault;
import redress.door.Gate;
import redress.policy.Role;
import redress.push.Browsers;
import redress.store.Subscriptions.Subscription;

/** A browser begins to show notices, or stops; and the script that shows them while no page is open. */
@RestController
public final class PushPages {
  private final Browsers browsers;
  private final Clock clock;

  public PushPages(Browsers browsers, Clock clock) {
    this.browsers = browsers;
    this.clock = clock;
  }

  /** At the top, since a service worker looks after what is below its own address. */
  @GetMapping("/push.js") ResponseEntity<String> worker() throws IOException {
    try (var in = Objects.requireNonNull(PushPages.class.getResourceAsStream("/web/push.js"))) {
      return ResponseEntity.ok().header("Content-Type", "text/javascript;charset=UTF-8")
          .header("X-Content-Type-Options", "nosniff").header("Cache-Control", "no-cache")
          .body(new String(in.readAllBytes(), UTF_8));
    }
  }

  @PostMapping("/settings/push") ResponseEntity<Void> begin(HttpServletRequest request,
      @RequestParam(defaultValue = "") String guard, @RequestParam(defaultValue = "") String endpoint,
      @RequestParam(defaultValue = "") String p256dh, @RequestParam(defaultValue = "") String auth) {
    Gate.guard(request, guard);
    var caller = party(request);
    var browser = new Subscription(endpoint, p256dh, auth);
    if (!browsers.add(caller.subject(), caller.live(), browser, clock.instant())) {
      throw Fault.FIELD_VALUE.away("endpoint");
    }
    return see();
  }

  @PostMapping("/settings/push/removal") ResponseEntity<Void> end(HttpServletRequest request,
      @RequestParam(defaultValue = "") String guard) {
    Gate.guard(request, guard);
    var caller = party(request);
    browsers.subscriptions().forgetAll(caller.subject(), caller.live());
    return see();
  }

  private static Caller party(HttpServletRequest request) {
    var caller = Caller.of(request);
    caller.mustBe(Role.BUYER, Role.MERCHANT_OWNER, Role.MERCHANT_AGENT);
    return caller;
  }

  private static ResponseEntity<Void> see() {
    return ResponseEntity.status(HttpStatus.SEE_OTHER).location(URI.create("/settings/notices?done=yes")).build();
  }
}
