package redress.lab.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import redress.lab.bench.Load.Caller;
import redress.lab.bench.Load.Step;

/** A server that answers whatever arrives without looking at it: what is left is the generator's own cost. */
final class EmptyServer implements AutoCloseable {
  private static final byte[] ANSWER =
      ("HTTP/1.1 200 \r\nContent-Type: application/json\r\nContent-Length: 3000\r\n\r\n" + " ".repeat(3_000))
          .getBytes(ISO_8859_1);

  private final ServerSocket doors = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());

  EmptyServer() throws IOException {
    Thread.startVirtualThread(this::open);
  }

  private void open() {
    while (!doors.isClosed()) {
      try {
        var caller = doors.accept();
        caller.setTcpNoDelay(true);
        Thread.startVirtualThread(() -> answer(caller));
      } catch (IOException _) {
        return;
      }
    }
  }

  private static void answer(Socket caller) {
    var asked = new byte[8 * 1024];
    try (caller) {
      while (caller.getInputStream().read(asked) > 0) caller.getOutputStream().write(ANSWER);
    } catch (IOException _) {
      // The caller has left.
    }
  }

  /** Somebody who asks this server over and over. */
  Caller caller() {
    var line = new HttpLine(doors.getLocalPort());
    return () -> {
      line.post("/v1/disputes/dsp_0000000000000000000/messages", "rk_test_nobody", "once",
          "{\"text\":\"The lamp came with a crack in its foot; I would keep it for less.\"}");
      return Step.DONE;
    };
  }

  @Override public void close() throws IOException {
    doors.close();
  }
}
