package redress.connect;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** What becomes of one call to a stand-in for a provider. */
public enum Fate {
  /** It is carried out and answered. */
  FINE,
  /** It is carried out, and the answer breaks off on its way. */
  LOST,
  /** It never gets there: nothing is carried out, and the line breaks off. */
  DROPPED,
  /** The provider says that it is broken, and carries out nothing. */
  BROKEN,
  /** The provider asks for patience, and carries out nothing. */
  BUSY,
  /** Nothing is carried out, and no answer ever comes. */
  SILENT;

  /** Decides about each call, by method and path, and about which payment it is ("" when it does not say). */
  public interface Decision {
    Fate of(String call, String payment);
  }

  /** Whether the call is carried out. */
  public boolean isDone() {
    return this == FINE || this == LOST;
  }

  /** An answer that breaks off in the middle: nobody can tell from it what was done. */
  public static void breakOff(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 1_000);
    exchange.getResponseBody().write("{".getBytes(StandardCharsets.UTF_8));
    exchange.getResponseBody().flush();
    exchange.close();
  }

  /** Answers with this status and body. */
  public static void answer(HttpExchange exchange, int status, String type, String body) throws IOException {
    var bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }
}
