package redress.web;

import java.util.ArrayList;
import java.util.List;

/**
 * Figures as bars in a box {@code width} by {@code height}, with a title and a sentence for whoever cannot see them. A
 * table with the same figures belongs beside it. {@code lies}: its bars run from left to right.
 */
public record Chart(String id, String title, String description, int width, int height, boolean lies,
    List<Bar> bars) {
  private static final int WIDTH = 360;
  private static final int COLUMN_TOP = 24;
  private static final int COLUMN_ROOM = 120;
  private static final int ROW = 46;
  private static final int BAR = 16;
  private static final int LINE = 14;
  private static final int WHOLE = 10_000;

  public Chart {
    bars = List.copyOf(bars);
  }

  /** A figure: what it is called, how it is written, how large it is; below zero: nothing to measure. */
  public record Point(String label, String value, long size) {}

  /** A bar with its words, and where their middle or beginning is. */
  public record Bar(int x, int y, int width, int height, String label, int labelX, int labelY, String value,
      int valueX, int valueY) {}

  /** Upright bars in the order of time; the greatest fills the box, or {@code whole} when that is greater. */
  public static Chart columns(String id, String title, String description, List<Point> points, long whole) {
    long most = Math.max(1, points.stream().mapToLong(Point::size).reduce(whole, Math::max));
    int step = WIDTH / Math.max(1, points.size());
    int ground = COLUMN_TOP + COLUMN_ROOM;
    var bars = new ArrayList<Bar>();
    for (var it : points) {
      int high = (int) (Math.max(0, it.size()) * COLUMN_ROOM / most);
      int x = bars.size() * step;
      int middle = x + step / 2;
      bars.add(new Bar(x + step / 6, ground - high, step - step / 3, high, it.label(), middle, ground + LINE + 2,
          it.value(), middle, ground - high - LINE / 2));
    }
    return new Chart(id, title, description, WIDTH, ground + 2 * LINE, false, bars);
  }

  /** Lying bars, each of them a share in hundredths of a per cent of the full width. */
  public static Chart shares(String id, String title, String description, List<Point> points) {
    var bars = new ArrayList<Bar>();
    for (var it : points) {
      int y = bars.size() * ROW;
      int wide = (int) (Math.max(0, it.size()) * WIDTH / WHOLE);
      bars.add(new Bar(0, y + LINE + 6, wide, BAR, it.label(), 0, y + LINE, it.value(), WIDTH, y + LINE));
    }
    return new Chart(id, title, description, WIDTH, points.size() * ROW, true, bars);
  }
}
