package redress;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import redress.command.Check;
import redress.command.Terminal;

/** The program: what can be typed after {@code ./redress} and concerns a running or stored centre. */
@Command(name = "redress", version = "redress 0.1.0", mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Payment disputes, from filing to a verified result.",
    subcommands = {
        HelpCommand.class,
        Check.class,
    })
public final class Redress {
  private Redress() {}

  /** Runs one command and leaves with its exit code. */
  public static void main(String... args) {
    System.exit(Terminal.run(Redress.class, args));
  }
}
