package redress.desk;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A wire to PostgreSQL that can be cut: at once, or just after the next commit has gone through to the server. */
final class Proxy implements AutoCloseable {
  private static final Pattern COMMIT = Pattern.compile("(S_\\d+)\0\\s*(?i:commit)\0");

  private final ServerSocket door;
  private final int target;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile boolean swallowing;
  private volatile boolean down;
  private final AtomicInteger swallowed = new AtomicInteger();

  Proxy(int target) throws IOException {
    this.target = target;
    this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::welcome);
  }

  int port() {
    return door.getLocalPort();
  }

  /** Lets the next commit through to the server and loses its answer, and the connection with it. */
  void swallowNextCommit() {
    swallowing = true;
  }

  int swallowed() {
    return swallowed.get();
  }

  /** Cuts every connection and lets no new one through. */
  void cut() {
    down = true;
    sockets.forEach(Proxy::hangUp);
  }

  void restore() {
    down = false;
  }

  private void welcome() {
    while (!door.isClosed()) {
      try {
        var client = door.accept();
        if (down) hangUp(client);
        else join(client, new Socket(InetAddress.getLoopbackAddress(), target));
      } catch (IOException _) {
        // The door was closed, or the server is away: the client sees that.
      }
    }
  }

  private void join(Socket client, Socket server) {
    sockets.add(client);
    sockets.add(server);
    var line = new Line(client, server);
    Thread.ofVirtual().start(line::toServer);
    Thread.ofVirtual().start(line::toClient);
  }

  private static void hangUp(Socket socket) {
    try {
      socket.close();
    } catch (IOException _) {
      // It is gone already.
    }
  }

  @Override public void close() throws IOException {
    door.close();
    cut();
  }

  /** One client's connection: what it says is passed on, and what the server says too unless it is to be lost. */
  private final class Line {
    private final Socket client;
    private final Socket server;
    private volatile boolean losing;
    private volatile @Nullable String commit;

    Line(Socket client, Socket server) {
      this.client = client;
      this.server = server;
    }

    void toServer() {
      pump(client, server, false);
    }

    void toClient() {
      pump(server, client, true);
    }

    private void pump(Socket from, Socket to, boolean answers) {
      var buffer = new byte[1 << 16];
      try (InputStream in = from.getInputStream(); OutputStream out = to.getOutputStream()) {
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
          if (!answers && isCommit(buffer, n) && swallowing) {
            swallowing = false;
            losing = true;
          }
          if (answers && losing) {
            swallowed.incrementAndGet();
            break;
          }
          out.write(buffer, 0, n);
          out.flush();
        }
      } catch (IOException _) {
        // Either end hung up.
      } finally {
        hangUp(client);
        hangUp(server);
      }
    }

    /** Whether the client commits: in words, or by the name under which it had the words prepared. */
    private boolean isCommit(byte[] buffer, int n) {
      var said = new String(buffer, 0, n, StandardCharsets.ISO_8859_1);
      var prepared = COMMIT.matcher(said);
      if (prepared.find()) {
        commit = prepared.group(1);
        return true;
      }
      return commit != null && said.contains("\0" + commit + "\0");
    }
  }
}
