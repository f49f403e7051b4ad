package redress.api;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import redress.door.Caller;
import redress.door.Caller.Scope;
import redress.door.Fault;
import redress.door.Keys;
import redress.door.Networks;
import redress.door.PartyTokens;
import redress.policy.Role;
import redress.store.ApiKeys.ApiKey;
import redress.store.Key;
import redress.store.TokenKeys.TokenKey;
import redress.verb.Body;
import redress.verb.Field;
import redress.verb.Fields;

/** API keys, for administrators; party tokens and the keys they are signed with, for host platforms. */
@RestController
public final class Access {
  public static final Map<String, Field> KEY = Fields.of(
      Field.choice("role", Role.class, "Whose key it is.").except("SYSTEM").needed(),
      Field.id("subject", "The party's or staff member's id.").needed(),
      Field.id("person", "The human who holds it, where the subject is a merchant."),
      Field.choices("scopes", Scope.class, "What it may be used for; READ and WRITE when left out."),
      Field.amount("limit", "The greatest amount its holder may commit; no limit when left out."),
      Field.ids("conflicts", "Parties its holder may not judge."),
      Field.flag("live", "Whether it is for live payments; test when left out."),
      Field.text("name", "What it is for.").upTo(200),
      Field.ids("addresses", "Addresses and networks (CIDR) it may be used from; from anywhere when left out."),
      Field.instant("expiresAt", "Until when it opens; until it is ended when left out."));

  static final Map<String, Field> ROTATION = Fields.of(
      Field.duration("overlap", "How long the old key opens beside the new one, at most P30D; PT24H when left out."));

  private static final Duration OVERLAP = Duration.ofHours(24);
  private static final Duration LONGEST_OVERLAP = Duration.ofDays(30);

  static final Map<String, Field> TOKEN = Fields.of(
      Field.id("party", "Whom it lets in.").needed(),
      Field.choice("role", Role.class, "As whom.")
          .except("PLATFORM", "MEDIATOR", "MEDIATOR_LEAD", "VERIFIER", "FINANCE",
              "SUPPORT", "AUDITOR", "ADMIN", "SYSTEM")
          .needed(),
      Field.id("person", "The human behind a merchant."),
      Field.amount("limit", "The greatest amount that human may commit; no limit when left out."),
      Field.duration("validFor", "How long it lives, at most PT15M, which it is when left out."));

  static final Map<String, Field> TOKEN_KEY = Fields.of(
      Field.text("publicKey", "An Ed25519 public key, X.509 SubjectPublicKeyInfo in Base64.").upTo(200).needed());

  private final Keys keys;
  private final PartyTokens tokens;
  private final Once once;
  private final Clock clock;

  public Access(Keys keys, PartyTokens tokens, Once once, Clock clock) {
    this.keys = keys;
    this.tokens = tokens;
    this.once = once;
    this.clock = clock;
  }

  /** An API key; {@code secret} is there once, in the answer that made it. */
  public record KeyView(String id, Role role, String subject, String person, List<String> scopes, long limit,
      List<String> conflicts, boolean live, String name, List<String> addresses, @Nullable Instant expiresAt,
      Instant createdAt, @Nullable Instant revokedAt, @Nullable Instant lastUsedAt, @Nullable String secret) {}

  /** All keys, newest first. */
  public record KeysView(List<KeyView> items) {}

  /** A party token and when it ends. */
  record TokenView(String token, Instant expires) {}

  /** A public key that party tokens are proved with; {@code own}: this server signs with it. */
  record TokenKeyView(String id, boolean own, boolean live, Instant createdAt, @Nullable Instant revokedAt) {}

  /** All of a platform's keys. */
  record TokenKeysView(List<TokenKeyView> items) {}

  @PostMapping("/v1/keys") ResponseEntity<Object> make(HttpServletRequest request) throws IOException {
    var caller = Caller.of(request);
    caller.mustBe(Role.ADMIN);
    var asking = Asking.of(request);
    var body = asking.body(KEY);
    return make(caller, body, asking.key(caller));
  }

  /** Makes a key; said again under the same idempotency key (null: none) it is the one made before, without secret. */
  public ResponseEntity<Object> make(Caller caller, Body body, @Nullable Key key) {
    caller.mustBe(Role.ADMIN);
    var wish = wish(body);
    return once.only(key, () -> {
      var issued = keys.issue(wish);
      return new Once.Made(issued.key().id(), ResponseEntity.status(201).body(view(issued.key(), issued.secret())));
    }, id -> ResponseEntity.status(201).body(view(key(id), null)));
  }

  @PostMapping("/v1/keys/{id}/rotation") ResponseEntity<Object> rotate(HttpServletRequest request,
      @PathVariable String id) throws IOException {
    var caller = Caller.of(request);
    caller.mustBe(Role.ADMIN);
    var asking = Asking.of(request);
    var said = asking.body(ROTATION).duration("overlap");
    var overlap = said == null ? OVERLAP : said;
    if (overlap.compareTo(LONGEST_OVERLAP) > 0) throw Fault.FIELD_VALUE.away("overlap");
    return once.only(asking.key(caller), () -> {
      var issued = keys.rotate(id, overlap).orElseThrow(() -> Fault.NOT_FOUND.away());
      return new Once.Made(issued.key().id(), ResponseEntity.status(201).body(view(issued.key(), issued.secret())));
    }, made -> ResponseEntity.status(201).body(view(key(made), null)));
  }

