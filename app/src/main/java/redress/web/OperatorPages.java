package redress.web;

import gg.jte.generated.precompiled.Templates;
import gg.jte.models.runtime.JteModel;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.health.actuate.endpoint.CompositeHealthDescriptor;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import redress.api.DeliveriesApi;
import redress.api.LogStanding;
import redress.api.Staffroom;
import redress.door.Caller;
import redress.store.Errands;
import redress.verb.Field;
import redress.verb.Fields;
import redress.verb.Query;

/** What those who run the centre look at: errands laid aside, notices on their way, the log, and how it all feels. */
@RestController
public final class OperatorPages {
  static final Map<String, Field> ERRANDS = Fields.of(
      Field.text("order", "oldest (which it is when left out) or latest.").upTo(10),
      Field.number("skip", 1_000_000, "How many to leave out from the start."),
      Field.text("done", "What was just done.").upTo(20));
  private static final int PAGE = 30;

  private final Staffroom staffroom;
  private final DeliveriesApi deliveries;
  private final LogStanding log;
  private final Errands errands;
  private final HealthEndpoint health;
  private final Offices offices;
  private final Templates templates;

  public OperatorPages(Staffroom staffroom, DeliveriesApi deliveries, LogStanding log, Errands errands,
      HealthEndpoint health, Offices offices, Templates templates) {
    this.staffroom = staffroom;
    this.deliveries = deliveries;
    this.log = log;
    this.errands = errands;
    this.health = health;
    this.offices = offices;
    this.templates = templates;
  }

  @GetMapping("/errands") JteModel errands(HttpServletRequest request) {
    return errands(request, offices.of(request));
  }

  private JteModel errands(HttpServletRequest request, Office office) {
    // A form that was turned away shows the list from its start.
    boolean asked = request.getMethod().equals("GET");
    var query = asked ? new Query(request, ERRANDS) : new Query(Map.of(), ERRANDS);
    boolean oldest = !"latest".equals(query.text("order"));
    int skip = query.number("skip");
    var found = staffroom.parked(Caller.of(request), oldest, skip, PAGE + 1);
    return templates.officeErrands(office, found.items().subList(0, Math.min(PAGE, found.items().size())), oldest,
        found.items().size() > PAGE ? skip + PAGE : 0, errands.countParked());
  }

  @GetMapping("/errands/export.csv") void exportErrands(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    staffroom.export(Caller.of(request), response);
  }

  @PostMapping("/errands/{id}/resume") ResponseEntity<JteModel> resume(HttpServletRequest request,
      @PathVariable String id) {
    return offices.act(request, office -> errands(request, office), "/errands?done=resumed",
        caller -> staffroom.resume(caller, id));
  }

  @GetMapping("/deliveries") JteModel deliveries(HttpServletRequest request) {
    return deliveries(request, offices.of(request));
  }

  private JteModel deliveries(HttpServletRequest request, Office office) {
    var caller = Caller.of(request);
    var query = new Query(asked(request), DeliveriesApi.PARAMETERS);
    var page = new DeliveriesPage(office, asked(request), deliveries.list(caller, query),
        deliveries.counts(caller), deliveries.channels());
    return templates.officeDeliveries(page);
  }

  @PostMapping("/deliveries/{id}/resume") ResponseEntity<JteModel> resend(HttpServletRequest request,
      @PathVariable String id) {
    return offices.act(request, office -> deliveries(request, office), "/deliveries?done=resent",
        caller -> deliveries.resume(caller, id));
  }

  /** What was filled in of the form of filters. */
  private static Map<String, String> asked(HttpServletRequest request) {
    var all = new LinkedHashMap<String, String>();
    for (var name : DeliveriesApi.PARAMETERS.keySet()) {
      var said = request.getParameter(name);
      if (said != null && !said.isBlank()) all.put(name, said.strip());
    }
    return all;
  }

  @GetMapping("/deliveries/export.csv") void exportDeliveries(HttpServletRequest request,
      HttpServletResponse response) throws IOException {
    deliveries.export(Caller.of(request), new Query(asked(request), DeliveriesApi.PARAMETERS), response);
  }

  @GetMapping("/log") JteModel log(HttpServletRequest request) {
    return templates.officeLog(offices.of(request), log.read(Caller.of(request)));
  }

  @GetMapping("/health") JteModel health(HttpServletRequest request) {
    var standing = log.read(Caller.of(request));
    var office = offices.of(request);
    var parts = new LinkedHashMap<String, Boolean>();
    var whole = health.health();
    if (whole instanceof CompositeHealthDescriptor composite) {
      var components = composite.getComponents();
      if (components != null) components.forEach((name, it) -> parts.put(name, it.getStatus().getCode().equals("UP")));
    }
    return templates.officeHealth(new HealthPage(office, whole.getStatus().getCode().equals("UP"), parts,
        errands.countDue(office.frame().now()), errands.countParked(), standing));
  }
}
