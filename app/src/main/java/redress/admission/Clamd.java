package redress.admission;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/**
 * ClamAV's scanner as a server, spoken to by its INSTREAM command (clamd(8)): the file is sent, no path is, so that it
 * may run elsewhere and under another user.
 */
public final class Clamd implements Scanner {
  /** How long one file may take to be scanned. */
  public static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final int CHUNK = 65_536;
  private static final int LONGEST_ANSWER = 4_096;

  private final SocketAddress address;
  private final Duration patience;

  private Clamd(SocketAddress address, Duration patience) {
    this.address = address;
    this.patience = patience;
  }

  /**
   * The scanner at this address: {@code host:port}, or the path of a Unix socket; none where it is empty.
   *
   * @throws IllegalArgumentException when it is neither
   */
  public static Scanner at(String address, Duration patience) {
    if (address.isBlank()) return NONE;
    var plain = address.strip().replaceFirst("^(tcp|unix):(//)?", "");
    if (plain.startsWith("/")) return new Clamd(UnixDomainSocketAddress.of(plain), patience);
    int colon = plain.lastIndexOf(':');
    if (colon < 1 || !plain.substring(colon + 1).matches("[0-9]{1,5}")) {
      throw new IllegalArgumentException("clamd's address is host:port or the path of its socket, not " + address);
    }
    var host = plain.substring(0, colon).replaceAll("^\\[|]$", "");
    return new Clamd(new InetSocketAddress(host, Integer.parseInt(plain.substring(colon + 1))), patience);
  }

  @Override public String nameOfHarm(Path file) throws IOException {
    try (var talk = new Talk(System.nanoTime() + patience.toNanos())) {
      talk.connect();
      talk.send(ByteBuffer.wrap("zINSTREAM\0".getBytes(UTF_8)));
      talk.send(file);
      return harmIn(talk.answer());
    }
  }

  private static String harmIn(String answer) throws IOException {
    var said = answer.replaceFirst("^stream: ", "").strip();
    if (said.equals("OK")) return "";
    if (said.endsWith(" FOUND")) return said.substring(0, said.length() - " FOUND".length());
    throw new IOException("clamd says: " + said);
  }

  /** One connection, with an end in time for all that is said on it. */
  private final class Talk implements AutoCloseable {
    private final long end;
    private final SocketChannel channel;
    private final Selector selector = Selector.open();

    Talk(long end) throws IOException {
      this.end = end;
      channel = address instanceof UnixDomainSocketAddress ? SocketChannel.open(StandardProtocolFamily.UNIX)
          : SocketChannel.open();
    }

    @Override public void close() throws IOException {
      try (selector) {
        channel.close();
      }
    }

    void connect() throws IOException {
      channel.configureBlocking(false);
      // A Unix socket answers at once or not at all.
      if (channel.connect(address)) return;
      await(SelectionKey.OP_CONNECT);
      channel.finishConnect();
    }

    void send(ByteBuffer bytes) throws IOException {
      while (bytes.hasRemaining()) if (channel.write(bytes) == 0) await(SelectionKey.OP_WRITE);
    }

    void send(Path file) throws IOException {
      var chunk = ByteBuffer.allocate(CHUNK);
      var length = ByteBuffer.allocate(4);
      try (var in = FileChannel.open(file, StandardOpenOption.READ)) {
        while (in.read(chunk) >= 0) {
          chunk.flip();
          send(length.clear().putInt(chunk.remaining()).flip());
          send(chunk);
          chunk.clear();
        }
      }
      send(length.clear().putInt(0).flip());
    }

    /** What comes until a zero byte or the end. */
    String answer() throws IOException {
      var answer = ByteBuffer.allocate(LONGEST_ANSWER);
      while (answer.hasRemaining()) {
        int count = channel.read(answer);
        if (count == 0) await(SelectionKey.OP_READ);
        if (count < 0 || (count > 0 && answer.get(answer.position() - 1) == 0)) break;
      }
      return new String(answer.array(), 0, answer.position(), UTF_8).replace("\0", "");
    }

    private void await(int what) throws IOException {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (left <= 0) throw new SocketTimeoutException("clamd is silent");
      var key = channel.register(selector, what);
      selector.select(left);
      selector.selectedKeys().clear();
      if (!key.isValid()) throw new IOException("clamd hung up");
    }
  }
}
