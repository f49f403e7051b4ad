package redress.door;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import redress.door.Caller.Scope;
import redress.policy.Role;
import redress.seal.Digest;
import redress.store.SignIns;
import redress.store.SignIns.Link;
import redress.store.SignIns.Person;
import redress.store.SignIns.Session;

/**
 * How people come in with a browser until accounts exist: a link that opens once begins a session, which a cookie
 * carries. Only the SHA-256 of link and cookie are kept.
 */
public final class Sessions {
  /** How long a link opens, when nothing else is said. */
  public static final Duration LINK = Duration.ofHours(24);
  /** The longest a link may open. */
  public static final Duration LONGEST_LINK = Duration.ofDays(14);

  private static final Duration STAFF = Duration.ofHours(12);
  private static final Duration PARTY = Duration.ofDays(30);
  private static final Duration STAFF_IDLE = Duration.ofHours(2);
  private static final Duration PARTY_IDLE = Duration.ofDays(7);
  /** How long what is over can still be looked up. */
  private static final Duration KEPT = Duration.ofDays(30);
  private static final int SECRET_BYTES = 32;
  /** Short, since a link may have to fit into an SMS; nobody guesses 128 bits within its life. */
  private static final int LINK_BYTES = 16;
  private static final int ID_BYTES = 8;
  /** Where a path of ours leads: no scheme, no host, nothing a browser could take for one. */
  private static final String OURS = "/(?![/\\\\])[\\w./?=&#%~-]{0,300}";

  private final SignIns store;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();
  private final Fresh<String, Optional<Session>> known;

  public Sessions(SignIns store, Clock clock) {
    this.store = store;
    this.clock = clock;
    this.known = new Fresh<>(hash -> store.see(hash, clock.instant()));
  }

  /** A link's secret, shown once, and the instant (UTC) until which it opens. */
  public record Issued(String secret, Instant expires) {
    @Override public String toString() {
      return "Issued[" + expires + "]";
    }
  }

  /** A session with the secret that its cookie carries. */
  public record Begun(Session session, String secret, String leads) {
    @Override public String toString() {
      return "Begun[" + session.id() + "]";
    }
  }

  /** Whether {@code path} is a page of this server, and nothing a link could lead astray with. */
  public static boolean isOurs(String path) {
    return path.matches(OURS);
  }

  /** A link that lets this person in once and shows the page {@code leads}. Turns away a path that is none of ours. */
  public Issued link(Person person, String leads, Duration life) {
    if (!isOurs(leads)) throw Fault.FIELD_VALUE.away("leads");
    var secret = secret(LINK_BYTES);
    var now = clock.instant();
    store.forget(now.minus(KEPT));
    store.add(Digest.sha256(secret), person, leads, now, now.plus(life));
    return new Issued(secret, now.plus(life));
  }

  /** The link with this secret, used or over or not; empty for none. */
  public Optional<Link> link(String secret) {
    return store.link(Digest.sha256(secret));
  }

  /** Whether the link still opens. */
  public boolean opens(Link link) {
    return link.used() == null && clock.instant().isBefore(link.expires());
  }

  /** Uses a link up; empty when it does not open any more, or when somebody else was quicker. */
  public Optional<Begun> begin(String secret) {
    var hash = Digest.sha256(secret);
    var link = store.link(hash);
    if (link.isEmpty()) return Optional.empty();
    var now = clock.instant();
    var person = link.get().person();
    var cookie = secret(SECRET_BYTES);
    var session = new Session("ses_" + HexFormat.of().formatHex(bytes(ID_BYTES)), person, now, now,
        now.plus(person.role().isStaff() ? STAFF : PARTY), null);
    return store.begin(hash, Digest.sha256(cookie), session)
        ? Optional.of(new Begun(session, cookie, link.get().leads())) : Optional.empty();
  }

  /** The session whose cookie came with the request, unless it is over. */
  public Optional<Session> of(HttpServletRequest request) {
    return cookie(request).flatMap(secret -> known.get(Digest.sha256(secret))).filter(this::goesOn);
  }

  /** What tells the request's session from others; empty without a cookie. */
  public static Optional<String> mark(HttpServletRequest request) {
    return cookie(request).map(Digest::sha256);
  }

  /** Which of the sessions with these marks go on; to be asked so does not count as having been there. */
  public Set<String> goingOn(Collection<String> marks) {
    return store.these(marks).entrySet().stream().filter(it -> goesOn(it.getValue())).map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  private boolean goesOn(Session session) {
    var now = clock.instant();
    var idle = session.person().role().isStaff() ? STAFF_IDLE : PARTY_IDLE;
    return session.ended() == null && now.isBefore(session.expires()) && now.isBefore(session.seen().plus(idle));
  }

  /** The person's sessions that go on, newest first. */
  public List<Session> of(Person person) {
    return store.of(person, clock.instant()).stream().filter(this::goesOn).toList();
  }

  /** Everybody's sessions that go on and speak for {@code subject}, newest first. */
  public List<Session> speaking(String subject, boolean live) {
    return store.speaking(subject, live, clock.instant()).stream().filter(this::goesOn).toList();
  }

  /** Ends one of the person's sessions: this process knows at once, others within a second. False: there is none. */
  public boolean end(Person person, String id) {
    var hash = store.end(person, id, clock.instant());
    hash.ifPresent(known::forget);
    return hash.isPresent();
  }

  /**
   * What a form of this session carries so that no other site can post it: derived from the cookie, which no other site
   * can read. Empty without a cookie.
   */
  public static String guard(HttpServletRequest request) {
    return cookie(request).map(secret -> Digest.sha256("guard:" + secret)).orElse("");
  }

  /** Whether {@code said} is what this session's forms carry. */
  static boolean isGuarded(HttpServletRequest request, String said) {
    var expected = guard(request);
    return !expected.isEmpty() && MessageDigest.isEqual(expected.getBytes(UTF_8), said.getBytes(UTF_8));
  }

  /** The caller a session stands for. */
  static Caller caller(Session session) {
    var it = session.person();
    return new Caller("person:" + it.role() + ":" + it.subject() + ":" + it.person(), it.role(), it.subject(),
        it.person(), Set.of(Scope.READ, Scope.WRITE), it.limit(), it.conflicts(), it.live());
  }

  /** The name of the cookie: over TLS one that browsers keep from everybody else's hands. */
  public static String cookieName(boolean secure) {
    return secure ? "__Host-redress" : "redress";
  }

  private static Optional<String> cookie(HttpServletRequest request) {
    var cookies = request.getCookies();
    if (cookies == null) return Optional.empty();
    var name = cookieName(request.isSecure());
    for (Cookie cookie : cookies) if (cookie.getName().equals(name)) return Optional.of(cookie.getValue());
    return Optional.empty();
  }

  private String secret(int length) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(length));
  }

  private byte[] bytes(int count) {
    var bytes = new byte[count];
    random.nextBytes(bytes);
    return bytes;
  }
}
