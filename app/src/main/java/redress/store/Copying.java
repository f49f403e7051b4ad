package redress.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import redress.dispute.DisputeId;
import redress.dispute.Home;

/** Movements on their way into the temporary table {@code staged}, as lines of PostgreSQL's COPY in text form. */
final class Copying implements AutoCloseable {
  private static final int PIECE = 1 << 16;
  private static final Pattern OURS = Pattern.compile("(dsp_[0-9a-f]{19})(?:-(?:r(\\d{1,9})|o(\\d{1,9})))?");
  private static final int ID_BYTES = 16;

  private final boolean live;
  private final CopyIn copy;
  private final MessageDigest digest;
  private final StringBuilder piece = new StringBuilder(2 * PIECE);

  Copying(Connection connection, boolean live) throws SQLException {
    this.live = live;
    this.copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn("copy staged from stdin");
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  void take(Movement it) throws SQLException {
    var named = named(it);
    var id = named.flatMap(found -> DisputeId.parse(found.group(1)));
    var called = it.called().isEmpty() ? it.reference() : it.called();
    int calledHome = Home.of(called);
    cell(it.line()).cell(it.own().isEmpty() ? "f" : "t").cell(id(it)).cell(id.map(DisputeId::home).orElse(calledHome))
        .cell(calledHome).cell(it.book()).cell(it.kind().name()).cell(it.state().name()).cell(it.reference())
        .cell(it.providerId()).cell(it.called()).cell(it.alias().equals(it.called()) ? "" : it.alias())
        .cell(id.map(DisputeId::toString).orElse("")).cell(number(id, named, 2)).cell(number(id, named, 3))
        .cell(it.minor()).cell(it.currency()).cell(it.fee()).cell(it.counterparty()).cell(it.memo())
        .cell(it.at().toString());
    piece.setCharAt(piece.length() - 1, '\n');
    if (piece.length() > PIECE) flush();
  }

  /** What the movement names of ours: in the payer's reference, else in the memo, else in the payment's name. */
  private static Optional<Matcher> named(Movement it) {
    for (var words : new String[] {it.reference(), it.memo(), it.called()}) {
      if (!words.contains("dsp_")) continue;
      var found = OURS.matcher(words);
      if (found.find()) return Optional.of(found);
    }
    return Optional.empty();
  }

  private static int number(Optional<DisputeId> id, Optional<Matcher> named, int group) {
    if (id.isEmpty()) return 0;
    return named.map(found -> found.group(group)).map(Integer::parseInt).orElse(0);
  }

  /** Follows from what the provider calls it, or else from all that is told of it. */
  private String id(Movement it) {
    part(live ? it.book() : "test\t" + it.book());
    part(it.kind().name());
    if (it.own().isEmpty()) {
      part(it.at().toString());
      part(Long.toString(it.minor()));
      part(it.currency());
      for (var words : new String[] {it.reference(), it.providerId(), it.called(), it.alias(), it.counterparty(),
          it.memo()})
        part(words);
    } else {
      part("");
      part(it.own());
    }
    return HexFormat.of().formatHex(digest.digest(), 0, ID_BYTES);
  }

  private void part(String text) {
    digest.update(text.getBytes(UTF_8));
    digest.update((byte) 0);
  }

  private Copying cell(long number) {
    piece.append(number).append('\t');
    return this;
  }

  private Copying cell(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '\\' -> piece.append("\\\\");
        case '\t', '\n', '\r' -> piece.append(' ');
        case '\0' -> {}
        default -> piece.append(c);
      }
    }
    piece.append('\t');
    return this;
  }

  private void flush() throws SQLException {
    var bytes = piece.toString().getBytes(UTF_8);
    copy.writeToCopy(bytes, 0, bytes.length);
    piece.setLength(0);
  }

  /** All is told. */
  void end() throws SQLException {
    flush();
    copy.endCopy();
  }

  @Override public void close() throws SQLException {
    if (copy.isActive()) copy.cancelCopy();
  }
}
