package redress.web;

import gg.jte.generated.precompiled.Templates;
import gg.jte.models.runtime.JteModel;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import redress.api.Lists;
import redress.api.Lists.PageView;
import redress.door.Problem;
import redress.door.Problems;
import redress.door.Turned;
import redress.store.Inbox.Count;
import redress.store.SavedViews;
import redress.verb.Query;
import redress.view.Reader;

/** The disputes a reader may see, as a list that can be filtered and shared by its address, and taken away. */
@RestController
public final class ListPages {
  private final Lists lists;
  private final SavedViews views;
  private final Problems problems;
  private final Frames frames;
  private final Templates templates;

  public ListPages(Lists lists, SavedViews views, Problems problems, Frames frames, Templates templates) {
    this.lists = lists;
    this.views = views;
    this.problems = problems;
    this.frames = frames;
    this.templates = templates;
  }

  @GetMapping("/disputes") ResponseEntity<JteModel> list(HttpServletRequest request) {
    var reader = frames.reader(request);
    var sieve = Sieve.of(request);
    var counts = lists.counts(reader);
    try {
      var found = lists.list(reader, new Query(query(sieve, reader, counts), Lists.PARAMETERS));
      return ResponseEntity.ok(page(request, reader, sieve, counts, found, null));
    } catch (Turned turned) {
      if (turned.fault.status == 401 || turned.fault.status == 403) throw turned;
      var problem = problems.about(turned, reader.language());
      return ResponseEntity.status(problem.status())
          .body(page(request, reader, sieve, counts, new PageView(List.of(), null), problem));
    }
  }

  @GetMapping("/disputes/export.csv") void export(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    var reader = frames.reader(request);
    lists.export(reader, query(Sieve.of(request), reader, lists.counts(reader)), response);
  }

  private static Map<String, String> query(Sieve sieve, Reader reader, List<Count> counts) {
    return sieve.query(reader, counts.stream().map(Count::currency).distinct().toList());
  }

  private JteModel page(HttpServletRequest request, Reader reader, Sieve sieve, List<Count> counts, PageView found,
      @Nullable Problem problem) {
    return templates.list(new InboxPage(frames.of(request), sieve, found, counts,
        views.of(reader.caller().principal()), problem));
  }
}
