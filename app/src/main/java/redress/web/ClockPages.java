package redress.web;

import gg.jte.generated.precompiled.Templates;
import gg.jte.models.runtime.JteModel;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import redress.api.TestClocksApi;
import redress.door.Caller;
import redress.policy.Role;
import redress.verb.Query;

/** The clocks of test payments: set up, read, advanced. */
@RestController
public final class ClockPages {
  private final TestClocksApi clocks;
  private final Offices offices;
  private final Templates templates;

  public ClockPages(TestClocksApi clocks, Offices offices, Templates templates) {
    this.clocks = clocks;
    this.offices = offices;
    this.templates = templates;
  }

  @GetMapping("/clocks") JteModel list(HttpServletRequest request) {
    return list(request, offices.of(request));
  }

  private JteModel list(HttpServletRequest request, Office office) {
    var asked = new LinkedHashMap<String, String>();
    for (var name : TestClocksApi.PARAMETERS.keySet()) {
      var said = request.getParameter(name);
      if (said != null && !said.isBlank()) asked.put(name, said.strip());
    }
    var caller = Caller.of(request);
    caller.mustBe(Role.ADMIN);
    if (caller.live()) return templates.officeClocks(office, new TestClocksApi.ClocksView(List.of(), null), "");
    return templates.officeClocks(office, clocks.list(caller, new Query(Map.copyOf(asked), TestClocksApi.PARAMETERS)),
        asked.getOrDefault("q", ""));
  }

  @PostMapping("/clocks") ResponseEntity<JteModel> make(HttpServletRequest request) {
    return offices.act(request, office -> list(request, office), "/clocks?done=made",
        caller -> clocks.create(caller, new Posted(request, "CNY").body(TestClocksApi.FIELDS)));
  }

  @PostMapping("/clocks/{id}/advance") ResponseEntity<JteModel> advance(HttpServletRequest request,
      @PathVariable String id) {
    return offices.act(request, office -> list(request, office), "/clocks?done=advanced",
        caller -> clocks.advance(caller, id, new Posted(request, "CNY").body(TestClocksApi.ADVANCE)));
  }
}
