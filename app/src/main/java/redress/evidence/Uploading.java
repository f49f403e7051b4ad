package redress.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import redress.admission.Admission;
import redress.admission.Verdict;
import redress.dispute.DisputeId;
import redress.evidence.Declined.Why;
import redress.store.Kept;
import redress.store.Uploads;
import redress.store.Uploads.Content;
import redress.store.Uploads.Giver;
import redress.store.Uploads.Part;
import redress.store.Uploads.State;
import redress.store.Uploads.Upload;
import redress.vault.Staged;
import redress.vault.TooLargeException;
import redress.vault.Vault;
import redress.vault.VaultFullException;

/**
 * Takes files in, whole or in parts: first the bytes, looked at and kept, and then the line that makes them visible as
 * a draft of their giver. Whatever goes wrong on the way leaves nothing that anybody sees.
 */
public final class Uploading {
  private static final int ID_BYTES = 12;

  private final Uploads uploads;
  private final Vault vault;
  private final Admission admission;
  private final Keeping keeping;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  public Uploading(Uploads uploads, Kept kept, Vault vault, Admission admission, Clock clock) {
    this.uploads = uploads;
    this.vault = vault;
    this.admission = admission;
    this.keeping = new Keeping(vault, kept, clock);
    this.clock = clock;
  }

