package redress.api;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.http.ResponseEntity;
import redress.door.Caller;
import redress.door.Fault;
import redress.store.Posts;
import redress.store.Posts.Known;

/** Lets what is posted under an idempotency key happen once: a repeat gets what came of it, drawn afresh. */
public final class Once {
  private final Posts posts;
  private final Clock clock;

  public Once(Posts posts, Clock clock) {
    this.posts = posts;
    this.clock = clock;
  }

  /** What came of it: its name, and the answer. */
  record Made(String ref, ResponseEntity<Object> answer) {}

  /** Does it, or draws what came of it before. */
  ResponseEntity<Object> only(HttpServletRequest request, Asking asking, Supplier<Made> first,
      Function<String, ResponseEntity<Object>> again) {
    var key = asking.key(Caller.of(request));
    if (key == null) return first.get().answer();
    return switch (posts.begin(key, clock.instant())) {
      case Known.Nothing _ -> {
        boolean done = false;
        try {
          var made = first.get();
          posts.end(key, made.ref());
          done = true;
          yield made.answer();
        } finally {
          if (!done) posts.drop(key);
        }
      }
      case Known.Done it -> {
        var answer = again.apply(it.ref());
        yield ResponseEntity.status(answer.getStatusCode()).headers(answer.getHeaders())
            .header("Idempotent-Replayed", "true").body(answer.getBody());
      }
      case Known.Running _ -> throw Fault.IDEMPOTENCY_IN_FLIGHT.away("Idempotency-Key");
      case Known.Other _ -> throw Fault.IDEMPOTENCY_KEY_REUSED.away("Idempotency-Key");
    };
  }
}
