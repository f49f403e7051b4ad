package redress.seal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All keys of one name, the first to the current, each handed over to by the one before: whoever trusts the first knows
 * them all, and until where each one's word counts.
 */
public record KeyChain(List<KeyStatement> keys) {

  public KeyChain {
    keys = List.copyOf(keys);
  }

  /**
   * Verifies the statements, oldest first. Throws IllegalArgumentException that names the first that does not hold.
   */
  public static KeyChain of(List<Note> statements) {
    var keys = new ArrayList<KeyStatement>();
    for (var note : statements) {
      var said = KeyStatement.parse(note.text());
      var why = keys.isEmpty() ? begins(said, note) : follows(keys.getLast(), said, note);
      if (!why.isEmpty()) throw new IllegalArgumentException("key " + (keys.size() + 1) + " " + why);
      keys.add(said);
    }
    return new KeyChain(keys);
  }

  private static String begins(KeyStatement said, Note note) {
    if (said.number() != 1) return "is missing";
    return note.isSignedBy(said.key()) ? "" : "did not sign for itself";
  }

  private static String follows(KeyStatement before, KeyStatement said, Note note) {
    if (said.number() != before.number() + 1) return "is missing";
    if (!said.key().name().equals(before.key().name())) return "has another name";
    if (said.from().isBefore(before.from()) || said.size() < before.size()) return "begins before the one before it";
    if (!note.isSignedBy(said.key())) return "did not sign for itself";
    return note.isSignedBy(before.key()) ? "" : "is not signed by the key before it";
  }

  /** The key that signs now. */
  public KeyStatement current() {
    return keys.getLast();
  }

  /** The statement that retires the key with this number; empty for the current one. */
  public Optional<KeyStatement> retirement(int number) {
    return number < keys.size() ? Optional.of(keys.get(number)) : Optional.empty();
  }

  /**
   * The key that proves this checkpoint: it signed it, and the size is one it may speak of. A retired key's word counts
   * up to the size at which it handed over, so that a stolen old key can add nothing. Empty when no key does. Throws
   * IllegalArgumentException when the note is no checkpoint.
   */
  public Optional<KeyStatement> proves(Note note) {
    var checkpoint = Checkpoint.parse(note.text());
    return keys.stream().filter(it -> it.key().name().equals(checkpoint.origin()) && note.isSignedBy(it.key()))
        .filter(it -> it.size() <= checkpoint.size())
        .filter(it -> retirement(it.number()).map(next -> checkpoint.size() <= next.size()).orElse(true)).findFirst();
  }
}