  /** A file as it was sent: what it is called and said to be, and its bytes, not kept yet. */
  public record Sent(String name, String type, Staged bytes) implements AutoCloseable {
    @Override public void close() {
      try {
        bytes.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** What the bytes of a part must come to, in lower-case hexadecimal digits. */
  public record Checksum(MessageDigest digest, String expected) {
    boolean fits() {
      return HexFormat.of().formatHex(digest.digest()).equals(expected);
    }
  }

  /** Takes the bytes of one file in without keeping them. */
  public Staged stage(InputStream bytes) throws IOException {
    try {
      return vault.stage(bytes, Bounds.FILE);
    } catch (TooLargeException e) {
      throw new Declined(Why.TOO_LARGE, "");
    } catch (VaultFullException e) {
      throw new Declined(Why.FULL, "");
    }
  }

  /** Turns whole files into drafts, all of them or none. Declines what may not come in. */
  public List<Upload> take(DisputeId dispute, Giver giver, List<Sent> files) {
    room(dispute, giver, files.size());
    files.forEach(file -> mustBeCalled(file.name()));
    var seen = files.stream().map(this::look).toList();
    var done = new ArrayList<Upload>();
    for (int i = 0; i < files.size(); i++) {
      var file = files.get(i);
      var draft = blank(dispute, giver, file.name(), file.type(), file.bytes().size())
          .ready(seen.get(i).safeName(), content(file.bytes(), seen.get(i)));
      keep(file.bytes(), draft, uploads::add);
      done.add(draft);
    }
    return done;
  }

  /** Declines a name that nothing here may carry. */
  private static void mustBeCalled(String name) {
    Admission.objection(name).ifPresent(reason -> {
      throw Declined.of(reason, "");
    });
  }

  /** Begins a file of {@code length} bytes that comes in parts. */
  public Upload begin(DisputeId dispute, Giver giver, String name, String type, long length) {
    if (length > Bounds.FILE) throw new Declined(Why.TOO_LARGE, "");
    mustBeCalled(name);
    room(dispute, giver, 1);
    var draft = blank(dispute, giver, name, type, length);
    uploads.begin(draft);
    return draft;
  }

  /** This giver's own file; declines every other as unknown. */
  public Upload own(DisputeId dispute, Giver giver, String id) {
    return uploads.find(dispute, id).filter(it -> it.isOf(giver))
        .orElseThrow(() -> new Declined(Why.UNKNOWN, ""));
  }

  /** This giver's files that are no evidence yet. */
  public List<Upload> drafts(DisputeId dispute, Giver giver) {
    return uploads.ofDispute(dispute).stream().filter(it -> it.isOf(giver) && it.state() != State.GIVEN).toList();
  }

  /**
   * Adds what comes to a file, from byte {@code start} on. Where the line breaks, what had come by then is kept, unless
   * there is a checksum. The last part makes a draft of the file, if it may come in; if not, it is forgotten.
   */
  public Upload append(Upload to, long start, InputStream bytes, @Nullable Checksum checksum) throws IOException {
    if (to.state() != State.COMING || to.received() != start) throw new Declined(Why.OFFSET, "" + to.received());
    var incoming = new Incoming(bytes, checksum == null ? null : checksum.digest());
    try (var staged = vault.stage(incoming, to.length() - start)) {
      if (checksum != null && (incoming.isBroken() || !checksum.fits())) throw new Declined(Why.CHECKSUM, "");
      if (staged.size() > 0) add(to, start, staged);
    } catch (TooLargeException e) {
      throw new Declined(Why.TOO_LARGE, "");
    } catch (VaultFullException e) {
      throw new Declined(Why.FULL, "");
    }
    return finished(own(to.dispute(), to.giver(), to.id()));
  }

  private void add(Upload to, long start, Staged staged) throws IOException {
    keeping.keep(staged, stored -> uploads
        .append(to, new Part(start, stored.size(), stored.sha256()), now())
        .orElseThrow(() -> new Declined(Why.OFFSET, "")));
  }

  /** The file as a draft, if all its parts are there; else as it is. */
  public Upload finished(Upload it) {
    if (it.state() != State.COMING || !it.isComplete()) return it;
    try (var whole = join(it)) {
      var seen = look(new Sent(it.name(), it.declared(), whole));
      var draft = it.ready(seen.safeName(), content(whole, seen));
      keep(whole, draft, ready -> uploads.complete(ready) || again(ready).state() != State.COMING);
    } catch (NoSuchFileException e) {
      return again(it); // somebody else has finished it meanwhile
    } catch (Declined e) {
      if (e.why == Why.NOT_ADMITTED) uploads.drop(it);
      throw e;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return again(it);
  }

  private Upload again(Upload it) {
    return own(it.dispute(), it.giver(), it.id());
  }

  private Staged join(Upload it) throws IOException {
    var streams = new ArrayList<InputStream>();
    for (var part : uploads.parts(it)) streams.add(vault.open(part.sha256()));
    try (var all = new SequenceInputStream(Collections.enumeration(streams))) {
      return vault.stage(all, Bounds.FILE);
    } catch (VaultFullException e) {
      throw new Declined(Why.FULL, "");
    }
  }

  /** Forgets a draft; its bytes go with the next sweep. Declines when it is evidence, or about to be. */
  public void drop(Upload it) {
    if (!uploads.drop(it)) throw new Declined(Why.GIVEN, "");
  }

  /** Keeps a file that was made here, of which nothing needs to be found out. */
  Upload keepOwn(DisputeId dispute, Giver giver, String name, String type, InputStream bytes) {
    room(dispute, giver, 1);
    try (var staged = vault.stage(bytes, Bounds.FILE)) {
      var draft = blank(dispute, giver, name, type, staged.size())
          .ready(name, new Content(staged.sha256(), type, 1));
      keep(staged, draft, uploads::add);
      return draft;
    } catch (TooLargeException e) {
      throw new Declined(Why.TOO_LARGE, "");
    } catch (VaultFullException e) {
      throw new Declined(Why.FULL, "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Verdict.Admitted look(Sent file) {
    return switch (admission.inspect(file.bytes().file(), file.name(), file.type())) {
      case Verdict.Admitted admitted -> admitted;
      case Verdict.Refused(var reason, var detail) -> throw Declined.of(reason, detail);
    };
  }

  private static Content content(Staged bytes, Verdict.Admitted seen) {
    return new Content(bytes.sha256(), seen.mediaType(), seen.pages());
  }

  private void keep(Staged bytes, Upload draft, Predicate<Upload> write) {
    try {
      keeping.keep(bytes, _ -> write.test(draft));
    } catch (VaultFullException e) {
      throw new Declined(Why.FULL, "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void room(DisputeId dispute, Giver giver, int more) {
    if (drafts(dispute, giver).size() + more > Bounds.DRAFTS) throw new Declined(Why.TOO_MANY_DRAFTS, "");
  }

  private Upload blank(DisputeId dispute, Giver giver, String name, String type, long length) {
    var bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    var now = now();
    return new Upload(dispute, "upl_" + HexFormat.of().formatHex(bytes), giver, name, type, State.COMING, length, 0,
        Content.NONE, 0, "", now, now);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
