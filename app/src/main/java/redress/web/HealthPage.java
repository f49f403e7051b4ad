package redress.web;

import java.util.LinkedHashMap;
import java.util.Map;
import redress.api.LogStanding.StandingsView;

/** How the server feels: each part up or not, how much is due and laid aside, and how the log stands. */
public record HealthPage(Office office, boolean up, Map<String, Boolean> parts, long due, long parked,
    StandingsView log) {
  public HealthPage {
    parts = new LinkedHashMap<>(parts);
  }

  /** Whether both trees are signed and no witness holds anything against them. */
  public boolean isLogSound() {
    return log.trees().stream()
        .allMatch(it -> it.alarm() == null && it.witnesses().stream().allMatch(witness -> witness.alarm().isEmpty()));
  }
}
