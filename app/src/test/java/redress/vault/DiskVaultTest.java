package redress.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A vault in a folder: the promises of every vault, and those about its files. */
class DiskVaultTest extends VaultContract {
  @TempDir Path folder;
  private DiskVault vault;

  @BeforeEach void open() throws IOException {
    vault = new DiskVault(folder, 0);
  }

  @Override Vault vault() {
    return vault;
  }

  @Test void another_vault_on_the_same_folder_finds_what_was_kept() throws Exception {
    var bytes = bytes(4_000, 1);
    vault.put(new ByteArrayInputStream(bytes), 5_000);
    assertThat(new DiskVault(folder, 0).open(sha256(bytes)).readAllBytes()).isEqualTo(bytes);
  }

  @Test void nothing_stays_in_the_staging_folder() throws Exception {
    vault.put(new ByteArrayInputStream(bytes(4_000, 2)), 5_000);
    assertThatThrownBy(() -> vault.put(new ByteArrayInputStream(bytes(4_000, 2)), 3_999))
        .isInstanceOf(TooLargeException.class);
    assertThat(staging()).isEmpty();
  }

  @Test void bytes_that_rotted_come_back_when_they_are_given_again() throws Exception {
    var bytes = bytes(4_000, 3);
    var name = vault.put(new ByteArrayInputStream(bytes), 5_000).sha256();
    var file = folder.resolve("kept").resolve(name.substring(0, 2)).resolve(name);
    var rotten = bytes.clone();
    rotten[17] ^= 1;
    Files.write(file, rotten);
    vault.put(new ByteArrayInputStream(bytes), 5_000);
    assertThat(read(name)).isEqualTo(bytes);
    try (var beside = Files.list(folder)) {
      assertThat(beside.filter(it -> it.getFileName().toString().startsWith("rotten-" + name))).singleElement()
          .satisfies(it -> assertThat(Files.readAllBytes(it)).isEqualTo(rotten));
    }
  }

  @Test void what_was_abandoned_is_cleared_away_and_what_is_coming_in_is_not() throws Exception {
    var now = Clock.systemUTC().instant();
    var old = vault.stage(new ByteArrayInputStream(bytes(100, 4)), 100);
    var fresh = vault.stage(new ByteArrayInputStream(bytes(100, 5)), 100);
    Files.setLastModifiedTime(old.file(), FileTime.from(now.minus(Duration.ofHours(2))));
    vault.clear(now, Duration.ofHours(1));
    assertThat(staging()).containsExactly(fresh.file());
  }

  @Test void a_disk_without_room_is_said_before_anything_is_written() throws Exception {
    var all = new DiskVault(folder, Long.MAX_VALUE);
    assertThatThrownBy(() -> all.put(new ByteArrayInputStream(bytes(10, 6)), 100))
        .isInstanceOf(VaultFullException.class);
    assertThat(staging()).isEmpty();
  }

  @Test void a_throwaway_is_gone_once_it_is_closed() throws Exception {
    var passing = DiskVault.throwaway();
    Path file;
    try (passing; var staged = passing.stage(new ByteArrayInputStream(bytes(10, 7)), 100)) {
      file = staged.file();
      passing.keep(staged);
      assertThat(file).exists();
    }
    assertThat(file.resolve("../..")).doesNotExist();
  }

  @Test void where_nothing_can_be_kept_is_said_in_words() {
    assertThatThrownBy(() -> Vaults.open("/proc/nowhere", _ -> null)).isInstanceOf(Vaults.Unusable.class)
        .hasMessageContaining("/proc/nowhere");
    assertThatThrownBy(() -> Vaults.open(folder.toString(), _ -> "much")).isInstanceOf(Vaults.Unusable.class)
        .hasMessageContaining("redress.vault.spare");
  }

  private List<Path> staging() throws IOException {
    try (var files = Files.list(folder.resolve("staging"))) {
      return files.toList();
    }
  }
}
