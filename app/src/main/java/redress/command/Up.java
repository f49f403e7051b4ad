package redress.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import redress.Centre;
import redress.Reach;
import redress.Tls;
import redress.connect.Accounts;
import redress.desk.Desk;
import redress.limit.Rates;
import redress.policy.Role;

/** {@code ./redress up}: starts the server and keeps it running until it is told to stop. */
@Command(name = "up", mixinStandardHelpOptions = true,
    description = "Starts the server with a PostgreSQL of its own, or on yours.")
public final class Up implements Callable<Integer> {
  private static final int HIGHEST_PORT = 65_535;

  @Spec CommandSpec spec;

  @Option(names = "--port", defaultValue = "8080", paramLabel = "N",
      description = "Where it listens; 0 takes any free port. ${DEFAULT-VALUE} when left out.") int port;

  @Option(names = "--address", defaultValue = "127.0.0.1", paramLabel = "IP",
      description = "The address it listens on; 0.0.0.0 for all. ${DEFAULT-VALUE} when left out.") String address;

  @Option(names = "--data", defaultValue = "data", paramLabel = "FOLDER",
      description = "Where its own PostgreSQL keeps everything. ${DEFAULT-VALUE} when left out.") Path data;

  @Option(names = "--database-url", paramLabel = "URL",
      description = "A PostgreSQL 15 or newer instead: postgresql://host:5432/redress, for a role that may create"
          + " roles. User and password also from PGUSER and PGPASSWORD. Several servers may share it.")
  @Nullable String databaseUrl;

  @Option(names = "--providers", paramLabel = "FILE", defaultValue = "${env:REDRESS_PROVIDERS}",
      description = "The accounts at payment providers, as docs/providers.md describes the file; also from"
          + " REDRESS_PROVIDERS. Only the built-in wallet when left out.")
  @Nullable Path providers;

  @Option(names = "--vault", paramLabel = "PLACE", defaultValue = "${env:REDRESS_VAULT}",
      description = "Where files are kept: a folder, or s3://bucket/prefix; also from REDRESS_VAULT. The folder vault"
          + " in --data when left out. Servers that share a database share it.")
  @Nullable String vault;

  @Option(names = "--keys", paramLabel = "FOLDER", defaultValue = "${env:REDRESS_KEYS}",
      description = "Where the keys are that it signs the log and the result records with; also from REDRESS_KEYS. The"
          + " folder keys in --data when left out. Servers that share a database share it.")
  @Nullable Path keys;

  @Option(names = "--tls-certificate", paramLabel = "FILE", defaultValue = "${env:REDRESS_TLS_CERTIFICATE}",
      description = "Its certificate and the chain behind it, in PEM; also from REDRESS_TLS_CERTIFICATE. Plain HTTP"
          + " when left out.")
  @Nullable Path certificate;

  @Option(names = "--tls-key", paramLabel = "FILE", defaultValue = "${env:REDRESS_TLS_KEY}",
      description = "The private key of the certificate, in PEM; also from REDRESS_TLS_KEY. Renewed files are served"
          + " within seconds.")
  @Nullable Path certificateKey;

  @Option(names = "--behind", paramLabel = "IP", split = ",", defaultValue = "${env:REDRESS_BEHIND}",
      description = "The addresses of proxies in front of it, which are believed when they say from where a request"
          + " came and whether over TLS; also from REDRESS_BEHIND. Nobody is believed when left out.")
  @Nullable List<String> proxies;

  @Option(names = "--limit", paramLabel = "KIND=N", split = ",", defaultValue = "${env:REDRESS_LIMIT}",
      description = "How many requests a minute are taken, for all servers on the database together: of an ADDRESS, a"
          + " CALLER, a PLATFORM, about a DISPUTE, to SIGN_IN, REFUSED before; 0 for no bound. Also from REDRESS_LIMIT."
          + " docs/operator.md has the usual ones.")
  @Nullable Map<Rates.Kind, Long> limits;

  @Override public Integer call() throws InterruptedException {
    long began = System.nanoTime();
    check();
    var local = Centre.Settings.local(port);
    var settings = new Centre.Settings(port, address, local.clock(), local.desk(), accounts(), vault(), keys(),
        reach(local.clock().instant()));
    var out = spec.commandLine().getOut();
    var running = new AtomicReference<@Nullable Premises>();
    var stopping = new AtomicBoolean();
    // Both ways to stop, Ctrl-C and SIGTERM, end the JVM: what is to be said last is said there.
    Runtime.getRuntime().addShutdownHook(new Thread(() -> {
      stopping.set(true);
      stop(running.get(), out, began);
    }, "stop"));
    try {
      var premises = databaseUrl == null ? Premises.in(data, settings) : Premises.on(databaseUrl, settings);
      running.set(premises);
      welcome(premises, out);
    } catch (RuntimeException e) {
      // Told to stop while it was starting, it has nothing to complain about.
      if (!stopping.get()) throw e;
    }
    new CountDownLatch(1).await();
    return 0;
  }

