package redress.seal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A JSON text being written anew in canonical form, in one pass; members are moved only where they are out of order.
 */
final class Rewriting {
  private static final int DEEPEST = 200;
  private static final int MOST_DIGITS = 16;

  private final String in;
  private final StringBuilder out;
  private int at;
  private int depth;

  /** A member of an object: its name, and where it stands in what is written. */
  private record Member(String name, int from, int to) {}

  Rewriting(String json) {
    this.in = json;
    this.out = new StringBuilder(json.length());
  }

  String done() {
    value();
    blanks();
    if (at != in.length()) throw wrong();
    return out.toString();
  }

  private void value() {
    blanks();
    switch (peek()) {
      case '{' -> object();
      case '[' -> list();
      case '"' -> Canonical.quote(text(), out);
      case 't' -> word("true");
      case 'f' -> word("false");
      case 'n' -> word("null");
      default -> number();
    }
  }

  private void object() {
    deeper();
    int start = out.length() + 1;
    boolean sorted = true;
    var members = new ArrayList<Member>();
    out.append('{');
    for (boolean more = opens('}'); more; more = goesOn('}')) {
      int from = out.length();
      blanks();
      var name = text();
      Canonical.quote(name, out);
      blanks();
      take(':');
      out.append(':');
      value();
      sorted &= members.isEmpty() || members.getLast().name().compareTo(name) < 0;
      members.add(new Member(name, from, out.length()));
      out.append(',');
    }
    if (!sorted) sort(members, start);
    if (!members.isEmpty()) out.setLength(out.length() - 1);
    out.append('}');
    depth--;
  }

  private void sort(List<Member> members, int start) {
    members.sort(Comparator.comparing(Member::name));
    var moved = new StringBuilder(out.length() - start);
    for (int i = 0; i < members.size(); i++) {
      var member = members.get(i);
      if (i > 0 && members.get(i - 1).name().equals(member.name())) throw wrong();
      moved.append(out, member.from(), member.to()).append(',');
    }
    out.setLength(start);
    out.append(moved);
  }

  private void list() {
    deeper();
    out.append('[');
    boolean any = false;
    for (boolean more = opens(']'); more; more = goesOn(']')) {
      if (any) out.append(',');
      any = true;
      value();
    }
    out.append(']');
    depth--;
  }

  private void deeper() {
    at++;
    if (++depth > DEEPEST) throw wrong();
  }

  /** Whether anything stands before {@code end}, which is passed if not. */
  private boolean opens(char end) {
    blanks();
    if (peek() != end) return true;
    at++;
    return false;
  }

  private boolean goesOn(char end) {
    blanks();
    if (peek() == ',') {
      at++;
      return true;
    }
    take(end);
    return false;
  }

  private String text() {
    take('"');
    int from = at;
    for (char c = peek(); c != '"'; c = peek()) {
      if (c == '\\') return escaped(from);
      if (c < 0x20) throw wrong();
      at++;
    }
    return in.substring(from, at++);
  }

  private String escaped(int from) {
    var text = new StringBuilder().append(in, from, at);
    for (char c = peek(); c != '"'; c = peek()) {
      at++;
      if (c == '\\') text.append(escape());
      else if (c < 0x20) throw wrong();
      else text.append(c);
    }
    at++;
    return text.toString();
  }

  private char escape() {
    char c = peek();
    at++;
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> {
        int code = 0;
        for (int i = 0; i < 4; i++) {
          int digit = Character.digit(peek(), 16);
          if (digit < 0) throw wrong();
          code = code * 16 + digit;
          at++;
        }
        yield (char) code;
      }
      default -> throw wrong();
    };
  }

  private void number() {
    int from = at;
    if (peek() == '-') at++;
    int digits = at;
    while (at < in.length() && in.charAt(at) >= '0' && in.charAt(at) <= '9') at++;
    int count = at - digits;
    if (count == 0 || count > MOST_DIGITS || (count > 1 && in.charAt(digits) == '0')) throw wrong();
    Canonical.number(Long.parseLong(in, from, at, 10), out);
  }

  private void word(String word) {
    if (!in.startsWith(word, at)) throw wrong();
    at += word.length();
    out.append(word);
  }

  private void blanks() {
    while (at < in.length() && in.charAt(at) <= ' ' && " \t\n\r".indexOf(in.charAt(at)) >= 0) at++;
  }

  private char peek() {
    if (at >= in.length()) throw wrong();
    return in.charAt(at);
  }

  private void take(char wanted) {
    if (peek() != wanted) throw wrong();
    at++;
  }

  private IllegalArgumentException wrong() {
    return new IllegalArgumentException("no canonical form: at " + at);
  }
}
