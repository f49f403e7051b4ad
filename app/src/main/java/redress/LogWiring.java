package redress;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import redress.keys.Keyring;
import redress.log.Log;
import redress.log.LogSettings;
import redress.log.Recomputed;
import redress.log.Sequencer;
import redress.log.Witnesses;
import redress.notify.WitnessMail;
import redress.stamp.TimeStamps;
import redress.store.Acts;
import redress.store.Entries;
import redress.store.LogBook;
import redress.store.LogWitnesses;

/** How the log is put together, runs, and is watched; and what is signed and stamped with. */
@Configuration(proxyBeanMethods = false)
class LogWiring {
  private static final int SLICE = Sequencer.Settings.STANDARD.slice();

  /** Whoever says from outside when something was there; nobody unless the settings name one. */
  @Bean @Nullable TimeStamps timeStamps(Environment options) {
    return TimeStamps.read(options::getProperty).orElse(null);
  }

  /** What the log and the result records are signed with. */
  @Bean Keyring keyring(Centre.Settings settings, Environment options, Clock clock) {
    var origin = options.getProperty("redress.log.origin", Keyring.ORIGIN);
    return settings.keys().isEmpty() ? Keyring.inMemory(origin, clock)
        : Keyring.in(Path.of(settings.keys()), origin, clock);
  }

  @Bean LogBook logBook(DataSource pool) {
    return new LogBook(pool);
  }

  @Bean Acts acts(JdbcClient sql) {
    return new Acts(sql);
  }

  @Bean LogWitnesses logWitnesses(JdbcClient sql) {
    return new LogWitnesses(sql);
  }

  @Bean LogSettings logSettings(Environment settings, Optional<TimeStamps> stamps, Clock clock) {
    var read = LogSettings.read(settings::getProperty, stamps);
    return WitnessMail.read(settings::getProperty, clock).<LogSettings>map(read::with).orElse(read);
  }

  @Bean Sequencer sequencer(LogBook book, DataSource pool, Keyring keys, LogSettings settings, Clock clock) {
    return new Sequencer(book, new Recomputed(new Entries(pool)), keys, settings.witnesses(), clock,
        new Sequencer.Settings(settings.interval(), SLICE));
  }

  @Bean Log log(LogBook book, Keyring keys, Sequencer sequencer) {
    return new Log(book, keys, sequencer);
  }

  /** Runs from here on, and stops before what it needs is closed. */
  @Bean Witnesses witnesses(LogBook book, LogWitnesses standings, Log log, LogSettings settings, Clock clock,
      Sequencer sequencer) {
    var witnesses = new Witnesses(book, standings, log, settings.witnesses(), clock);
    witnesses.start();
    if (!settings.interval().isZero()) sequencer.start(witnesses::wake);
    return witnesses;
  }

  /** Down while a tree is not what was signed, or a witness says so: nothing of it may wait until somebody looks. */
  @Bean HealthIndicator logHealth(Sequencer sequencer, Witnesses witnesses) {
    return new AbstractHealthIndicator("What the log says of itself cannot be read now") {
      @Override protected void doHealthCheck(Health.Builder health) {
        var troubles = new ArrayList<>(witnesses.alarms());
        sequencer.trouble(true).ifPresent(troubles::add);
        sequencer.trouble(false).ifPresent(troubles::add);
        if (troubles.isEmpty()) health.up();
        else health.down().withDetail("log", troubles);
      }
    };
  }

  @Bean MeterBinder logFigures(LogBook book, Sequencer sequencer, Witnesses witnesses, Clock clock) {
    return meters -> {
      for (boolean live : new boolean[] {true, false}) {
        var tree = live ? "live" : "test";
        Gauge.builder("redress.log.checkpoint.age", book, it -> age(it, live, clock)).tag("tree", tree)
            .description("Seconds since the last checkpoint was signed").register(meters);
        Gauge.builder("redress.log.size", book, it -> it.size(live)).tag("tree", tree)
            .description("Entries with a number").register(meters);
        Gauge.builder("redress.log.alarm", sequencer, it -> it.trouble(live).isPresent() ? 1 : 0).tag("tree", tree)
            .description("1 while nothing is signed, because what is stored is not what was signed").register(meters);
      }
      Gauge.builder("redress.log.waiting", book, LogBook::waiting)
          .description("Committed entries that have no number yet").register(meters);
      Gauge.builder("redress.log.witness.late", witnesses, it -> it.late().toSeconds())
          .description("Seconds for which a witness could not be told").register(meters);
      Gauge.builder("redress.log.witness.alarm", witnesses, it -> it.alarms().size())
          .description("Witnesses that know more than the log, or something else").register(meters);
    };
  }

  private static double age(LogBook book, boolean live, Clock clock) {
    return book.published(live).map(it -> Duration.between(it.at(), clock.instant()).toSeconds()).orElse(0L);
  }
}
