package redress.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import redress.seal.Checkpoint;
import redress.seal.Ed25519;
import redress.seal.Merkle;
import redress.seal.Note;
import redress.seal.NoteKey;

/** A witness that listens, keeps what it signed, and refuses whatever does not go on from it (C2SP tlog-witness). */
final class WitnessServer implements AutoCloseable {
  private static final long TIME = 1_772_438_400;

  private final HttpServer server;
  private final KeyPair pair;
  private final Map<String, Checkpoint> known = new HashMap<>();
  private final Map<String, NoteKey> logs = new HashMap<>();
  final NoteKey key;
  /** How many times it was asked. */
  volatile int asked;
  /** Whether it answers at all. */
  volatile boolean up = true;

  private record Answer(int status, String type, String body) {}

  WitnessServer() {
    try {
      pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    key = new NoteKey("witness.example/w1", NoteKey.Kind.COSIGNATURE, pair.getPublic());
    server.createContext("/add-checkpoint", exchange -> {
      try (exchange) {
        send(exchange);
      }
    });
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Lets it know a log. */
  void trust(NoteKey log) {
    logs.put(log.name(), log);
  }

  Checkpoint known(String origin) {
    return known.getOrDefault(origin, new Checkpoint(origin, 0, "0".repeat(64)));
  }

  private synchronized void send(HttpExchange exchange) throws IOException {
    asked++;
    var body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    var answer = up ? answer(body) : new Answer(503, "text/plain", "");
    var bytes = answer.body().getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", answer.type());
    exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  private Answer answer(String body) {
    var parts = body.split("\n\n", 2);
    var head = List.of(parts[0].split("\n", -1));
    var note = Note.parse(parts[1]);
    var said = Checkpoint.parse(note.text());
    var log = logs.get(said.origin());
    if (log == null) return new Answer(404, "text/plain", "");
    if (!note.isSignedBy(log)) return new Answer(403, "text/plain", "");
    long old = Long.parseLong(head.getFirst().substring("old ".length()));
    if (old > said.size()) return new Answer(400, "text/plain", "");
    var last = known.get(said.origin());
    long size = last == null ? 0 : last.size();
    if (old != size) return new Answer(409, "text/x.tlog.size", size + "\n");
    var proof = head.stream().skip(1).map(Base64.getDecoder()::decode).toList();
    if (last != null && old == said.size() && !last.root().equals(said.root())) {
      return new Answer(409, "text/x.tlog.size", size + "\n");
    }
    if (last != null && !Merkle.isConsistent(old, last.rootBytes(), said.size(), said.rootBytes(), proof)) {
      return new Answer(422, "text/plain", "");
    }
    known.put(said.origin(), said);
    return new Answer(200, "text/plain", signed(note));
  }

  private String signed(Note note) {
    var signature = Ed25519.sign(pair.getPrivate(), note.cosigned(TIME));
    var line = note.with(key, ByteBuffer.allocate(Long.BYTES + Ed25519.SIGNATURE).putLong(TIME).put(signature).array())
        .lines().getLast();
    var foreign = new Note.Line("another.example", "00000000", line.signature());
    return String.join("", Stream.of(foreign, line).map(Note.Line::written).toList());
  }

  @Override public void close() {
    server.stop(0);
  }
}
