package redress.door;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.ErrorCodes;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.lang.JoseException;
import org.jose4j.lang.UnresolvableKeyException;
import redress.door.Caller.Scope;
import redress.policy.Role;
import redress.store.Parties;
import redress.store.Party;
import redress.store.Text;
import redress.store.TokenKeys;
import redress.store.TokenKeys.TokenKey;

/**
 * Short-lived tokens (JWT, Ed25519) with which a host platform lets its buyers and merchants in: signed by this server
 * at the platform's request, or by the platform itself with a key it registered.
 */
public final class PartyTokens {
  /** Who a token is for. */
  public static final String AUDIENCE = "redress";
  /** The longest a token may live. */
  public static final Duration LONGEST = Duration.ofMinutes(15);

  private static final int ID_BYTES = 8;
  private static final int MOST_PROVED = 50_000;
  private static final Set<Role> ROLES =
      Set.of(Role.BUYER, Role.MERCHANT_OWNER, Role.MERCHANT_AGENT, Role.MERCHANT_VIEWER);

  private final TokenKeys keys;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private final ConcurrentMap<String, Proved> proved = new ConcurrentHashMap<>();
  private final Fresh<String, Optional<TokenKey>> known;
  private final Fresh<String, Optional<Party>> parties;

  public PartyTokens(TokenKeys keys, Parties parties, Clock clock) {
    this.keys = keys;
    this.clock = clock;
    this.known = new Fresh<>(keys::find);
    this.parties = new Fresh<>(parties::find);
  }

  /** A token whose signature was proved, until it ends (ms); its key and its party are looked at every time. */
  private record Proved(JwtClaims claims, String key, long expires) {}

  /** Whom to let in: party, in which role, which human (empty: the party itself), up to which amount (minor units). */
  public record Pass(String party, Role role, String person, long limit) {}

  /** A signed token and the instant (UTC) it ends. */
  public record Signed(String token, Instant expires) {
    @Override public String toString() {
      return "Signed[" + expires + "]";
    }
  }

  /**
   * Signs a token for a registered party. Turns away a role that is no party's and a party that is not registered so.
   */
  public Signed sign(String platform, boolean live, Pass pass, Duration life) {
    if (!ROLES.contains(pass.role())) throw Fault.FIELD_VALUE.away("role");
    parties.forget(pass.party());
    if (!isRegistered(pass.party(), pass.role(), null)) throw Fault.PARTY_UNKNOWN.away("party");
    var expires = clock.instant().plus(life);
    var claims = new JwtClaims();
    claims.setSubject(pass.party());
    claims.setAudience(AUDIENCE);
    claims.setIssuer(platform);
    claims.setIssuedAt(NumericDate.fromMilliseconds(clock.millis()));
    claims.setExpirationTime(NumericDate.fromMilliseconds(expires.toEpochMilli()));
    claims.setStringClaim("role", pass.role().name());
    if (!pass.person().isEmpty()) claims.setStringClaim("person", pass.person());
    claims.setClaim("limit", pass.limit());
    return new Signed(signed(claims, own(platform, live)), expires);
  }

