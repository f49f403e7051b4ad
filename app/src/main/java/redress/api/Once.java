package redress.api;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.support.TransactionTemplate;
import redress.door.Caller;
import redress.door.Fault;
import redress.door.Turned;
import redress.store.Key;
import redress.store.Posts;
import redress.store.Posts.Known;

/** Lets what is posted under an idempotency key happen once: a repeat gets what came of it, drawn afresh. */
public final class Once {
  private final Posts posts;
  private final TransactionTemplate transaction;
  private final Clock clock;

  public Once(Posts posts, TransactionTemplate transaction, Clock clock) {
    this.posts = posts;
    this.transaction = transaction;
    this.clock = clock;
  }

  /** What came of it: its name, and the answer. */
  record Made(String ref, ResponseEntity<Object> answer) {}

  /** Does it, or draws what came of it before. What it writes and that it was done become true together. */
  ResponseEntity<Object> only(HttpServletRequest request, Asking asking, Supplier<Made> first,
      Function<String, ResponseEntity<Object>> again) {
    return only(asking.key(Caller.of(request)), first, again);
  }

  /** The same under a key that is known already; without one it is simply done. */
  ResponseEntity<Object> only(@Nullable Key key, Supplier<Made> first,
      Function<String, ResponseEntity<Object>> again) {
    if (key == null) return Objects.requireNonNull(transaction.execute(_ -> first.get())).answer();
    return serve(key, "", _ -> transaction.execute(_ -> ended(key, first.get())), again);
  }

  /**
   * The same for what takes long and many steps: when it was interrupted, a repeat goes on to the {@code aim} that the
   * first attempt set out for.
   */
  ResponseEntity<Object> onwards(HttpServletRequest request, Asking asking, String aim, Function<String, Made> first,
      Function<String, ResponseEntity<Object>> again) {
    var key = asking.key(Caller.of(request));
    if (key == null) return first.apply(aim).answer();
    return serve(key, aim, begun -> ended(key, first.apply(begun)), again);
  }

  private Made ended(Key key, Made made) {
    posts.end(key, made.ref());
    return made;
  }

  private ResponseEntity<Object> serve(Key key, String aim, Function<String, Made> first,
      Function<String, ResponseEntity<Object>> again) {
    return switch (posts.begin(key, aim, clock.instant())) {
      case Known.Nothing(var begun, var fresh) -> {
        try {
          yield first.apply(begun).answer();
        } catch (RuntimeException failed) {
          giveBack(key, fresh && failed instanceof Turned, failed);
          throw failed;
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

  /** Whoever was turned away has done nothing; whatever broke may have been half done. */
  private void giveBack(Key key, boolean untouched, RuntimeException why) {
    try {
      if (untouched) posts.drop(key);
      else posts.release(key);
    } catch (RuntimeException away) {
      why.addSuppressed(away); // it can be taken over in a minute
    }
  }
}
