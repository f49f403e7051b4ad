package redress.admission;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A small virus scanner that speaks clamd's INSTREAM over TCP or a Unix socket, with signatures of its own. */
final class ScannerServer implements AutoCloseable {
  /** How it behaves: as it should, or as a scanner in trouble does. */
  enum Mood {
    WELL, SILENT, HANGS_UP, CONFUSED, LIMITED
  }

  private final ServerSocketChannel door;
  private final Map<String, String> signatures;
  private final List<Integer> scanned = new CopyOnWriteArrayList<>();
  private final List<SocketChannel> open = new CopyOnWriteArrayList<>();
  private volatile Mood mood = Mood.WELL;

  /** Listens there; {@code signatures} has what it looks for in a file, and the name it knows that by. */
  ScannerServer(SocketAddress address, Map<String, String> signatures) throws IOException {
    this.signatures = signatures;
    door = address instanceof UnixDomainSocketAddress ? ServerSocketChannel.open(java.net.StandardProtocolFamily.UNIX)
        : ServerSocketChannel.open();
    door.bind(address);
    Thread.ofVirtual().start(this::serve);
  }

  SocketAddress address() throws IOException { return door.getLocalAddress(); }

  void is(Mood now) { mood = now; }

  /** How many bytes each file had that was scanned. */
  List<Integer> scanned() { return scanned; }

  private void serve() {
    while (door.isOpen()) {
      try {
        var caller = door.accept();
        open.add(caller);
        Thread.ofVirtual().start(() -> answer(caller));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void answer(SocketChannel caller) {
    try {
      if (mood == Mood.HANGS_UP) {
        caller.close();
        return;
      }
      var said = heard(Channels.newInputStream(caller));
      if (mood == Mood.SILENT) return;
      caller.write(ByteBuffer.wrap((said + "\0").getBytes(ISO_8859_1)));
      caller.close();
    } catch (IOException e) {
      // The caller went away; there is nobody to tell.
    }
  }

  private String heard(InputStream from) throws IOException {
    var in = new DataInputStream(from);
    var command = new StringBuilder();
    for (int one = in.read(); one > 0; one = in.read()) command.append((char) one);
    if (!command.toString().equals("zINSTREAM")) return "UNKNOWN COMMAND";
    var file = new ByteArrayOutputStream();
    for (int length = in.readInt(); length > 0; length = in.readInt()) file.write(in.readNBytes(length));
    scanned.add(file.size());
    return switch (mood) {
      case LIMITED -> "INSTREAM size limit exceeded. ERROR";
      case CONFUSED -> "what?";
      default -> verdict(file.toString(ISO_8859_1));
    };
  }

  private String verdict(String file) {
    return signatures.entrySet().stream().filter(it -> file.contains(it.getKey())).findFirst().map(it -> "stream: " + it
        .getValue() + " FOUND").orElse("stream: OK");
  }

  @Override public void close() throws IOException {
    door.close();
    for (var caller : open) caller.close();
  }
}
