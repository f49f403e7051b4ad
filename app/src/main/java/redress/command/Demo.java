package redress.command;

import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
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
      description = "Opens a living centre instead: 120 disputes in every state, told by real complaints, with people"
          + " of every role; prints how to come in, and stays until Ctrl-C.") boolean keep;

  @Option(names = "--port", defaultValue = "0", paramLabel = "N",
      description = "Where the server listens; any free port when left out.") int port;

  @Option(names = "--into", paramLabel = "FOLDER",
      description = "Where the bundle and the papers are kept; target/demo of Redress when left out.") Path into =
          folder();

  /** Where the demonstration keeps things when nothing else is said. */
  static Path folder() {
    return Path.of(System.getProperty("redress.home", ""), "target", "demo");
  }

  @Override public Integer call() throws InterruptedException {
    var out = spec.commandLine().getOut();
    if (keep) {
      Terminal.quiet();
      new Staying(out, into).open(port);
      return 0;
    }
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
      out.println();
      out.println("demo: outcome=" + outcomes.getFirst() + " scenes=" + narrator.scenes() + " steps=" + narrator.steps()
          + " days=" + narrator.days() + " notices=" + narrator.notices() + " violations="
          + judged.violations() + " certificate=" + (proof.holds() ? "ok" : "broken"));
      out.flush();
      return judged.violations() == 0 && outcomes.equals(OUTCOMES) && proof.holds() ? 0 : 1;
    }
  }
}
