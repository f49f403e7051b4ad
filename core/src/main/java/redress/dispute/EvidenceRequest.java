package redress.dispute;

import java.util.Set;

/** What a mediator asks one side for; supplied when that side has given one piece of every asked type. */
public record EvidenceRequest(int id, Side side, Set<EvidenceType> types, Set<EvidenceType> supplied) {
  public EvidenceRequest {
    types = Set.copyOf(types);
    supplied = Set.copyOf(supplied);
  }

  /** Whether everything asked for is there. */
  public boolean isSupplied() {
    return supplied.containsAll(types);
  }
}
