package redress.store;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import redress.dispute.DisputeId;
import redress.dispute.Home;

/** Log entries worked out anew from the rows they are about, as these are stored now. */
public final class Entries {
  private final DataSource pool;

  public Entries(DataSource pool) {
    this.pool = pool;
  }

  /** Where an entry comes from: event {@code n} of a dispute, or, with no dispute (0), an act. */
  public record Place(int home, long dispute, int n, long act) {
    /** The place of an event. */
    public static Place of(DisputeId dispute, int n) {
      return new Place(dispute.home(), dispute.number(), n, 0);
    }

    /** The place of an act. */
    public static Place of(long act) {
      return new Place(0, 0, 0, act);
    }

    /** What it is, for people. */
    @Override public String toString() {
      if (act != 0) return "act " + act;
      var id = dispute > 0 && home >= 0 && home < Home.COUNT ? new DisputeId(home, dispute).toString()
          : home + ":" + dispute;
      return "event " + n + " of " + id;
    }
  }

  /**
   * What was found there: the hash of the entry that follows from the rows (empty when none does), and what is wrong
   * with them, empty when they fit each other and the hash beside them. An event without hash and without anything
   * wrong is from before the log. {@code leaf} is where it was numbered; null when it was not, or nobody looked.
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Found(Place place, byte[] hash, String wrong, @Nullable Numbered leaf) {
    Found(Place place, byte[] hash, String wrong) {
      this(place, hash, wrong, null);
    }

    /** Whether the rows are what the entry says, and so do the columns that repeat it. */
    public boolean isRight() {
      return wrong.isEmpty();
    }
  }

  /** The leaf of an entry: in which tree, its number, and the hash it holds. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Numbered(boolean live, long index, byte[] hash) {}

  /** What is found at these places, in their order. */
  public List<Found> at(List<Place> places) {
    var found = new HashMap<Place, Found>();
    try (var connection = pool.getConnection()) {
      var reader = new EntryReader(connection);
      var events = places.stream().filter(it -> it.act() == 0).toList();
      var acts = places.stream().map(Place::act).filter(it -> it != 0).toList();
      if (!events.isEmpty()) reader.events(events, it -> found.put(it.place(), it));
      if (!acts.isEmpty()) reader.acts(acts, it -> found.put(it.place(), it));
    } catch (SQLException failed) {
      throw new StoreException(failed);
    }
    var all = new ArrayList<Found>(places.size());
    for (var place : places) all.add(found.getOrDefault(place, new Found(place, new byte[0], "it is not there")));
    return all;
  }
}
