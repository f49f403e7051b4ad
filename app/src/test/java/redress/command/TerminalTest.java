package redress.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

class TerminalTest {
  @Command(name = "menu", subcommands = {Greet.class, Stumble.class})
  static class Menu {}

  @Command(name = "greet")
  static class Greet implements Callable<Integer> {
    @Option(names = "--times") int times;

    @Override public Integer call() { return times; }
  }

  @Command(name = "stumble")
  static class Stumble implements Runnable {
    @Override public void run() { throw new Trouble("the folder is full; make room"); }
  }

  private final StringWriter said = new StringWriter();

  private int typed(String... args) { return Terminal.of(Menu.class).setErr(new PrintWriter(said)).execute(args); }

  @Test void a_command_decides_the_exit_code() {
    assertThat(typed("greet", "--times", "7")).isEqualTo(7);
  }

  @Test void an_unknown_command_is_named_and_a_near_one_is_suggested() {
    assertThat(typed("gret")).isEqualTo(2);
    assertThat(said.toString()).contains("'gret'").contains("greet").contains("--help");
  }

  @Test void an_unknown_option_and_a_wrong_value_are_named() {
    assertThat(typed("greet", "--tims", "7")).isEqualTo(2);
    assertThat(typed("greet", "--times", "often")).isEqualTo(2);
    assertThat(said.toString()).contains("--tims").contains("often").contains("--times");
  }

  @Test void trouble_is_one_sentence_without_a_stack_trace() {
    assertThat(typed("stumble")).isEqualTo(1);
    assertThat(said.toString().strip()).isEqualTo("redress: the folder is full; make room");
  }
}
