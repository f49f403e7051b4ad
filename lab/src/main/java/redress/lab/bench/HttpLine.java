package redress.lab.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One kept-open connection that speaks as much HTTP/1.1 as an API answers with: a lean client, so that the
 * measurement is of the server and not of its own generator. Used by one thread.
 */
final class HttpLine implements AutoCloseable {
  private final int port;
  private final byte[] buffer = new byte[32 * 1024];
  private int from;
  private int to;
  private @Nullable Socket socket;

  HttpLine(int port) {
    this.port = port;
  }

  /** What was answered; {@code location} and {@code body} are empty when there is none. */
  record Reply(int status, String location, String body) {}

  /** Posts JSON with a key and an idempotency key. */
  Reply post(String path, String secret, String once, String json) throws IOException {
    var body = json.getBytes(UTF_8);
    var head = "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + secret
        + "\r\nContent-Type: application/json\r\nIdempotency-Key: " + once + "\r\nContent-Length: " + body.length
        + "\r\n\r\n";
    var bytes = new byte[head.length() + body.length];
    System.arraycopy(head.getBytes(ISO_8859_1), 0, bytes, 0, head.length());
    System.arraycopy(body, 0, bytes, head.length(), body.length);
    var open = socket == null ? open() : socket;
    open.getOutputStream().write(bytes);
    return reply(open.getInputStream());
  }

  private Socket open() throws IOException {
    var fresh = new Socket(InetAddress.getLoopbackAddress(), port);
    fresh.setTcpNoDelay(true);
    socket = fresh;
    from = to = 0;
    return fresh;
  }

  private Reply reply(InputStream in) throws IOException {
    int status = Integer.parseInt(line(in).substring(9, 12));
    var location = "";
    long length = 0;
    boolean closes = false;
    boolean chunked = false;
    for (var header = line(in); !header.isEmpty(); header = line(in)) {
      int colon = header.indexOf(':');
      var value = header.substring(colon + 1).strip();
      switch (header.substring(0, colon).toLowerCase(Locale.ROOT)) {
        case "content-length" -> length = Long.parseLong(value);
        case "transfer-encoding" -> chunked = value.equalsIgnoreCase("chunked");
        case "connection" -> closes = value.equalsIgnoreCase("close");
        case "location" -> location = value;
        default -> {}
      }
    }
    var body = new StringBuilder();
    if (!chunked) take(in, length, status, body);
    else chunks(in, status, body);
    if (closes) close();
    return new Reply(status, location, body.toString());
  }

  private void chunks(InputStream in, int status, StringBuilder body) throws IOException {
    for (int size = size(in); size > 0; size = size(in)) {
      take(in, size, status, body);
      line(in);
    }
    line(in);
  }

  private int size(InputStream in) throws IOException {
    return Integer.parseInt(line(in), 16);
  }

  /** Passes over a body; only what is refused is read for its reason. */
  private void take(InputStream in, long length, int status, StringBuilder body) throws IOException {
    long left = length;
    while (left > 0) {
      if (from == to) fill(in);
      int part = (int) Math.min(left, to - from);
      if (status >= 300) body.append(new String(buffer, from, part, UTF_8));
      from += part;
      left -= part;
    }
  }

  private String line(InputStream in) throws IOException {
    var line = new StringBuilder();
    while (true) {
      if (from == to) fill(in);
      int end = from;
      while (end < to && buffer[end] != '\n') end++;
      line.append(new String(buffer, from, end - from, ISO_8859_1));
      from = end;
      if (end == to) continue;
      from++;
      int length = line.length();
      if (length > 0 && line.charAt(length - 1) == '\r') line.setLength(length - 1);
      return line.toString();
    }
  }

  private void fill(InputStream in) throws IOException {
    from = 0;
    to = in.read(buffer);
    if (to < 0) throw new EOFException("the server hung up");
  }

  @Override public void close() throws IOException {
    if (socket != null) socket.close();
    socket = null;
  }
}
