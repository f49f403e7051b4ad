package redress.keys;

import java.util.List;
import java.util.Optional;

/** Where keys are kept, in the order of their numbers. */
interface Chest {

  /** A key as it is kept: the note that states it, and its private half (PKCS #8, PEM) until it is retired. */
  record Kept(String statement, Optional<String> secret) {
    /** Without the secret: this may end up in a log. */
    @Override public String toString() {
      return "Kept[" + statement + "]";
    }
  }

  /** All keys of this purpose, the first first. */
  List<Kept> read(Purpose purpose);

  /** Keeps a key under a number that is free. False when somebody else took it meanwhile. */
  boolean add(Purpose purpose, int number, Kept kept);

  /** Forgets the private half of a key for ever. */
  void forget(Purpose purpose, int number);

  /** What it is, for messages. */
  String name();
}
