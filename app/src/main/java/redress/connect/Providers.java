package redress.connect;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The connected providers by name. */
public final class Providers {
  private final Map<String, Provider> byName;

  /** Throws IllegalStateException when two providers claim one name. */
  public Providers(List<? extends Provider> all) {
    byName = all.stream().collect(Collectors.toUnmodifiableMap(Provider::name, Function.identity()));
  }

  /** The provider a payment was registered with; empty when it is not connected. */
  public Optional<Provider> named(String name) {
    return Optional.ofNullable(byName.get(name));
  }
}
