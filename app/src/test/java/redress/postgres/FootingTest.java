package redress.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FootingTest {

  @TempDir Path folder;

  @Test void in_a_folder_of_an_unprivileged_user_the_server_runs_as_that_user() throws Exception {
    assumeTrue(Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), "only root can give files away");
    var nobody = new Footing.Unprivileged(Footing.NOBODY, Footing.NOBODY);
    nobody.own(folder);
    var data = Files.createDirectory(folder.resolve("data"));
    var home = Files.createDirectory(data.resolve("postgres"));
    nobody.own(data);
    nobody.own(home);
    var options = Options.throwaway().withCache(folder.resolve("cache"));
    assertThat(Footing.on(home)).isEqualTo(nobody);
    try (var postgres = EmbeddedPostgres.start(data, options)) {
      assertThat(Files.getAttribute(Path.of("/proc/" + postgres.pid()), "unix:uid")).isEqualTo(Footing.NOBODY);
      assertThat(Sql.ask(postgres.database(), "select 1")).containsExactly("1");
    }
  }

  @Test void two_first_starts_at_once_share_one_unpacked_copy() throws Exception {
    var cache = folder.resolve("cache");
    Callable<Binaries> unpack = () -> Binaries.in(cache);
    try (var threads = Executors.newFixedThreadPool(2)) {
      var both = threads.invokeAll(List.of(unpack, unpack));
      assertThat(both.get(0).get()).isEqualTo(both.get(1).get());
      assertThat(both.get(0).get().program("postgres")).isExecutable();
    }
    try (var left = Files.list(cache)) {
      assertThat(left).hasSize(1);
    }
  }
}
