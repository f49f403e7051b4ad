package redress.door;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import redress.door.Caller.Scope;
import redress.policy.Role;
import redress.seal.Digest;
import redress.store.ApiKeys;
import redress.store.ApiKeys.ApiKey;

/** The API keys people and programs call with. A key is shown once; only its SHA-256 is kept. */
public final class Keys {
  private static final int SECRET_BYTES = 32;
  private static final int ID_BYTES = 8;

  private final ApiKeys store;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private final Fresh<String, Optional<ApiKey>> known;

  public Keys(ApiKeys store, Clock clock) {
    this.store = store;
    this.clock = clock;
    known = new Fresh<>(hash -> store.use(hash, clock.instant()));
  }

  /** A new key with the one and only sight of its secret. */
  public record Issued(ApiKey key, String secret) {
    @Override public String toString() {
      return "Issued[" + key.id() + "]";
    }
  }

  /**
   * What a key is to stand for; {@code limit} in minor units. It opens from these addresses and networks (none: from
   * anywhere) until {@code expires} (UTC; null: until it is ended).
   */
  public record Wish(Role role, String subject, String person, Set<Scope> scopes, long limit, Set<String> conflicts,
      boolean live, String name, Set<String> addresses, @Nullable Instant expires) {
    /** The same from anywhere, until it is ended. */
    public Wish(Role role, String subject, String person, Set<Scope> scopes, long limit, Set<String> conflicts,
        boolean live, String name) {
      this(role, subject, person, scopes, limit, conflicts, live, name, Set.of(), null);
    }

    /** A key for reading and writing without a limit. */
    public static Wish of(Role role, String subject, boolean live) {
      return new Wish(role, subject, "", Set.of(Scope.READ, Scope.WRITE), Long.MAX_VALUE, Set.of(), live, "");
    }
  }

  /** Makes a key. */
  public Issued issue(Wish wish) {
    return issue(wish, _ -> {});
  }

  /**
   * Makes a key that opens nothing before {@code keep} has put its secret in a safe place: whatever dies between the
   * two, no key is there that nobody has.
   */
  public Issued issue(Wish wish, Consumer<String> keep) {
    var secret = (wish.live() ? "rk_live_" : "rk_test_")
        + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(SECRET_BYTES));
    var scopes = wish.scopes().stream().map(Scope::name).collect(Collectors.toUnmodifiableSet());
    var key = new ApiKey("key_" + HexFormat.of().formatHex(bytes(ID_BYTES)), wish.role(), wish.subject(), wish.person(),
        scopes, wish.limit(), wish.conflicts(), wish.live(), wish.name(), wish.addresses(), wish.expires(),
        clock.instant(), null, null);
    keep.accept(secret);
    store.add(Digest.sha256(secret), key);
    return new Issued(key, secret);
  }

  /** Ends a key: this process refuses it from the next request on, others within a second. False: there is none. */
  public boolean revoke(String id) {
    var hash = store.revoke(id, clock.instant());
    hash.ifPresent(known::forget);
    return hash.isPresent();
  }

  /**
   * Makes another key for the same, and lets this one open for {@code overlap} more, so that whoever holds it can
   * change over. Empty when there is none that opens now. To be called in a transaction.
   */
  public Optional<Issued> rotate(String id, Duration overlap) {
    var now = clock.instant();
    var old = store.find(id).filter(it -> opens(it, now));
    if (old.isEmpty()) return Optional.empty();
    var it = old.get();
    store.expire(id, now.plus(overlap), now).ifPresent(known::forget);
    var scopes = it.scopes().stream().map(Scope::valueOf).collect(Collectors.toUnmodifiableSet());
    return Optional.of(issue(new Wish(it.role(), it.subject(), it.person(), scopes, it.limit(), it.conflicts(),
        it.live(), it.name(), it.addresses(), null)));
  }

  private static boolean opens(ApiKey key, Instant now) {
    return key.revokedAt() == null && (key.expiresAt() == null || now.isBefore(key.expiresAt()));
  }

  /** All keys, newest first; never their secrets. */
  public List<ApiKey> all() {
    return store.all();
  }

  /** Who calls with this secret from this address; empty when nobody may. */
  Optional<Caller> caller(String secret, String address) {
    return known.get(Digest.sha256(secret)).filter(key -> opens(key, clock.instant()))
        .filter(key -> key.addresses().isEmpty() || Networks.contain(key.addresses(), address)).map(Keys::caller);
  }

  private static Caller caller(ApiKey key) {
    var scopes = key.scopes().stream().map(Scope::valueOf).collect(Collectors.toUnmodifiableSet());
    var person = key.person().isEmpty() ? key.subject() : key.person();
    return new Caller("key:" + key.id(), key.role(), key.subject(), person, scopes, key.limit(), key.conflicts(),
        key.live());
  }

  private byte[] bytes(int count) {
    var bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }
}