  /** Turns away what nothing can listen on, before anything is started. */
  private void check() {
    if (port < 0 || port > HIGHEST_PORT) {
      throw new ParameterException(spec.commandLine(), "--port goes from 0 to " + HIGHEST_PORT + ", not " + port);
    }
    try {
      var _ = InetAddress.getByName(address);
    } catch (UnknownHostException e) {
      throw new ParameterException(spec.commandLine(), "--address " + address + " is no address");
    }
  }

  private Reach reach(Instant now) {
    return new Reach(tls(now), believed(), rates());
  }

  private Rates rates() {
    try {
      return Rates.standard(limits == null ? Map.of() : limits);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--limit: " + e.getMessage());
    }
  }

  private Tls tls(Instant now) {
    boolean certified = certificate != null && !certificate.toString().isBlank();
    boolean keyed = certificateKey != null && !certificateKey.toString().isBlank();
    if (!certified && !keyed) return Tls.NONE;
    if (certificate == null || certificateKey == null || !certified || !keyed) {
      throw new ParameterException(spec.commandLine(), "--tls-certificate and --tls-key go together");
    }
    try {
      return Tls.of(certificate, certificateKey, now);
    } catch (Tls.Unusable e) {
      throw new Trouble("TLS: " + e.getMessage());
    }
  }

  private List<String> believed() {
    if (proxies == null) return List.of();
    var all = proxies.stream().map(String::strip).filter(it -> !it.isEmpty()).toList();
    for (var one : all) {
      try {
        var _ = InetAddress.ofLiteral(one);
      } catch (IllegalArgumentException e) {
        throw new ParameterException(spec.commandLine(), "--behind takes IP addresses, and " + one + " is none");
      }
    }
    return all;
  }

  private String keys() {
    return (keys == null || keys.toString().isBlank() ? data.resolve("keys") : keys).toString();
  }

  private String vault() {
    return vault == null || vault.isBlank() ? data.resolve("vault").toString() : vault.strip();
  }

  private Accounts accounts() {
    if (providers == null || providers.toString().isBlank()) return Accounts.NONE;
    try {
      return Accounts.read(providers);
    } catch (IllegalArgumentException e) {
      throw new Trouble("the accounts at providers: " + e.getMessage());
    }
  }

  private void welcome(Premises premises, PrintWriter out) {
    out.println("Redress listens on " + premises.address() + (address.equals("127.0.0.1") ? "" : " (" + address + ")"));
    out.println(databaseUrl == null ? "Its data is in " + data.toAbsolutePath().normalize()
        : "Its data is at " + premises.database().url());
    if (premises.lacksKeyOf(Role.ADMIN)) firstKey(premises, out);
    out.println("Ctrl-C stops it.");
    out.flush();
  }

  /** Nobody has a key yet, and there is no default one: the first goes into a file that only its owner can read. */
  private void firstKey(Premises premises, PrintWriter out) {
    var file = data.toAbsolutePath().normalize().resolve("first-admin-key");
    if (!premises.firstKey(secret -> write(file, secret))) return;
    out.println();
    out.println("This is the first start. The first key, role ADMIN, is in " + file + ";");
    out.println("make the host platform's key with it, and delete the file:");
    out.println();
    out.println("  curl -s " + premises.address() + "/v1/keys -H \"Authorization: Bearer $(cat '" + file + "')\" \\");
    out.println("    -H 'Content-Type: application/json' \\");
    out.println("    -d '{\"role\":\"PLATFORM\",\"subject\":\"my-platform\",\"live\":true}'");
    out.println();
  }

  private static void write(Path file, String secret) {
    try {
      Files.createDirectories(file.getParent());
      Files.deleteIfExists(file);
      var owner = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
      Files.createFile(file, owner);
      Files.writeString(file, secret + "\n", StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new Trouble(
          "the first key cannot be written to " + file + " (" + e + "); choose another folder with --data");
    }
  }

  private static void stop(@Nullable Premises premises, PrintWriter out, long began) {
    if (premises == null) return;
    var desk = premises.centre().the(Desk.class).figures();
    int port = premises.centre().port();
    int restarts = premises.restarts();
    premises.close();
    out.println("up: port=" + port + " commands=" + desk.done() + " refused=" + desk.refused() + " database_restarts="
        + restarts + " seconds=" + Duration.ofNanos(System.nanoTime() - began).toSeconds());
    out.flush();
  }
}
