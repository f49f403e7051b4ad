package redress.web;

import gg.jte.generated.precompiled.Templates;
import gg.jte.models.runtime.JteModel;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import redress.api.Lists;
import redress.verb.Query;

/** The disputes a reader may see, as a list that can be filtered and shared by its address. */
@RestController
public final class ListPages {
  private final Lists lists;
  private final Frames frames;
  private final Templates templates;

  public ListPages(Lists lists, Frames frames, Templates templates) {
    this.lists = lists;
    this.frames = frames;
    this.templates = templates;
  }

  @GetMapping("/disputes") JteModel list(HttpServletRequest request) {
    var reader = frames.reader(request);
    var query = new Query(request, Lists.PARAMETERS);
    return templates.list(frames.of(request), lists.list(reader, query));
  }
}
