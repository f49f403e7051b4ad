package redress.seal;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * What one event of a dispute says, part by part, as canonical JSON text: what happened, who did it, what was booked.
 */
public record Parts(String event, String actor, String money) {
  /** What is said where nothing was booked. */
  public static final String NO_MONEY = "[]";

  /** A ledger entry with its lines in their order, amounts in minor units. */
  public record Booked(long id, String cause, String currency, int refund, List<Line> lines) {
    public Booked {
      lines = List.copyOf(lines);
    }

    /** One line: positive for a debit, negative for a credit. */
    public record Line(String account, long minor) {}
  }

  /** The part that tells what happened: {@code body} is the event's own canonical JSON. */
  public static String event(String before, String after, int row, String type, String body) {
    var out = new StringBuilder(body.length() + 100);
    out.append("{\"after\":");
    Canonical.quote(after, out);
    out.append(",\"before\":");
    Canonical.quote(before, out);
    out.append(",\"body\":").append(body).append(",\"row\":").append(row).append(",\"type\":");
    Canonical.quote(type, out);
    return out.append('}').toString();
  }

  /** The part that tells who did it: in which role, for whom, and the person who spoke. */
  public static String actor(String role, String subject, String person) {
    var out = new StringBuilder(100);
    out.append("{\"person\":");
    Canonical.quote(person, out);
    out.append(",\"role\":");
    Canonical.quote(role, out);
    out.append(",\"subject\":");
    Canonical.quote(subject, out);
    return out.append('}').toString();
  }

  /** The part that tells what was booked, by the entries' ids in ascending order. */
  public static String money(List<Booked> entries) {
    if (entries.isEmpty()) return NO_MONEY;
    var out = new StringBuilder(250 * entries.size()).append('[');
    for (var entry : entries.stream().sorted(Comparator.comparingLong(Booked::id)).toList()) {
      if (out.length() > 1) out.append(',');
      write(entry, out);
    }
    return out.append(']').toString();
  }

  /** One ledger entry, as it stands in the list. */
  public static String money(Booked entry) {
    var out = new StringBuilder(250);
    write(entry, out);
    return out.toString();
  }

  private static void write(Booked entry, StringBuilder out) {
    out.append("{\"cause\":");
    Canonical.quote(entry.cause(), out);
    out.append(",\"currency\":");
    Canonical.quote(entry.currency(), out);
    out.append(",\"id\":\"").append(entry.id()).append("\",\"lines\":[");
    for (int i = 0; i < entry.lines().size(); i++) {
      var line = entry.lines().get(i);
      out.append(i == 0 ? "{\"account\":" : ",{\"account\":");
      Canonical.quote(line.account(), out);
      out.append(",\"minor\":");
      Canonical.number(line.minor(), out);
      out.append('}');
    }
    out.append("],\"refund\":").append(entry.refund()).append('}');
  }

  /** The opening of the first part: {@code salt} is the entry's own, 16 bytes. */
  public Opening eventOpening(byte[] salt) {
    return Opening.of("event", event, salt);
  }

  /** The opening of the second part. */
  public Opening actorOpening(byte[] salt) {
    return Opening.of("actor", actor, salt);
  }

  /** The opening of the third part. */
  public Opening moneyOpening(byte[] salt) {
    return Opening.of("money", money, salt);
  }

  /** The entry of event {@code n} of {@code dispute} that commits to these parts. */
  public Entry.OfDispute entry(String dispute, int n, Instant at, String previous, byte[] salt) {
    return new Entry.OfDispute(dispute, n, at, previous, eventOpening(salt).commitment(),
        actorOpening(salt).commitment(), moneyOpening(salt).commitment());
  }
}
