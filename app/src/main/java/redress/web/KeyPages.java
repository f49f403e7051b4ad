package redress.web;

import gg.jte.generated.precompiled.Templates;
import gg.jte.models.runtime.JteModel;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import redress.api.Access;
import redress.api.Access.KeyView;
import redress.api.Csv;
import redress.door.Caller;
import redress.door.Turned;

/** The keys that programs and people at the API come in with: a list, a new one whose secret is shown once, an end. */
@RestController
public final class KeyPages {
  private final Access access;
  private final Offices offices;
  private final Templates templates;

  public KeyPages(Access access, Offices offices, Templates templates) {
    this.access = access;
    this.offices = offices;
    this.templates = templates;
  }

  @GetMapping("/accounts") JteModel list(HttpServletRequest request) {
    return page(request, offices.of(request), null);
  }

  private JteModel page(HttpServletRequest request, Office office, @Nullable KeyView fresh) {
    var keys = access.all(Caller.of(request)).items();
    return templates.officeAccounts(KeysPage.of(office, keys, request.getParameter("show"), fresh));
  }

  @GetMapping("/accounts/export.csv") void export(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    var keys = access.all(Caller.of(request)).items();
    var csv = Csv.begin(response, "keys.csv", "id", "role", "subject", "person", "scopes", "live", "name", "createdAt",
        "lastUsedAt", "revokedAt");
    for (var it : keys) {
      csv.row(it.id(), it.role(), it.subject(), it.person(), String.join(" ", it.scopes()), it.live(), it.name(),
          it.createdAt(), it.lastUsedAt(), it.revokedAt());
    }
  }

  /** Shows the secret in its answer, once: it is in no address and no history. */
  @PostMapping("/accounts") ResponseEntity<JteModel> make(HttpServletRequest request) {
    try {
      Offices.guard(request);
      var caller = Caller.of(request);
      var made = access.make(caller, new Posted(request, "CNY").body(Access.KEY), Posted.key(request, caller));
      var fresh = made.getBody() instanceof KeyView view ? view : null;
      return ResponseEntity.ok().header("HX-Push-Url", "false").body(page(request, offices.of(request), fresh));
    } catch (Turned turned) {
      return offices.again(request, turned, office -> page(request, office, null));
    }
  }

  @PostMapping("/accounts/{id}/end") ResponseEntity<JteModel> end(HttpServletRequest request,
      @PathVariable String id) {
    return offices.act(request, office -> page(request, office, null), "/accounts?done=revoked",
        caller -> access.revoke(caller, id));
  }
}
