package redress.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import redress.bundle.Audience;
import redress.bundle.Bundle;
import redress.bundle.Exporter;
import redress.door.Fault;
import redress.policy.Role;
import redress.store.Custody;
import redress.store.Disputes;
import redress.store.Disputes.Happened;
import redress.view.Reader;
import redress.view.Seats;
import redress.view.Sight;

/** A dispute to take away, as its reader may see it, in a form that anybody can check. */
@RestController
public final class Bundles {
  private static final Logger log = LoggerFactory.getLogger(Bundles.class);
  private static final Set<String> ASKED = Set.of("SupportAsked", "FeedbackGiven", "FindingRaised");
  private static final int ALL = 1_000_000;

  private final Seats seats;
  private final Disputes disputes;
  private final Exporter exporter;
  private final Custody custody;

  public Bundles(Seats seats, Disputes disputes, Exporter exporter, Custody custody) {
    this.seats = seats;
    this.disputes = disputes;
    this.exporter = exporter;
    this.custody = custody;
  }

  @GetMapping("/v1/disputes/{id}/bundle") void bundle(HttpServletRequest request, HttpServletResponse response,
      @PathVariable String id) throws IOException {
    var at = seats.at(request, id);
    var asked = new HashMap<String, Role>();
    for (var it : disputes.events(at.id(), ASKED, 0, ALL)) asked.put(Sight.name(it.event()), it.role());
    var bundle = made(at, new Takes(at.reader(), Map.copyOf(asked)));
    for (int piece : bundle.evidence()) took(at, piece);
    response.setContentType("application/zip");
    response.setContentLengthLong(bundle.size());
    response.setHeader("Content-Disposition", "attachment; filename=\"" + at.id() + ".zip\"");
    bundle.writeTo(response.getOutputStream());
  }

  /** A file of evidence that leaves in a bundle is in its reader's hands. */
  private void took(Seats.At at, int piece) {
    var caller = at.reader().caller();
    custody.add(at.id(), piece, new Custody.Entry(Custody.Act.DOWNLOADED, seats.now(at.place()), caller.role(),
        caller.subject(), caller.person()));
  }

  private Bundle made(Seats.At at, Audience audience) throws IOException {
    try {
      return exporter.of(at.id(), at.place().live(), audience, seats.now(at.place()));
    } catch (IllegalStateException e) {
      log.warn("No bundle of {} can be made now", at.id(), e);
      throw Fault.BUSY.away();
    }
  }

  /**
   * What a reader of a dispute takes away: what it may see, except what staff only note down, and without the names of
   * those who acted for the platform or for the other side.
   */
  private record Takes(Reader reader, Map<String, Role> asked) implements Audience {
    @Override public String name() {
      return switch (reader.caller().role()) {
        case BUYER -> "BUYER";
        case MERCHANT_OWNER, MERCHANT_AGENT, MERCHANT_VIEWER -> "MERCHANT";
        case PLATFORM -> "PLATFORM";
        case AUDITOR -> "AUDITOR";
        case MEDIATOR, MEDIATOR_LEAD, VERIFIER, FINANCE, SUPPORT, ADMIN, SYSTEM -> "STAFF";
      };
    }

    @Override public boolean maySee(Happened it) {
      return Sight.mayTake(it.event()) && Sight.mayKnow(it, reader, asked)
          && (reader.isStaff() || !Sight.namesStaff(it.event()));
    }

    @Override public boolean maySeeWho(Happened it) {
      if (reader.isStaff() || it.role() == Role.SYSTEM) return true;
      return Sight.mayKnow(it, reader, asked) && Sight.isSameSide(it.role(), reader);
    }

    @Override public boolean mayRead(Happened it) {
      return Sight.mayRead(it.event(), reader);
    }
  }
}
