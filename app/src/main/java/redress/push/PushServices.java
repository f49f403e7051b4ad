package redress.push;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The push services that messages may be posted to: a browser names its own, and nobody can make this server call any
 * other place by naming that. {@code more} are further ones, each {@code scheme://host} with its port, where it has
 * one.
 */
public record PushServices(List<String> more) {
  private static final List<String> KNOWN = List.of("fcm.googleapis.com", "updates.push.services.mozilla.com",
      "web.push.apple.com");
  private static final List<String> DOMAINS = List.of(".push.services.mozilla.com", ".notify.windows.com",
      ".push.apple.com");

  public PushServices {
    more = List.copyOf(more);
  }

  /** Those that the operator names, separated by commas, beside the known ones. */
  public static PushServices of(String more) {
    return new PushServices(Stream.of(more.split(",")).map(String::strip).filter(it -> !it.isEmpty()).toList());
  }

  /** The hosts that the operator named, wherever they are. */
  Set<String> hosts() {
    return more.stream().map(it -> URI.create(it).getHost()).filter(Objects::nonNull).collect(Collectors.toSet());
  }

  /** Whether messages may go to {@code endpoint}. */
  public boolean takes(URI endpoint) {
    var host = endpoint.getHost();
    if (host == null || endpoint.getUserInfo() != null) return false;
    if (more.contains(endpoint.getScheme() + "://" + endpoint.getAuthority())) return true;
    var name = host.toLowerCase(Locale.ROOT);
    boolean known = KNOWN.contains(name) || DOMAINS.stream().anyMatch(name::endsWith);
    return known && "https".equals(endpoint.getScheme()) && endpoint.getPort() == -1;
  }
}
