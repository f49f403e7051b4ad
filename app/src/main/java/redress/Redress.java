package redress;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import redress.command.Check;
import redress.command.Demo;
import redress.command.ImportStatement;
import redress.command.MatchBooks;
import redress.command.Replay;
import redress.command.RotateKey;
import redress.command.SignInLink;
import redress.command.Terminal;
import redress.command.Up;
import redress.command.VerifyLog;

/** The program: what can be typed after {@code ./redress} and concerns a running or stored centre. */
@Command(name = "redress", version = "redress 0.1.0", mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Payment disputes, from filing to a verified result.",
    subcommands = {
        Up.class,
        Demo.class,
        MatchBooks.class,
        Replay.class,
        ImportStatement.class,
        HelpCommand.class,
        Check.class,
        VerifyLog.class,
        RotateKey.class,
        SignInLink.class,
    })
public final class Redress {
  private Redress() {}

  /** Runs one command and leaves with its exit code. */
  public static void main(String... args) {
    System.exit(Terminal.run(Redress.class, args));
  }
}
