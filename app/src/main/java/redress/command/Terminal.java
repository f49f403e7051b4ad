package redress.command;

import java.io.Console;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The line a person typed: finds the command it names, runs it and says in one sentence what was wrong with it. */
public final class Terminal {
  private Terminal() {}

  /**
   * Runs what {@code args} say.
   *
   * @param menu a class annotated with picocli's {@code @Command} that lists the commands there are
   * @return the exit code: 0 done, 1 failed, 2 not understood
   */
  public static int run(Class<?> menu, String... args) {
    return of(menu).execute(args);
  }

  /** For commands that tell a story: the log speaks up only when something is wrong. */
  static void quiet() {
    if (System.getProperty("redress.log") == null) System.setProperty("redress.log", "WARN");
  }

  /** Whether somebody looks at it, who did not ask for plain text (no-color.org). */
  static boolean isSeen() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent()
        && System.getenv("NO_COLOR") == null;
  }

  static CommandLine of(Class<?> menu) {
    return new CommandLine(menu)
        .setParameterExceptionHandler(Terminal::misunderstood)
        .setExecutionExceptionHandler(Terminal::failed)
        .setCaseInsensitiveEnumValuesAllowed(true);
  }

  private static int misunderstood(ParameterException wrong, String[] args) {
    var command = wrong.getCommandLine();
    var err = command.getErr();
    err.println("redress: " + wrong.getMessage());
    UnmatchedArgumentException.printSuggestions(wrong, err);
    err.println("redress: './" + command.getCommandSpec().qualifiedName() + " --help' explains what can be said.");
    err.flush();
    return CommandLine.ExitCode.USAGE;
  }

  private static int failed(Exception failure, CommandLine command, ParseResult parsed) throws Exception {
    if (!(failure instanceof Trouble)) throw failure;
    command.getErr().println("redress: " + failure.getMessage());
    command.getErr().flush();
    return CommandLine.ExitCode.SOFTWARE;
  }
}
