package redress.command;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.jspecify.annotations.Nullable;

/**
 * Connections to a centre that are kept open, one for each who speaks at the same time. They speak as much HTTP/1.1 as
 * a centre answers with, because in a replay everybody shares the machine with it: a client for all of the web would
 * take as much of it as the centre.
 */
final class Lines implements AutoCloseable {
  private static final int PATIENCE_MS = (int) Duration.ofMinutes(10).toMillis();
  /** A centre hangs up on a line that is silent for longer. */
  private static final long SILENT_NANOS = Duration.ofSeconds(10).toNanos();
  private static final int BUFFER = 16 * 1024;

  private final URI address;
  private final ConcurrentLinkedDeque<Line> free = new ConcurrentLinkedDeque<>();

  /** Lines to a centre at {@code http://host:port}; none is opened before somebody speaks. */
  Lines(String address) {
    this.address = URI.create(address);
  }

  /** What was answered. Names of headers are in small letters; {@code bytes} are none where there is no body. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Answer(int status, Map<String, String> headers, byte[] bytes) {
    String body() {
      return new String(bytes, UTF_8);
    }
  }

  /** Sends a request and waits for its answer. Throws IOException when there is none; then it may have arrived. */
  Answer ask(String method, String path, Map<String, String> headers, byte @Nullable [] body) throws IOException {
    var line = line();
    boolean kept = false;
    try {
      var answer = line.ask(request(method, path, headers, body));
      kept = !"close".equalsIgnoreCase(answer.headers().get("connection"));
      if (kept) free.push(line);
      return answer;
    } finally {
      if (!kept) line.close();
    }
  }

  private Line line() throws IOException {
    for (var line = free.poll(); line != null; line = free.poll()) {
      if (System.nanoTime() - line.spoke < SILENT_NANOS) return line;
      line.close();
    }
    return new Line(new Socket(address.getHost(), address.getPort()));
  }

  private byte[] request(String method, String path, Map<String, String> headers, byte @Nullable [] body) {
    var head = new StringBuilder(method).append(' ').append(path).append(" HTTP/1.1\r\nHost: ")
        .append(address.getAuthority()).append("\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    if (body != null) head.append("Content-Length: ").append(body.length).append("\r\n");
    var bytes = new ByteArrayOutputStream(head.length() + (body == null ? 0 : body.length) + 2);
    bytes.writeBytes(head.append("\r\n").toString().getBytes(ISO_8859_1));
    if (body != null) bytes.writeBytes(body);
    return bytes.toByteArray();
  }

  @Override public void close() {
    for (var line = free.poll(); line != null; line = free.poll()) line.close();
  }

  /** One connection. Used by one thread at a time. */
  private static final class Line {
    private final Socket socket;
    private final InputStream in;
    private long spoke = System.nanoTime();

    Line(Socket socket) throws IOException {
      this.socket = socket;
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(PATIENCE_MS);
      in = new BufferedInputStream(socket.getInputStream(), BUFFER);
    }

    Answer ask(byte[] request) throws IOException {
      socket.getOutputStream().write(request);
      int status = Integer.parseInt(text().split(" ", 3)[1]);
      var headers = new HashMap<String, String>();
      for (var header = text(); !header.isEmpty(); header = text()) {
        int colon = header.indexOf(':');
        headers.put(header.substring(0, colon).toLowerCase(Locale.ROOT), header.substring(colon + 1).strip());
      }
      boolean chunked = "chunked".equalsIgnoreCase(headers.get("transfer-encoding"));
      var body = chunked ? chunks() : bytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
      spoke = System.nanoTime();
      return new Answer(status, headers, body);
    }

    private byte[] chunks() throws IOException {
      var all = new ByteArrayOutputStream();
      for (int size = size(); size > 0; size = size()) {
        all.writeBytes(bytes(size));
        text();
      }
      text();
      return all.toByteArray();
    }

    private int size() throws IOException {
      return Integer.parseInt(text(), 16);
    }

    private byte[] bytes(int count) throws IOException {
      var bytes = in.readNBytes(count);
      if (bytes.length < count) throw new EOFException("the centre hung up");
      return bytes;
    }

    private String text() throws IOException {
      var text = new StringBuilder(64);
      for (int next = in.read(); next != '\n'; next = in.read()) {
        if (next < 0) throw new EOFException("the centre hung up");
        if (next != '\r') text.append((char) next);
      }
      return text.toString();
    }

    void close() {
      try {
        socket.close();
      } catch (IOException _) {
        // It is of no more use either way.
      }
    }
  }
}
