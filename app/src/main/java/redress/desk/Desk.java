package redress.desk;

import java.util.concurrent.CompletableFuture;

/**
 * The one door every command goes through. Commands that arrive together are served together: read all their disputes,
 * decide one after another in memory, write everything they cause in one transaction.
 */
public final class Desk implements AutoCloseable {

  /** Serves {@code request} and waits for its answer, which is durable. Throws IllegalStateException for a defect. */
  public Answer handle(Request request) {
    return ask(request).join();
  }

  /**
   * Serves {@code request}. The future is completed by the desk's own thread: whoever goes on from there for long must
   * do so on another one.
   */
  public CompletableFuture<Answer> ask(Request request) {
    return CompletableFuture.completedFuture(new Answer.Busy());
  }

  @Override public void close() {}
}
