package redress.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import redress.vault.Vault.Kept;
import redress.vault.Vault.Stored;

/** What every vault promises, wherever its bytes are. */
abstract class VaultContract {
  private static final int LIMIT = 10 << 20;

  /** The vault under test; others may have put something into it. */
  abstract Vault vault();

  @Test void what_was_put_is_read_back_under_its_hash() throws Exception {
    for (int size : new int[] {0, 1, 65_536, 65_537, 3_000_000}) {
      var bytes = bytes(size, size);
      assertThat(vault().put(new ByteArrayInputStream(bytes), LIMIT)).isEqualTo(new Stored(sha256(bytes), size));
      assertThat(vault().has(sha256(bytes))).isTrue();
      assertThat(read(sha256(bytes))).isEqualTo(bytes);
    }
  }

  @Test void what_is_put_again_stays_as_it_is() throws Exception {
    var bytes = bytes(5_000, 11);
    var first = vault().put(new ByteArrayInputStream(bytes), LIMIT);
    var since = kept(first.sha256()).getFirst().since();
    assertThat(vault().put(new ByteArrayInputStream(bytes), LIMIT)).isEqualTo(first);
    assertThat(kept(first.sha256())).singleElement().satisfies(it -> assertThat(it.since()).isEqualTo(since));
    assertThat(read(first.sha256())).isEqualTo(bytes);
  }

  @Test void the_same_bytes_put_by_many_at_once_are_kept_once() throws Exception {
    var bytes = bytes(200_000, 12);
    Callable<Stored> putting = () -> vault().put(new ByteArrayInputStream(bytes), LIMIT);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var done : threads.invokeAll(Collections.nCopies(16, putting))) {
        assertThat(done.get()).isEqualTo(new Stored(sha256(bytes), bytes.length));
      }
    }
    assertThat(kept(sha256(bytes))).hasSize(1);
    assertThat(read(sha256(bytes))).isEqualTo(bytes);
  }

  @Test void what_is_staged_is_not_kept_and_gone_once_it_is_closed() throws Exception {
    var bytes = bytes(70_000, 13);
    var staged = vault().stage(new ByteArrayInputStream(bytes), LIMIT);
    assertThat(Files.readAllBytes(staged.file())).isEqualTo(bytes);
    assertThat(staged.sha256()).isEqualTo(sha256(bytes));
    assertThat(vault().has(staged.sha256())).isFalse();
    staged.close();
    assertThat(staged.file()).doesNotExist();
  }

  @Test void one_byte_too_many_is_refused_and_leaves_nothing() throws Exception {
    var bytes = bytes(1_001, 14);
    assertThatThrownBy(() -> vault().put(new ByteArrayInputStream(bytes), 1_000))
        .isInstanceOfSatisfying(TooLargeException.class, e -> assertThat(e.limit()).isEqualTo(1_000));
    assertThat(vault().has(sha256(bytes))).isFalse();
    assertThat(vault().put(new ByteArrayInputStream(bytes), 1_001).size()).isEqualTo(1_001);
  }

  @Test void a_stream_that_breaks_leaves_nothing() throws Exception {
    var bytes = bytes(100_000, 15);
    var half = sha256(Arrays.copyOf(bytes, 50_000));
    assertThatThrownBy(() -> vault().put(breaking(bytes, 50_000), LIMIT)).hasMessage("the caller went away");
    assertThat(vault().has(half)).isFalse();
  }

  @Test void what_is_missing_or_misnamed_is_said() {
    assertThatThrownBy(() -> vault().open("0".repeat(64)).close()).isInstanceOf(NoSuchFileException.class);
    for (var name : List.of("../../etc/passwd", "", "A".repeat(64), "0".repeat(63), "/" + "0".repeat(63))) {
      assertThatThrownBy(() -> vault().has(name)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> vault().open(name).close()).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> vault().delete(name)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test void what_is_deleted_is_gone_and_can_be_put_again() throws Exception {
    var bytes = bytes(9_999, 16);
    var name = vault().put(new ByteArrayInputStream(bytes), LIMIT).sha256();
    vault().delete(name);
    vault().delete(name);
    assertThat(vault().has(name)).isFalse();
    assertThatThrownBy(() -> vault().open(name).close()).isInstanceOf(NoSuchFileException.class);
    vault().put(new ByteArrayInputStream(bytes), LIMIT);
    assertThat(read(name)).isEqualTo(bytes);
  }

  @Test void everything_kept_is_listed_with_its_size_and_since_when() throws Exception {
    var before = Clock.systemUTC().instant().minusSeconds(5);
    var name = vault().put(new ByteArrayInputStream(bytes(777, 17)), LIMIT).sha256();
    assertThat(kept(name)).singleElement().satisfies(it -> {
      assertThat(it.size()).isEqualTo(777);
      assertThat(it.since()).isBetween(before, Clock.systemUTC().instant().plusSeconds(5));
    });
  }

  private List<Kept> kept(String sha256) throws IOException {
    var found = new ArrayList<Kept>();
    vault().list(it -> {
      if (it.sha256().equals(sha256)) found.add(it);
    });
    return found;
  }

  final byte[] read(String sha256) throws IOException {
    try (var in = vault().open(sha256)) {
      return in.readAllBytes();
    }
  }

  static byte[] bytes(int size, long seed) {
    var bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  static String sha256(byte[] bytes) throws NoSuchAlgorithmException {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private static InputStream breaking(byte[] bytes, int after) {
    return new SequenceInputStream(new ByteArrayInputStream(bytes, 0, after), new InputStream() {
      @Override public int read() throws IOException {
        throw new IOException("the caller went away");
      }

      @Override public int read(byte[] into, int from, int length) throws IOException {
        return read();
      }
    });
  }
}
