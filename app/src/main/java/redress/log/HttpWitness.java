package redress.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import redress.seal.Note;
import redress.seal.NoteKey;

/**
 * A witness that is spoken to as C2SP tlog-witness has it (https://c2sp.org/tlog-witness): it is shown each checkpoint
 * with the proof that it goes on from the last one it signed, and signs it.
 */
public final class HttpWitness implements Witness, AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final int LARGEST = 1 << 16;
  private static final int TRIES = 3;

  private final URI address;
  private final NoteKey key;
  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

  /** {@code submissions} is the prefix that {@code /add-checkpoint} is posted under; {@code key} is the witness's. */
  public HttpWitness(URI submissions, NoteKey key) {
    this.address = URI.create(submissions + (submissions.toString().endsWith("/") ? "" : "/") + "add-checkpoint");
    this.key = key;
  }

  @Override public String name() {
    return key.name();
  }

  @Override public boolean watches(boolean live) {
    return true;
  }

  private record Answer(int status, String body) {}

  @Override public Said tell(Telling telling) throws IOException {
    long old = Math.min(telling.known(), telling.checkpoint().size());
    for (int i = 0; i < TRIES; i++) {
      var answer = post(asked(telling, old));
      switch (answer.status()) {
        case 200 -> {
          return kept(telling.note(), answer.body());
        }
        case 422 -> {
          return new Said.Contradicts(old, "it knows another tree of " + old + " entries");
        }
        case 409 -> {
          long size = size(answer.body());
          if (size > telling.checkpoint().size()) {
            return new Said.Contradicts(size, "it knows " + size + " entries");
          }
          if (size == old) return new Said.Contradicts(size, "it knows another tree of " + size + " entries");
          old = size;
        }
        default -> throw new IOException("it answers " + answer.status());
      }
    }
    throw new IOException("it is told by others at the same time");
  }

  private static String asked(Telling telling, long old) {
    var out = new StringBuilder("old ").append(old).append('\n');
    for (var hash : telling.since().apply(old)) out.append(Base64.getEncoder().encodeToString(hash)).append('\n');
    return out.append('\n').append(telling.note().written()).toString();
  }

  private Said kept(Note note, String body) throws IOException {
    try {
      // Lines under other keys are none of ours to judge.
      var lines =
          Note.lines(body).stream().filter(line -> new Note(note.text(), List.of(line)).isSignedBy(key)).toList();
      if (lines.isEmpty()) throw new IOException("it did not sign with the key it is known by");
      return new Said.Kept(lines, Optional.empty());
    } catch (IllegalArgumentException e) {
      throw new IOException("it answers with no signature", e);
    }
  }

  private static long size(String body) throws IOException {
    if (!body.matches("(0|[1-9]\\d{0,17})\n")) throw new IOException("it answers 409 without a size");
    return Long.parseLong(body.strip());
  }

  private Answer post(String body) throws IOException {
    var request = HttpRequest.newBuilder(address).timeout(PATIENCE).header("Content-Type", "text/plain; charset=utf-8")
        .POST(BodyPublishers.ofString(body)).build();
    try {
      var answer = http.send(request, BodyHandlers.ofInputStream());
      try (InputStream in = answer.body()) {
        return new Answer(answer.statusCode(), new String(in.readNBytes(LARGEST), UTF_8));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @Override public void close() {
    http.close();
  }
}