  private Keys.Wish wish(Body body) {
    var addresses = Set.copyOf(body.ids("addresses"));
    if (!addresses.stream().allMatch(Networks::isOne)) throw Fault.FIELD_VALUE.away("addresses");
    var expires = body.instant("expiresAt");
    if (expires != null && !expires.isAfter(clock.instant())) throw Fault.FIELD_VALUE.away("expiresAt");
    var scopes = body.choices("scopes", Scope.class);
    return new Keys.Wish(body.choice("role", Role.class), body.id("subject"), body.id("person"),
        scopes.isEmpty() ? Set.of(Scope.values()) : scopes, body.has("limit") ? body.number("limit") : Long.MAX_VALUE,
        Set.copyOf(body.ids("conflicts")), body.flag("live"), body.text("name"), addresses, expires);
  }

  @GetMapping("/v1/keys") KeysView all(HttpServletRequest request) {
    return all(Caller.of(request));
  }

  /** All keys, newest first, without their secrets. */
  public KeysView all(Caller caller) {
    caller.mustBe(Role.ADMIN);
    return new KeysView(keys.all().stream().map(it -> view(it, null)).toList());
  }

  @DeleteMapping("/v1/keys/{id}") ResponseEntity<Object> revoke(HttpServletRequest request, @PathVariable String id) {
    return ResponseEntity.ok(revoke(Caller.of(request), id));
  }

  /** Ends a key at once. Turns away when there is none. */
  public KeyView revoke(Caller caller, String id) {
    caller.mustBe(Role.ADMIN);
    if (!keys.revoke(id)) throw Fault.NOT_FOUND.away();
    return view(key(id), null);
  }

  private ApiKey key(String id) {
    return keys.all().stream().filter(it -> it.id().equals(id)).findFirst().orElseThrow(() -> Fault.NOT_FOUND.away());
  }

  private static KeyView view(ApiKey it, @Nullable String secret) {
    return new KeyView(it.id(), it.role(), it.subject(), it.person(), it.scopes().stream().sorted().toList(),
        it.limit(),
        it.conflicts().stream().sorted().toList(), it.live(), it.name(), it.addresses().stream().sorted().toList(),
        it.expiresAt(), it.createdAt(), it.revokedAt(),
        it.lastUsedAt(), secret);
  }

  /** Signing again does no harm, so that a repeat simply gets a new token. */
  @PostMapping("/v1/party-tokens") ResponseEntity<Object> sign(HttpServletRequest request) throws IOException {
    var caller = Caller.of(request);
    caller.mustBe(Role.PLATFORM);
    var body = Asking.of(request).body(TOKEN);
    var life = body.duration("validFor");
    if (life != null && (life.compareTo(PartyTokens.LONGEST) > 0 || life.isZero())) {
      throw Fault.FIELD_VALUE.away("validFor");
    }
    var pass = new PartyTokens.Pass(body.id("party"), body.choice("role", Role.class), body.id("person"),
        body.has("limit") ? body.number("limit") : Long.MAX_VALUE);
    var signed = tokens.sign(caller.subject(), caller.live(), pass, life == null ? PartyTokens.LONGEST : life);
    return ResponseEntity.status(201).body(new TokenView(signed.token(), signed.expires()));
  }

  @PostMapping("/v1/token-keys") ResponseEntity<Object> register(HttpServletRequest request) throws IOException {
    var caller = Caller.of(request);
    caller.mustBe(Role.PLATFORM);
    var asking = Asking.of(request);
    var publicKey = base64(asking.body(TOKEN_KEY).text("publicKey"));
    return once.only(request, asking, () -> {
      var key = tokens.register(caller.subject(), caller.live(), publicKey);
      return new Once.Made(key.id(), ResponseEntity.status(201).body(view(key)));
    }, id -> ResponseEntity.status(201).body(view(tokenKey(caller, id))));
  }

  @GetMapping("/v1/token-keys") TokenKeysView tokenKeys(HttpServletRequest request) {
    var caller = Caller.of(request);
    caller.mustBe(Role.PLATFORM);
    return new TokenKeysView(tokens.of(caller.subject(), caller.live()).stream().map(Access::view).toList());
  }

  @DeleteMapping("/v1/token-keys/{id}") TokenKeyView revokeTokenKey(HttpServletRequest request,
      @PathVariable String id) {
    var caller = Caller.of(request);
    caller.mustBe(Role.PLATFORM);
    if (!tokens.revoke(caller.subject(), id)) throw Fault.NOT_FOUND.away();
    return view(tokenKey(caller, id));
  }

  private TokenKey tokenKey(Caller caller, String id) {
    return tokens.of(caller.subject(), caller.live()).stream().filter(it -> it.id().equals(id)).findFirst()
        .orElseThrow(() -> Fault.NOT_FOUND.away());
  }

  private static TokenKeyView view(TokenKey it) {
    return new TokenKeyView(it.id(), it.privateKey() != null, it.live(), it.createdAt(), it.revokedAt());
  }

  private static byte[] base64(String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw Fault.FIELD_VALUE.away("publicKey");
    }
  }
}
