package redress.check;

import static redress.check.Match.Kind.*;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import redress.check.Match.Kind;
import redress.check.Match.Part;
import redress.check.Match.Remark;
import redress.check.Match.Rule;
import redress.check.Match.Verdict;

/** Everything that differs between a promise and the records that stand for it. */
final class Remarks {
  private final Owed owed;
  private final List<Part> parts;
  private final List<Remark> remarks = new ArrayList<>();

  Remarks(Owed owed, List<Part> parts) {
    this.owed = owed;
    this.parts = parts;
  }

  List<Remark> of(Verdict verdict, long paid) {
    var seen = new HashSet<String>();
    for (var part : parts) {
      state(part);
      wrong(part);
      var reference = part.record().reference();
      if (part.counts() && !reference.isEmpty() && !seen.add(reference)) add(DUPLICATE, part, part.minor());
      if (part.rule() != Rule.REFERENCE && part.counts()) add(ONLY_THEIRS, part, part.minor());
      if (part.record().fee() != 0) add(FEE, part, part.record().fee());
      var until = owed.until();
      var at = part.record().at();
      if (part.counts() && until != null && at != null && at.isAfter(until)) add(LATE, part, part.minor());
    }
    for (var order : owed.orders()) {
      boolean found = parts.stream().anyMatch(part -> part.record().reference().equals(order.reference()));
      if (!found) remarks.add(new Remark(ONLY_OURS, order.reference(), order.minor()));
    }
    switch (verdict) {
      case UNDER -> remarks.add(new Remark(SHORT, "", owed.minor() - paid));
      case OVER -> remarks.add(new Remark(EXCESS, "", paid - owed.minor()));
      case MISSING -> remarks.add(new Remark(NOT_FOUND, "", owed.minor()));
      case EXACT, PENDING -> {}
    }
    return remarks;
  }

  private void state(Part part) {
    switch (part.record().state()) {
      case SUCCEEDED -> {}
      case PROCESSING -> add(UNDERWAY, part, part.minor());
      case FAILED -> add(FAILED, part, part.minor());
      case REVERSED -> add(REVERSED, part, part.minor());
      case UNKNOWN -> add(UNKNOWN, part, part.minor());
    }
  }

  private void wrong(Part part) {
    if (!part.record().currency().equals(owed.currency())) add(WRONG_CURRENCY, part, part.minor());
    else if (!part.record().payee().equals(owed.payee())) add(WRONG_PAYEE, part, part.minor());
  }

  private void add(Kind kind, Part part, long minor) {
    remarks.add(new Remark(kind, part.record().id(), minor));
  }
}
