package redress.lab;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import redress.command.Terminal;

/** The bench of instruments: what can be typed after {@code ./redress} and proves or measures. */
@Command(name = "redress", version = "redress 0.1.0", mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Tools that prove and measure.",
    subcommands = {
        HelpCommand.class,
        redress.lab.simulate.Simulate.class,
        redress.lab.explore.Explore.class,
        redress.lab.mutant.Mutants.class,
        redress.lab.mutant.Trial.class,
        redress.lab.bench.Bench.class,
        redress.lab.bench.BooksBench.class,
        redress.lab.bench.UploadsBench.class,
        redress.lab.bench.LogBench.class,
        redress.lab.bench.PagesBench.class,
    })
public final class Lab {
  private Lab() {}

  /** Runs one command and leaves with its exit code. */
  public static void main(String... args) {
    System.exit(Terminal.run(Lab.class, args));
  }
}
