package redress.web;

import gg.jte.generated.precompiled.Templates;
import gg.jte.models.runtime.JteModel;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import redress.door.Caller;
import redress.notify.Channel;
import redress.notify.Notifier.Outside;
import redress.policy.Role;
import redress.store.Delivery;
import redress.store.PostBook;
import redress.verb.Field;
import redress.verb.Fields;
import redress.verb.Query;

/** What people were told last, as it looks on a telephone: without any channel set up, the only place to see it. */
@RestController
public final class OutboxPages {
  private static final Map<String, Field> PARAMETERS =
      Fields.of(Field.instant("before", "Older than."), Field.number("limit", 100, "How many; 20 when left out."));

  private final PostBook book;
  private final Outside outside;
  private final Offices offices;
  private final Templates templates;

  public OutboxPages(PostBook book, Outside outside, Offices offices, Templates templates) {
    this.book = book;
    this.outside = outside;
    this.offices = offices;
    this.templates = templates;
  }

  /** One notice: as it lies in the inbox, and how it went over each channel outside. */
  public record Told(Delivery inbox, List<Delivery> outside) {}

  @GetMapping("/outbox") JteModel show(HttpServletRequest request) {
    var caller = Caller.of(request);
    caller.mustBe(Role.ADMIN, Role.SUPPORT);
    var query = new Query(request, PARAMETERS);
    var told = book.told(caller.live(), query.instant("before"), query.limit()).stream()
        .map(it -> new Told(it, book.outside(it))).toList();
    return templates.outbox(offices.of(request), told, outside.channels().stream().map(Channel::name).toList());
  }
}
