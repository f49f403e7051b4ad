package redress.api;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import redress.check.Saying.Place;
import redress.check.Testimony.Legibility;
import redress.check.Testimony.Point;
import redress.check.Testimony.Rule;
import redress.check.Testimony.Verdict;
import redress.dispute.Event.EvidenceSubmitted;
import redress.dispute.EvidenceType;
import redress.dispute.Side;
import redress.store.Testimonies;
import redress.store.Testimonies.Kept;
import redress.view.Reader;
import redress.view.Seats;
import redress.view.Seats.At;

/** What audits read in the evidence, so that whoever signs a warning knows what was said, where, and against what. */
@RestController
public final class TestimonyApi {
  private final Seats seats;
  private final Pieces pieces;
  private final Testimonies testimonies;

  public TestimonyApi(Seats seats, Pieces pieces, Testimonies testimonies) {
    this.seats = seats;
    this.pieces = pieces;
    this.testimonies = testimonies;
  }

  /** What was read in every piece. */
  record TestimoniesView(List<TestimonyView> items) {}

  /** What was read in one piece, by audit, the latest first; none before day 1. */
  record TestimonyView(int number, EvidenceType evidenceType, @Nullable Side side, List<HeardView> audits) {}

  /**
   * What one audit read: for which settlement, on which day of the verification (0: while a problem stopped it), how
   * much of the piece could be read, and what it says.
   */
  record HeardView(int settlement, int day, Instant at, String local, Legibility legibility, String legibilityWords,
      Verdict verdict, String words, List<PointView> points) {}

  /** One of its words: why it counts, where it stands (null: nowhere in it), what it says and what is known instead. */
  record PointView(Rule rule, boolean contradicts, String words, @Nullable PlaceView place, String said,
      String known) {}

  /** A place in a document: in which file within it ("": none), on which page and line (0: it has none). */
  record PlaceView(String part, int page, int line, String words) {}

  @GetMapping("/v1/disputes/{id}/evidence/{number}/reading") TestimonyView one(HttpServletRequest request,
      @PathVariable String id, @PathVariable String number) {
    var at = seats.at(request, id);
    return view(at, pieces.one(at, number).given(), testimonies.of(at.id()));
  }

  @GetMapping("/v1/disputes/{id}/readings") TestimoniesView all(HttpServletRequest request, @PathVariable String id) {
    var at = seats.at(request, id);
    var heard = testimonies.of(at.id());
    return new TestimoniesView(pieces.visible(at).stream().map(it -> view(at, it.given(), heard)).toList());
  }

  private static TestimonyView view(At at, EvidenceSubmitted piece, List<Kept> heard) {
    return new TestimonyView(piece.id(), piece.evidenceType(), piece.side(),
        heard.stream().filter(it -> it.heard().evidence() == piece.id()).map(it -> view(at.reader(), it)).toList());
  }

  private static HeardView view(Reader reader, Kept it) {
    var legibility = it.heard().legibility();
    var testimony = it.heard().testimony();
    return new HeardView(it.audit().settlement(), it.audit().day(), it.at(), reader.wall(it.at()), legibility,
        reader.pick(legibility.english, legibility.chinese), testimony.verdict(),
        reader.pick(testimony.verdict().english, testimony.verdict().chinese),
        testimony.points().stream().map(point -> view(reader, point)).toList());
  }

  private static PointView view(Reader reader, Point it) {
    var at = it.at();
    return new PointView(it.rule(), it.rule().contradicts, reader.pick(it.rule().english, it.rule().chinese),
        at == null ? null : new PlaceView(at.part(), at.page(), at.line(), words(reader, at)), it.said(), it.known());
  }

  private static String words(Reader reader, Place at) {
    var english = new ArrayList<String>();
    var chinese = new StringBuilder();
    if (!at.part().isEmpty()) {
      english.add(at.part());
      chinese.append(at.part()).append(' ');
    }
    if (at.page() > 0) {
      english.add("page " + at.page());
      chinese.append("第 ").append(at.page()).append(" 页");
    }
    if (at.line() > 0) {
      english.add("line " + at.line());
      chinese.append("第 ").append(at.line()).append(" 行");
    }
    return reader.pick(String.join(", ", english), chinese.toString());
  }
}
