package redress.keys;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import redress.keys.Chest.Kept;
import redress.seal.KeyChain;
import redress.seal.KeyStatement;
import redress.seal.Note;
import redress.seal.NoteKey;
import redress.seal.NoteKey.Kind;

/**
 * The keys of this platform by purpose, kept outside the database. Each purpose has a chain: the first key speaks for
 * itself, every later one is signed by the one before it, whose private half is then destroyed. What other processes do
 * to the same folder is seen at the next use.
 */
public final class Keyring {
  /** The log's origin when none is set. */
  public static final String ORIGIN = "redress.local/log";
  private static final int LINE = 64;
  private static final String BEGIN = "-----BEGIN PRIVATE KEY-----\n";
  private static final String END = "-----END PRIVATE KEY-----\n";

  private final Chest chest;
  private final String origin;
  private final Clock clock;
  private final Map<Purpose, Verified> verified = new ConcurrentHashMap<>();

  /** A chain that holds, and the statements it was made of. */
  private record Verified(List<String> statements, KeyChain chain) {}

  private Keyring(Chest chest, String origin, Clock clock) {
    this.chest = chest;
    this.origin = origin;
    this.clock = clock;
  }

  /** Keys cannot be had from where they are; the message says why and what to do. */
  public static final class Unusable extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    Unusable(String why, @Nullable Throwable cause) {
      super(why + "; put it right, bring the folder back from a copy, or name another with --keys", cause);
    }
  }

  /**
   * The keys in {@code folder}, which is made when missing; {@code origin} names the log. Throws Unusable when one that
   * is there cannot be read or is not what it was.
   */
  public static Keyring in(Path folder, String origin, Clock clock) {
    try {
      var keys = new Keyring(new FolderChest(folder), origin, clock);
      for (var purpose : Purpose.values()) if (keys.has(purpose)) keys.current(purpose);
      return keys;
    } catch (UncheckedIOException e) {
      throw new Unusable(e.getMessage() + (e.getCause() == null ? "" : ": " + e.getCause().getMessage()), e);
    } catch (IllegalStateException e) {
      throw new Unusable(String.valueOf(e.getMessage()), e);
    }
  }

  /** Whether there is a key of this purpose yet. Throws UncheckedIOException when it cannot be read. */
  public boolean has(Purpose purpose) {
    return !chest.read(purpose).isEmpty();
  }

  /** Keys that nobody keeps. */
  public static Keyring inMemory(String origin, Clock clock) {
    return new Keyring(new MemoryChest(), origin, clock);
  }

  /** The name that keys of this purpose sign as; of a log it is the origin. */
  public String name(Purpose purpose) {
    return origin + purpose.suffix;
  }

  /** The key that signs now, made when first asked for. Throws IllegalStateException when the chain is broken. */
  public SigningKey current(Purpose purpose) {
    var kept = begun(purpose);
    var chain = chain(purpose, kept);
    var secret = kept.getLast().secret().orElseThrow(
        () -> new IllegalStateException("the private half of the current key is missing in " + chest.name()));
    return new SigningKey(chain.current().key(), secret(secret, "the " + purpose.word + " key in " + chest.name()));
  }

  /** Every key of this purpose there ever was, verified. Throws IllegalStateException when the chain is broken. */
  public KeyChain all(Purpose purpose) {
    return chain(purpose, begun(purpose));
  }

  /** The signed statements that make up the chain, oldest first, for publishing. */
  public List<Note> statements(Purpose purpose) {
    return begun(purpose).stream().map(it -> Note.parse(it.statement())).toList();
  }

  /**
   * Retires the current key in favour of a new one, signed by both. {@code size}: from which size of the tree on only
   * the new key may sign; 0 when it signs no tree. The retired key's private half is destroyed. Throws
   * IllegalStateException when somebody else rotates at the same time.
   */
  public KeyStatement rotate(Purpose purpose, long size) {
    var retiring = current(purpose);
    var number = all(purpose).current().number() + 1;
    var pair = pair();
    var key = new NoteKey(name(purpose), Kind.PLAIN, pair.getPublic());
    var said = new KeyStatement(number, key, clock.instant().truncatedTo(ChronoUnit.SECONDS), size);
    var signed = retiring.sign(new SigningKey(key, pair.getPrivate()).sign(Note.of(said.text())));
    KeyChain.of(Stream.concat(statements(purpose).stream(), Stream.of(signed)).toList());
    if (!chest.add(purpose, number, new Kept(signed.written(), Optional.of(pem(pair.getPrivate()))))) {
      throw new IllegalStateException("somebody else has just made a new " + purpose.word + " key");
    }
    chest.forget(purpose, number - 1);
    return said;
  }

  private List<Kept> begun(Purpose purpose) {
    var kept = chest.read(purpose);
    if (!kept.isEmpty()) return kept;
    var pair = pair();
    var key = new NoteKey(name(purpose), Kind.PLAIN, pair.getPublic());
    var said = new KeyStatement(1, key, clock.instant().truncatedTo(ChronoUnit.SECONDS), 0);
    var note = new SigningKey(key, pair.getPrivate()).sign(Note.of(said.text()));
    // Whoever loses the race reads the winner's.
    var _ = chest.add(purpose, 1, new Kept(note.written(), Optional.of(pem(pair.getPrivate()))));
    return chest.read(purpose);
  }

  /** The same statements, to the byte, are verified once. */
  private KeyChain chain(Purpose purpose, List<Kept> kept) {
    var statements = kept.stream().map(Kept::statement).toList();
    var known = verified.get(purpose);
    if (known != null && known.statements().equals(statements)) return known.chain();
    var chain = chain(statements);
    verified.put(purpose, new Verified(statements, chain));
    return chain;
  }

  private KeyChain chain(List<String> statements) {
    try {
      var chain = KeyChain.of(statements.stream().map(Note::parse).toList());
      var name = chain.current().key().name();
      if (!name.startsWith(origin)) {
        throw new IllegalStateException("the keys in " + chest.name() + " are those of " + name + ", not of " + origin);
      }
      return chain;
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException("the keys in " + chest.name() + " do not follow from each other: "
          + e.getMessage(), e);
    }
  }

  /** The public RESULT keys as a JWK set (RFC 7517, RFC 8037); {@code nbf} and {@code exp} bound when each signed. */
  public Map<String, Object> jwks() {
    var chain = all(Purpose.RESULT);
    return Map.of("keys", chain.keys().stream().map(it -> jwk(it, chain)).toList());
  }

  private static Map<String, Object> jwk(KeyStatement it, KeyChain chain) {
    var jwk = new LinkedHashMap<String, Object>();
    jwk.put("kty", "OKP");
    jwk.put("crv", "Ed25519");
    jwk.put("x", SigningKey.x(it.key().key()));
    jwk.put("kid", SigningKey.id(it.key().key()));
    jwk.put("use", "sig");
    jwk.put("alg", "EdDSA");
    jwk.put("nbf", it.from().getEpochSecond());
    chain.retirement(it.number()).ifPresent(next -> jwk.put("exp", next.from().getEpochSecond()));
    return jwk;
  }

  private static KeyPair pair() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has Ed25519", e);
    }
  }

  private static String pem(PrivateKey key) {
    return BEGIN + Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(key.getEncoded()) + "\n" + END;
  }

  private static PrivateKey secret(String pem, String what) {
    try {
      var bytes = Base64.getMimeDecoder().decode(pem.replace(BEGIN, "").replace(END, ""));
      return KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(bytes));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IllegalStateException("the private half of " + what + " is none", e);
    }
  }
}