  /**
   * Registers a public key (X.509 SubjectPublicKeyInfo, Ed25519) with which {@code platform} signs tokens itself; its
   * id goes into their {@code kid}. Turns away anything that is no such key.
   */
  public TokenKey register(String platform, boolean live, byte[] publicKey) {
    try {
      KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(publicKey));
    } catch (GeneralSecurityException e) {
      throw Fault.FIELD_VALUE.away("publicKey");
    }
    var key = new TokenKey(newId(), platform, publicKey, null, live, clock.instant(), null);
    keys.add(key);
    return key;
  }

  /** Ends a key: this process refuses its tokens from the next request on. False: the platform has no such key. */
  public boolean revoke(String platform, String id) {
    boolean done = keys.revoke(platform, id, clock.instant());
    known.forget(id);
    return done;
  }

  /** The keys whose tokens are let in for {@code platform}. */
  public List<TokenKey> of(String platform, boolean live) {
    return keys.of(platform, live);
  }

  /** Who calls with this token. Turns away one that is over; empty for one that proves nothing. */
  Optional<Caller> caller(String token) {
    try {
      var before = proved.get(token);
      if (before != null && clock.millis() < before.expires()) return caller(before.claims(), keyOf(before.key()));
      var consumer = new JwtConsumerBuilder()
          .setJwsAlgorithmConstraints(new AlgorithmConstraints(ConstraintType.PERMIT, AlgorithmIdentifiers.EDDSA))
          .setVerificationKeyResolver((jws, _) -> publicKey(keyOf(jws)))
          .setExpectedAudience(AUDIENCE).setRequireSubject().setRequireExpirationTime()
          .setMaxFutureValidityInMinutes((int) LONGEST.toMinutes())
          .setEvaluationTime(NumericDate.fromMilliseconds(clock.millis())).build();
      var context = consumer.process(token);
      var key = keyOf((JsonWebSignature) context.getJoseObjects().getFirst());
      var claims = context.getJwtClaims();
      if (proved.size() >= MOST_PROVED) proved.clear();
      proved.put(token, new Proved(claims, key.id(), claims.getExpirationTime().getValueInMillis()));
      return caller(claims, key);
    } catch (InvalidJwtException e) {
      if (e.hasErrorCode(ErrorCodes.EXPIRED) || e.hasErrorCode(ErrorCodes.EXPIRATION_TOO_FAR_IN_FUTURE)) {
        throw Fault.TOKEN_EXPIRED.away();
      }
      return Optional.empty();
    } catch (MalformedClaimException | UnresolvableKeyException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private Optional<Caller> caller(JwtClaims claims, TokenKey key) throws MalformedClaimException {
    var role = Role.valueOf(claims.getStringClaimValue("role"));
    var account = claims.hasClaim("account") ? claims.getStringClaimValue("account") : null;
    var issuer = claims.getIssuer();
    if (!ROLES.contains(role) || (issuer != null && !issuer.equals(key.platform()))) return Optional.empty();
    var person = claims.hasClaim("person") ? claims.getStringClaimValue("person") : claims.getSubject();
    if (!Text.canBeKept(claims.getSubject()) || !Text.canBeKept(person)) return Optional.empty();
    if (!isRegistered(claims.getSubject(), role, account)) return Optional.empty();
    long limit = claims.hasClaim("limit") ? claims.getClaimValue("limit", Long.class)
        : role == Role.MERCHANT_AGENT ? 0 : Long.MAX_VALUE;
    return Optional.of(new Caller("party:" + key.platform() + ":" + claims.getSubject() + ":" + person, role,
        claims.getSubject(), person, Set.of(Scope.READ, Scope.WRITE), limit, Set.of(), key.live()));
  }

  private boolean isRegistered(String party, Role role, @org.jspecify.annotations.Nullable String account) {
    var kind = role == Role.BUYER ? Party.Kind.BUYER : Party.Kind.MERCHANT;
    return parties.get(party)
        .filter(known -> known.kind() == kind && (account == null || account.equals(known.account()))).isPresent();
  }

  private TokenKey keyOf(JsonWebSignature jws) throws UnresolvableKeyException {
    var id = jws.getKeyIdHeaderValue();
    if (id == null || !Text.canBeKept(id)) throw new UnresolvableKeyException("no kid");
    return keyOf(id);
  }

  private TokenKey keyOf(String id) throws UnresolvableKeyException {
    return known.get(id).filter(key -> key.revokedAt() == null)
        .orElseThrow(() -> new UnresolvableKeyException("unknown kid"));
  }

  private TokenKey own(String platform, boolean live) {
    return keys.own(platform, live).orElseGet(() -> {
      keys.add(newKey(platform, live));
      return keys.own(platform, live).orElseThrow();
    });
  }

  private TokenKey newKey(String platform, boolean live) {
    try {
      var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      return new TokenKey(newId(), platform, pair.getPublic().getEncoded(), pair.getPrivate().getEncoded(), live,
          clock.instant(), null);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no Ed25519", e);
    }
  }

  private String newId() {
    var bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    return "tok_" + HexFormat.of().formatHex(bytes);
  }

  private static String signed(JwtClaims claims, TokenKey key) {
    try {
      var jws = new JsonWebSignature();
      jws.setAlgorithmHeaderValue(AlgorithmIdentifiers.EDDSA);
      jws.setKeyIdHeaderValue(key.id());
      jws.setPayload(claims.toJson());
      jws.setKey(KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(key.privateKey())));
      return jws.getCompactSerialization();
    } catch (JoseException | GeneralSecurityException e) {
      throw new IllegalStateException("cannot sign with " + key.id(), e);
    }
  }

  private static Key publicKey(TokenKey key) {
    try {
      return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(key.publicKey()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot read " + key, e);
    }
  }
}
