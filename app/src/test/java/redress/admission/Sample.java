package redress.admission;

import java.util.function.Supplier;

/** A file that is made when it is wanted, with what its giver says of it and what it is for. */
record Sample(String kind, String what, String name, String type, Supplier<byte[]> bytes) {
  static Sample of(String kind, String what, String name, Supplier<byte[]> bytes) {
    return new Sample(kind, what, name, "", bytes);
  }

  Sample called(String other) { return new Sample(kind, what + " called " + other, other, type, bytes); }

  Sample typed(String other) { return new Sample(kind, what + " said to be " + other, name, other, bytes); }

  @Override public String toString() { return kind + ": " + what; }
}
