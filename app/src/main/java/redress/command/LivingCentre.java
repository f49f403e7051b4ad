package redress.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import redress.dispute.Status;

/**
 * A centre as it is on an ordinary day: 120 disputes told by real complaints, each found at its {@link Moment}. All of
 * them live by one test clock, which is brought to the present and then goes as time does.
 */
final class LivingCentre {
  static final String CLOCK = "living-centre";
  private static final String COMPLAINTS = "/demo/complaints.csv";
  private static final Duration HISTORY = Duration.ofDays(45);
  private static final int EVERY = 4;
  private static final int FREE_PAYMENTS = 3;
  private static final long PRICE = 12_900;

  private final Troupe troupe;
  private final Instant now;
  private final PriorityQueue<Due> agenda = new PriorityQueue<>();
  private final Map<Life, Moment> lives = new LinkedHashMap<>();
  private int planned;

  /** @param now the present (UTC), to the minute */
  LivingCentre(Troupe troupe, Instant now) {
    this.troupe = troupe;
    this.now = now.truncatedTo(ChronoUnit.MINUTES);
  }

  /** Something to be done at an instant; what was planned first is done first. */
  private record Due(Instant at, int number, Runnable act) implements Comparable<Due> {
    @Override public int compareTo(Due other) {
      int first = at.compareTo(other.at);
      return first != 0 ? first : Integer.compare(number, other.number);
    }
  }

  /** Lives everything up to the present: how many disputes there are in each status. */
  Map<Status, Integer> live() {
    var begins = now.minus(HISTORY);
    troupe.platform().post("/v1/test-clocks", Map.of("id", CLOCK, "now", begins), null).done();
    cast().forEach((script, moment) -> {
      var life = new Life(script, troupe, CLOCK);
      lives.put(life, moment);
      plan(script.filed(), () -> begin(life, moment));
    });
    for (var clock = begins; !agenda.isEmpty();) {
      var due = agenda.poll();
      if (due.at().isAfter(clock)) {
        clock = due.at();
        advance(clock);
      }
      due.act().run();
    }
    advance(now);
    pay();
    return count();
  }

  private void plan(Instant at, Runnable act) {
    if (!at.isAfter(now)) agenda.add(new Due(at, planned++, act));
  }

  private void begin(Life life, Moment moment) {
    var filed = life.script().filed();
    for (var step : life.begin()) {
      if (step.at().toHours() <= moment.until) plan(filed.plus(step.at()), step.act());
    }
    if (life.script().from().id() % EVERY == 0) {
      plan(filed.plus(Duration.ofHours(1)), () -> life.shows("PHOTO_OF_ITEM", "photo.png", Snapshots.scratches(),
          "This is what it looks like."));
    }
  }

  /** A complaint for every place; where the data says how it went, one that went that way. */
  private Map<Script, Moment> cast() {
    var scripts = scripts();
    var places = new EnumMap<Moment, List<Script>>(Moment.class);
    for (boolean fitting : new boolean[] {true, false}) {
      for (var moment : Moment.values()) {
        var there = places.computeIfAbsent(moment, _ -> new ArrayList<>());
        for (var all = scripts.iterator(); all.hasNext() && there.size() < moment.lives;) {
          var script = all.next();
          if (fitting && script.kind() != moment.kind) continue;
          there.add(script.at(moment.filed(there.size(), now), moment.kind));
          all.remove();
        }
      }
    }
    var cast = new LinkedHashMap<Script, Moment>();
    places.forEach((moment, there) -> there.forEach(script -> cast.put(script, moment)));
    return cast;
  }

  private static List<Script> scripts() {
    var scripts = new ArrayList<Script>();
    try (InputStream in = Objects.requireNonNull(LivingCentre.class.getResourceAsStream(COMPLAINTS))) {
      Complaints.read(Path.of(COMPLAINTS), in, it -> scripts.add(Script.of(it, 1)), odd -> {
        throw new IllegalStateException("line " + odd.line() + ": " + odd.why());
      });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return scripts;
  }

  private void advance(Instant to) {
    troupe.platform().post("/v1/test-clocks/" + CLOCK + "/advance", Map.of("to", to), null).done();
  }

  /** Lets this much time pass in the centre. */
  void goOn(Duration time) {
    troupe.platform().post("/v1/test-clocks/" + CLOCK + "/advance", Map.of("by", time.toString()), null).done();
  }

  /** Payments that nobody disputes yet, so that whoever looks around can file. */
  private void pay() {
    for (var buyer : Residents.BUYERS) {
      for (int n = 0; n < FREE_PAYMENTS; n++) {
        var payment = "order-" + buyer.id() + "-" + (n + 1);
        troupe.platform().put("/v1/payments/" + payment, Map.of("payer", buyer.id(), "merchant",
            Residents.MERCHANTS.get(n % Residents.MERCHANTS.size()).id(), "amount", PRICE * (n + 1), "currency", "USD",
            "capturedAt", now.minus(Duration.ofDays(n + 2L)), "provider", "WALLET", "testClock", CLOCK)).done();
        troupe.platform().put("/v1/wallet/payments/" + payment, Map.of()).done();
      }
    }
  }

  /** Looks at every dispute; each must be where it was meant to be. */
  private Map<Status, Integer> count() {
    var counts = new EnumMap<Status, Integer>(Status.class);
    lives.forEach((life, moment) -> {
      var status = Status.valueOf(life.status());
      if (status != moment.status) throw new IllegalStateException(moment + " is " + status);
      if (status == Status.CLOSED) life.end();
      if (life.failure() != null) throw new IllegalStateException(moment + " " + life.failure());
      counts.merge(status, 1, Integer::sum);
    });
    return counts;
  }
}
