package redress.limit;

import java.util.EnumMap;
import java.util.Map;

/** How many requests a minute each kind of asker may send; 0: as many as it likes. */
public record Rates(Map<Kind, Long> perMinute) {
  /** No bound at all: for tests, and for a program that only asks itself. */
  public static final Rates OFF = new Rates(Map.of());

  /** Whose requests are counted together. */
  public enum Kind {
    /** All that come from one address without a key of their own (of IPv6: one network of 64 bits). */
    ADDRESS(3_000),
    /** All of one session, one party token's party or one key of a person. */
    CALLER(1_200),
    /** All of one host platform's key. */
    PLATFORM(600_000),
    /** All that is said about one dispute, by everybody but the host platform. */
    DISPUTE(120),
    /** Tries to come in with a link, from one address. */
    SIGN_IN(30),
    /** Requests whose key or token was none, from one address. */
    REFUSED(60);

    /** How many a minute when nothing else is said. */
    public final long standard;

    Kind(long standard) {
      this.standard = standard;
    }
  }

  public Rates {
    perMinute.forEach((kind, most) -> {
      if (most < 0) throw new IllegalArgumentException(kind + " cannot be " + most);
    });
    perMinute = Map.copyOf(perMinute);
  }

  /** The usual ones, but for those that are named. */
  public static Rates standard(Map<Kind, Long> others) {
    var all = new EnumMap<Kind, Long>(Kind.class);
    for (var kind : Kind.values()) all.put(kind, kind.standard);
    all.putAll(others);
    return new Rates(all);
  }

  /** How many a minute; 0 for no bound. */
  public long of(Kind kind) {
    return perMinute.getOrDefault(kind, 0L);
  }
}
