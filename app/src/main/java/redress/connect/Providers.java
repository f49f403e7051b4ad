package redress.connect;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import redress.dispute.Payment;

/**
 * The connected providers by name. Those of an account serve either real or test payments, as the account says; those
 * with books of their own, the wallet, serve both.
 */
public final class Providers {
  private final Map<String, Provider> byName = new HashMap<>();
  private final Map<String, Boolean> live = new HashMap<>();

  /** Providers of both real and test payments. Throws IllegalStateException when two of them claim one name. */
  public Providers(List<? extends Provider> ofBoth) {
    this(ofBoth, List.of());
  }

  /** The same with those of accounts. */
  public Providers(List<? extends Provider> ofBoth, List<Accounts.Opened> ofAccounts) {
    for (var provider : ofBoth) add(provider);
    for (var opened : ofAccounts) {
      add(opened.provider());
      live.put(opened.provider().name(), opened.account().live());
    }
  }

  private void add(Provider provider) {
    if (byName.put(provider.name(), provider) != null)
      throw new IllegalStateException("two providers are called " + provider.name());
  }

  /**
   * The provider that holds this payment; empty when it is not connected, and when its account is for real money and
   * the payment is a test, or the other way round: neither must ever reach the other.
   */
  public Optional<Provider> of(Payment payment) {
    var wanted = live.getOrDefault(payment.provider(), payment.live());
    return wanted == payment.live() ? named(payment.provider()) : Optional.empty();
  }

  /** The provider of this name, whatever payments it serves; empty when it is not connected. */
  public Optional<Provider> named(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** The names of all that are connected. */
  public Set<String> names() {
    return Set.copyOf(byName.keySet());
  }
}
