package redress.lab.bench;

import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import redress.desk.Answer;
import redress.desk.Desk;
import redress.desk.Request;
import redress.dispute.Matter;
import redress.lab.bench.Load.Caller;
import redress.lab.bench.Load.Step;
import redress.lab.bench.Town.Paid;

/** The ways to ask: at the desk, of the baseline, and over HTTP with API keys. */
final class Callers {
  private Callers() {}

  /** Whoever serves a command and returns what came of it. */
  @FunctionalInterface
  interface Served {
    Matter by(Request request) throws Exception;
  }

  /** One after another lives whole lives about payments from {@code paid}. */
  static Caller living(Collection<Paid> paid, Served served) {
    return new Living(paid instanceof Queue<Paid> queue ? queue : new ConcurrentLinkedQueue<>(paid), served);
  }

  /** The desk's answer to a command that must happen. */
  static Served desk(Desk desk) {
    return request -> switch (desk.handle(request)) {
      case Answer.Done done -> done.after();
      case Answer.Refused(var why, var field, _) -> throw new IllegalStateException(why + " " + field);
      case Answer.Repeated _,Answer.KeyReused _,Answer.KeyInFlight _,Answer.VersionMismatch _,Answer.Busy _ ->
          throw new IllegalStateException("not served");
    };
  }

  private static final class Living implements Caller {
    private final Queue<Paid> paid;
    private final Served served;
    private @Nullable Life life;

    Living(Queue<Paid> paid, Served served) {
      this.paid = paid;
      this.served = served;
    }

    @Override public Step next() throws Exception {
      var now = life;
      if (now == null) {
        var next = paid.poll();
        if (next == null) return Step.IDLE;
        now = new Life(next);
        life = now;
      }
      now.heard(served.by(now.next()));
      if (!now.isOver()) return Step.DONE;
      life = null;
      return Step.LIFE_OVER;
    }
  }

  /** Files, writes, offers, counter-offers, accepts and states over HTTP, each with the key of whose turn it is. */
  static final class Calling implements Caller, AutoCloseable {
    /** What one dispute says over HTTP. */
    static final int COMMANDS = 6;

    private static final String TEXT = "The lamp came with a crack in its foot; I would keep it for less.";

    private final Queue<Paid> paid;
    private final Map<String, String> secrets;
    private final HttpLine line;
    private Paid now = new Paid("", "", "");
    private String path = "";
    private int said;

    Calling(Queue<Paid> paid, Map<String, String> secrets, int port) {
      this.paid = paid;
      this.secrets = secrets;
      this.line = new HttpLine(port);
    }

    @Override public Step next() throws IOException {
      return switch (said++) {
        case 0 -> file();
        case 1 -> says(now.buyer(), "/messages", "{\"text\":\"" + TEXT + "\"}");
        case 2 -> says(now.merchant(), "/offers", offer(2_000));
        case 3 -> says(now.buyer(), "/offers", offer(3_000));
        case 4 -> says(now.merchant(), "/offers/2/acceptance", "{}");
        default -> {
          said = 0;
          says(now.merchant(), "/statement", "{\"text\":\"We refund within the day.\"}");
          yield Step.LIFE_OVER;
        }
      };
    }

    private Step file() throws IOException {
      var next = paid.poll();
      if (next == null) return Step.IDLE;
      now = next;
      var reply = line.post("/v1/disputes", secret(now.buyer()), now.payment() + "-0", """
          {"payment":"%s","reason":"NOT_AS_DESCRIBED","wish":"PARTIAL_REFUND","amount":4000,"currency":"EUR",\
          "description":"%s"}""".formatted(now.payment(), TEXT));
      if (reply.status() != 201) throw new IOException(reply.toString());
      path = reply.location();
      return Step.DONE;
    }

    private static String offer(int minor) {
      return "{\"terms\":{\"remedy\":\"PARTIAL_REFUND\",\"amount\":" + minor
          + ",\"currency\":\"EUR\"},\"text\":\"What about this?\"}";
    }

    private Step says(String who, String what, String json) throws IOException {
      var reply = line.post(path + what, secret(who), now.payment() + "-" + said, json);
      if (reply.status() != 200) throw new IOException(what + " " + reply);
      return Step.DONE;
    }

    private String secret(String who) {
      var secret = secrets.get(who);
      if (secret == null) throw new IllegalStateException("no key for " + who);
      return secret;
    }

    @Override public void close() throws IOException {
      line.close();
    }
  }
}
