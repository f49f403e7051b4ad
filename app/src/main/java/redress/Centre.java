package redress;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.bridge.SLF4JBridgeHandler;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import redress.connect.Accounts;
import redress.desk.DeskSettings;
import redress.postgres.Database;

/** A running centre: every room put together over one database, listening on one port. */
public final class Centre implements AutoCloseable {
  private final ConfigurableApplicationContext context;

  private Centre(ConfigurableApplicationContext context) {
    this.context = context;
  }

  /**
   * How a centre runs: its port (0: any free one) on which address, by which clock, how its desk works, with which
   * accounts at providers beside the wallet, where its vault is (nothing: a temporary folder), in which folder the keys
   * it signs with are (nothing: in memory), and how it is reached.
   */
  public record Settings(int port, String address, Clock clock, DeskSettings desk, Accounts accounts, String vault,
      String keys, Reach reach) {
    /** On the loopback address, by the system's clock. */
    public static Settings local(int port) {
      return new Settings(port, "127.0.0.1", Clock.systemUTC(), DeskSettings.STANDARD, Accounts.NONE, "", "",
          Reach.PLAIN);
    }

    /** The same by another clock. */
    public Settings by(Clock other) {
      return new Settings(port, address, other, desk, accounts, vault, keys, reach);
    }

    /** The same with these accounts at providers. */
    public Settings with(Accounts others) {
      return new Settings(port, address, clock, desk, others, vault, keys, reach);
    }

    /** The same with its files there: a folder or {@code s3://bucket/prefix}. */
    public Settings keeping(String files) {
      return new Settings(port, address, clock, desk, accounts, files, keys, reach);
    }

    /** The same with the keys it signs with in this folder. */
    public Settings signing(String folder) {
      return new Settings(port, address, clock, desk, accounts, vault, folder, reach);
    }

    /** The same, reached so. */
    public Settings reached(Reach other) {
      return new Settings(port, address, clock, desk, accounts, vault, keys, other);
    }
  }

  /**
   * Brings the database up to date and opens the doors. {@code owner} is a role that may create roles and schemas.
   * Throws when the database or the port cannot be had.
   */
  public static Centre open(Database owner, Settings settings) {
    // Whoever opened it closes it, and only they: a hook closing it at the same time makes close() return too early,
    // and the database is taken away under what is still being finished.
    var builder = new SpringApplicationBuilder(Wiring.class).bannerMode(Banner.Mode.OFF).logStartupInfo(false)
        .registerShutdownHook(false).properties(properties(settings))
        .initializers(context -> {
          var beans = (GenericApplicationContext) context;
          beans.registerBean(Database.class, () -> owner);
          beans.registerBean(Settings.class, () -> settings);
        });
    bridge();
    leaveLoggingAlone(builder.application());
    return new Centre(builder.run());
  }

  /**
   * How a process logs is set up once, by logback.xml. Each application would set it up anew at its start and give it
   * up at its end, under the feet of whatever else runs in the process: logback does not survive that.
   */
  private static void leaveLoggingAlone(SpringApplication application) {
    application.setListeners(
        application.getListeners().stream().filter(it -> !(it instanceof LoggingApplicationListener)).toList());
  }

  /** What is logged by way of java.util.logging (the web server, the database's driver) goes where all else goes. */
  private static synchronized void bridge() {
    if (SLF4JBridgeHandler.isInstalled()) return;
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
  }

  private static Map<String, Object> properties(Settings settings) {
    var all = new HashMap<String, Object>();
    all.put("server.port", settings.port());
    all.put("server.address", settings.address());
    all.put("server.shutdown", "graceful");
    // A caller that sends too much is answered, not cut off.
    all.put("server.tomcat.max-swallow-size", "64MB");
    all.put("server.tomcat.accept-count", 1_000);
    all.put("server.compression.enabled", true);
    all.put("server.compression.mime-types", "text/html,text/css,text/javascript,image/svg+xml,application/json");
    all.put("spring.threads.virtual.enabled", true);
    // Forms with files are read as they come, by the one who takes them.
    all.put("spring.servlet.multipart.enabled", false);
    all.put("spring.web.resources.add-mappings", false);
    all.put("spring.flyway.enabled", false);
    all.put("spring.jmx.enabled", false);
    all.put("management.endpoints.web.exposure.include", "health,prometheus");
    all.put("management.endpoint.health.probes.enabled", true);
    all.putAll(settings.reach().properties());
    return all;
  }

  /** The port it listens on. */
  public int port() {
    var server = ((ServletWebServerApplicationContext) context).getWebServer();
    if (server == null) throw new IllegalStateException("the doors are not open");
    return server.getPort();
  }

  /** The one object of this kind in the centre. */
  public <T> T the(Class<T> kind) {
    return context.getBean(kind);
  }

  /** The one of this kind that has this name, where there are several. */
  public <T> T the(String name, Class<T> kind) {
    return context.getBean(name, kind);
  }

  @Override public void close() {
    context.close();
  }
}
