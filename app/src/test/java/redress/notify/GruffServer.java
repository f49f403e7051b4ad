package redress.notify;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** An SMTP server that is polite until it hears who the letter is for. */
final class GruffServer implements AutoCloseable {
  private final ServerSocket door;
  private final String answer;

  GruffServer(String answer) throws IOException {
    this.door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    this.answer = answer;
    Thread.ofVirtual().start(this::serve);
  }

  int port() {
    return door.getLocalPort();
  }

  private void serve() {
    while (!door.isClosed()) {
      try (var caller = door.accept()) {
        talk(caller);
      } catch (IOException e) {
        if (!door.isClosed()) throw new UncheckedIOException(e);
      }
    }
  }

  private void talk(Socket caller) throws IOException {
    var in = new BufferedReader(new InputStreamReader(caller.getInputStream(), US_ASCII));
    var out = new PrintStream(caller.getOutputStream(), true, US_ASCII);
    out.print("220 gruff.example\r\n");
    for (var line = in.readLine(); line != null; line = in.readLine()) {
      out.print((line.startsWith("RCPT") ? answer : "250 as you like") + "\r\n");
      out.flush();
    }
  }

  @Override public void close() throws IOException {
    door.close();
  }
}
