package redress.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import redress.keys.Keyring;
import redress.keys.Purpose;
import redress.log.Recomputed;
import redress.log.Sequencer;
import redress.postgres.Database;
import redress.seal.KeyStatement;
import redress.store.Acts;
import redress.store.Entries;
import redress.store.FairPool;
import redress.store.LogBook;

/** {@code ./redress rotate-key}: retires a signing key in favour of a new one. */
@Command(name = "rotate-key", mixinStandardHelpOptions = true,
    description = "Retires a signing key in favour of a new one, which the old one signs, and destroys the old one's"
        + " private half; servers may be working on the database. Prints the new key's line.")
public final class RotateKey implements Callable<Integer> {
  private static final int CONNECTIONS = 3;

  @Spec CommandSpec spec;

  @Parameters(paramLabel = "PURPOSE", description = "What the key signs: log, test-log or result.") String purpose = "";

  @ArgGroup Where where = new Where();

  @Option(names = "--keys", paramLabel = "FOLDER", defaultValue = "${env:REDRESS_KEYS}",
      description = "Where the keys are, if not in the data folder; also from REDRESS_KEYS.")
  @Nullable Path keys;

  @Override public Integer call() {
    var wanted = Arrays.stream(Purpose.values()).filter(it -> it.word.equals(purpose)).findFirst()
        .orElseThrow(() -> new Trouble("there is no key for '" + purpose + "'; it is one of "
            + Arrays.stream(Purpose.values()).map(it -> it.word).collect(Collectors.joining(", "))));
    var folder = folder();
    return where.on(database -> rotate(database, wanted, ring(folder, wanted), folder));
  }

  /** Never made here: a folder that is not there is the wrong one. */
  private Path folder() {
    var named = keys == null || keys.toString().isBlank() ? null : keys;
    if (named == null && where.databaseUrl != null) throw new Trouble("say where the servers' keys are with --keys");
    var folder = (named == null ? where.data.resolve("keys") : named).toAbsolutePath().normalize();
    if (!Files.isDirectory(folder)) throw new Trouble("there is no folder " + folder + "; name the keys' with --keys");
    return folder;
  }

  private static Keyring ring(Path folder, Purpose purpose) {
    try {
      var origin = new StandardEnvironment().getProperty("redress.log.origin", Keyring.ORIGIN);
      var ring = Keyring.in(folder, origin, Clock.systemUTC());
      if (ring.has(purpose)) return ring;
      throw new Trouble("there is no " + purpose.word + " key in " + folder + " to be retired; the first one is made"
          + " when it is needed");
    } catch (Keyring.Unusable e) {
      throw new Trouble("the keys: " + e.getMessage());
    }
  }

  private int rotate(Database database, Purpose purpose, Keyring ring, Path folder) {
    var clock = Clock.systemUTC();
    try (var pool = new FairPool(database.url(), database.user(), database.password(), CONNECTIONS);
        var sequencer = new Sequencer(new LogBook(pool), new Recomputed(new Entries(pool)), ring, List.of(), clock,
            Sequencer.Settings.STANDARD)) {
      var said = sequencer.rotate(purpose);
      new Acts(JdbcClient.create(pool)).write(purpose != Purpose.TEST_LOG, "key.rotated", clock.instant(),
          Map.of("purpose", purpose.name(), "number", said.number(), "key", said.key().line(), "by", "command"));
      print(said, purpose);
      return 0;
    } catch (IllegalStateException refused) {
      throw new Trouble("no key of " + folder + " was retired: " + refused.getMessage());
    } catch (DataAccessException e) {
      throw new Trouble("the database cannot be worked on: " + e.getMostSpecificCause().getMessage());
    }
  }

  private void print(KeyStatement said, Purpose purpose) {
    var out = spec.commandLine().getOut();
    out.printf("key %d of %s signs from %s on%s:%n%s%n", said.number(), purpose.word, said.from(),
        purpose == Purpose.RESULT ? "" : ", trees of more than " + said.size() + " entries", said.key().line());
    out.flush();
  }
}
