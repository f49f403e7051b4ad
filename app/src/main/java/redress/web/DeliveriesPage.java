package redress.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import redress.api.DeliveriesApi.DeliveriesView;
import redress.api.DeliveriesApi.DeliveryView;
import redress.policy.Role;
import redress.store.Delivery.State;

/** Notices on their way, narrowed by what was {@code asked}, with how many there are in each state. */
public record DeliveriesPage(Office office, Map<String, String> asked, DeliveriesView view, Map<String, Long> counts,
    Set<String> channels) {
  public DeliveriesPage {
    asked = new LinkedHashMap<>(asked);
    counts = Map.copyOf(counts);
    channels = Set.copyOf(channels);
  }

  /** What was asked for here; empty for nothing. */
  public String get(String name) {
    return asked.getOrDefault(name, "");
  }

  /** How many there are in this state; only known of those that are not the end. */
  public long count(String state) {
    return counts.getOrDefault(state, 0L);
  }

  /** Whether the reader can have it sent again: it failed, and its channel is still set up. */
  public boolean canGoOut(DeliveryView it) {
    return it.state().equals(State.FAILED.name()) && channels.contains(it.channel())
        && office.isOneOf(Role.ADMIN, Role.SUPPORT);
  }

  /** The address of the list in this state (empty: in any), narrowed as it is otherwise. */
  public String inState(String state) {
    return address("/deliveries", "state", state);
  }

  /** The address of the next page; null at the end. */
  public @Nullable String next() {
    return view.next() == null ? null : address("/deliveries", "cursor", view.next());
  }

  /** The address of all of it as a table. */
  public String table() {
    return address("/deliveries/export.csv", "cursor", "");
  }

  private String address(String path, String name, String value) {
    var query = new LinkedHashMap<>(asked);
    query.remove("cursor");
    if (value.isEmpty()) query.remove(name);
    else query.put(name, value);
    var said = new StringBuilder(path);
    query.forEach((key, it) -> said.append(said.length() == path.length() ? '?' : '&').append(key).append('=')
        .append(URLEncoder.encode(it, UTF_8)));
    return said.toString();
  }
}
