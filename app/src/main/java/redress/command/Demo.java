package redress.command;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import redress.Centre;

/**
 * {@code ./redress demo}: three disputes from filing to a verified result, on a throwaway database and simulated time,
 * told step by step.
 */
@Command(name = "demo", mixinStandardHelpOptions = true,
    description = "Tells three disputes from filing to a verified result, through the API of a real server.")
public final class Demo implements Callable<Integer> {
  private static final List<String> OUTCOMES = List.of("SETTLED_FULFILLED", "SETTLED_ENFORCED", "SETTLED_FULFILLED");

  @Spec CommandSpec spec;

  @Option(names = "--keep",
      description = "Leaves the server running afterwards and prints addresses and keys.") boolean keep;

  @Option(names = "--port", defaultValue = "0", paramLabel = "N",
      description = "Where the server listens; any free port when left out.") int port;

  @Option(names = "--into", paramLabel = "FOLDER",
      description = "Where the bundle and the papers are kept; target/demo of Redress when left out.") Path into =
          Path.of(System.getProperty("redress.home", ""), "target", "demo");

  @Override public Integer call() throws InterruptedException {
    var out = spec.commandLine().getOut();
    out.println("A server with a database of its own is started; everybody speaks to it over HTTP.");
    out.flush();
    Terminal.quiet();
    try (var premises = Premises.throwaway(Centre.Settings.local(port));
        var lines = new Lines(premises.address())) {
      var narrator = new Narrator(out, Terminal.isSeen(),
          ZoneId.of("Asia/Shanghai"));
      var cast = new Cast(lines, premises.firstKey());
      var scenes = new Scenes(narrator, cast);
      var outcomes = scenes.play();
      var judged = Judgement.of(premises.database(), out);
      narrator.say("");
      narrator.say(judged.words());
      var proof = Proof.of(Objects.requireNonNull(scenes.home().get(Keepsake.BUNDLE)), premises.logKey());
      narrator.say("");
      narrator.say("What Li took home, checked by verify/Verify.java alone, which shares nothing with the server:");
      proof.words().lines().forEach(line -> narrator.say("  " + line));
      narrator.say("");
      Keepsake.of(into, scenes.home(), premises.logKey()).words().forEach(out::println);
      if (keep) stay(premises, cast, out);
      out.println();
      out.println("demo: outcome=" + outcomes.getFirst() + " scenes=" + narrator.scenes() + " steps=" + narrator.steps()
          + " days=" + narrator.days() + " notices=" + narrator.notices() + " violations="
          + judged.violations() + " certificate=" + (proof.holds() ? "ok" : "broken"));
      out.flush();
      return judged.violations() == 0 && outcomes.equals(OUTCOMES) && proof.holds() ? 0 : 1;
    }
  }

  private static void stay(Premises premises, Cast cast, PrintWriter out) throws InterruptedException {
    out.println();
    out.println("The server stays at " + premises.address() + " until Ctrl-C; then everything is gone. Keys:");
    cast.keys().forEach((who, secret) -> out.printf("  %-16s %s%n", who, secret));
    out.println("For example: curl -H 'Authorization: Bearer KEY' " + premises.address() + "/v1/disputes");
    out.flush();
    new CountDownLatch(1).await();
  }
}
