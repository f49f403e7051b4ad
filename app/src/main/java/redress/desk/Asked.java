package redress.desk;

import java.util.concurrent.CompletableFuture;
import redress.store.Wanted;

/**
 * A request waiting in a lane with its answer to come; {@code until} is when its patience ends ({@link
 * System#nanoTime}).
 */
record Asked(Request request, CompletableFuture<Answer> answer, long until) {

  Wanted wanted() {
    return new Wanted(request.dispute(), request.payment(), request.key());
  }

  boolean isOver(long nanoTime) {
    return nanoTime - until >= 0;
  }
}
