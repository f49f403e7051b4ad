package redress.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import redress.seal.Checkpoint;
import redress.seal.Note;

/**
 * A file elsewhere, on another disk or machine, to which every checkpoint is appended: notes one after another, an
 * empty
 * line behind each. It is only ever appended to, and what is in it is on the disk before anything goes on.
 */
public final class FileWitness implements Witness {
  /** A checkpoint's three lines and the empty one. */
  private static final int LINES = 4;

  private final Path file;
  private final Map<String, Note> latest = new HashMap<>();
  private long read;

  public FileWitness(Path file) {
    this.file = file;
  }

  @Override public String name() {
    return "file:" + file.toAbsolutePath().normalize();
  }

  @Override public boolean watches(boolean live) {
    return true;
  }

  @Override public synchronized Optional<Note> latest(String origin) throws IOException {
    readOn();
    return Optional.ofNullable(latest.get(origin));
  }

  @Override public synchronized Said tell(Telling telling) throws IOException {
    readOn();
    var known = latest.get(telling.checkpoint().origin());
    if (known != null) {
      var checkpoint = Checkpoint.parse(known.text());
      if (checkpoint.equals(telling.checkpoint())) return Said.Kept.SILENTLY;
      if (checkpoint.size() >= telling.checkpoint().size()) {
        return new Said.Contradicts(checkpoint.size(), "it has a checkpoint of " + checkpoint.size() + " entries");
      }
    }
    append(telling.note());
    return Said.Kept.SILENTLY;
  }

  private void append(Note note) throws IOException {
    boolean fresh = !Files.exists(file);
    try (var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
        StandardOpenOption.APPEND)) {
      // Whole in one write; where a crash tore one off, the next begins on a line of its own.
      var bytes = ByteBuffer.wrap(("\n" + note.written() + "\n").getBytes(UTF_8));
      while (bytes.hasRemaining()) channel.write(bytes);
      channel.force(true);
    }
    if (!fresh) return;
    try (var folder = FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
      folder.force(true);
    }
  }

  /** Takes in what was added since it was last read, by whatever process. */
  private void readOn() throws IOException {
    if (!Files.exists(file)) return;
    try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
      if (channel.size() < read) {
        latest.clear();
        read = 0;
      }
      channel.position(read);
      take(new BufferedReader(Channels.newReader(channel, UTF_8)), this::take);
      read = channel.size();
    }
  }

  /**
   * All checkpoints in such a file, in the order in which they were told. Throws IOException when it cannot be read.
   */
  public static List<Note> kept(Path file) throws IOException {
    var all = new ArrayList<Note>();
    try (var reader = Files.newBufferedReader(file, UTF_8)) {
      take(reader, all::add);
    }
    return all;
  }

  /** Three lines, an empty one, and signatures: whatever a crash tore off before them is passed over. */
  private static void take(BufferedReader reader, Consumer<Note> each) throws IOException {
    var text = new ArrayDeque<String>();
    var signatures = new StringBuilder();
    for (var line = reader.readLine(); line != null; line = reader.readLine()) {
      if (line.startsWith("\u2014 ")) {
        signatures.append(line).append('\n');
        continue;
      }
      if (!signatures.isEmpty()) take(String.join("\n", text) + "\n" + signatures, each);
      signatures.setLength(0);
      text.addLast(line);
      if (text.size() > LINES) text.removeFirst();
    }
    if (!signatures.isEmpty()) take(String.join("\n", text) + "\n" + signatures, each);
  }

  private static void take(String written, Consumer<Note> each) {
    try {
      var note = Note.parse(written);
      Checkpoint.parse(note.text());
      each.accept(note);
    } catch (IllegalArgumentException torn) {
      // Half of a note that a crash left says nothing; the next one is whole.
    }
  }

  private void take(Note note) {
    var checkpoint = Checkpoint.parse(note.text());
    var known = latest.get(checkpoint.origin());
    if (known == null || Checkpoint.parse(known.text()).size() <= checkpoint.size()) {
      latest.put(checkpoint.origin(), note);
    }
  }
}
