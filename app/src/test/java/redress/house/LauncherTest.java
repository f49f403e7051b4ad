package redress.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import redress.Redress;

class LauncherTest {
  private static final Path LAUNCHER = Source.root().resolve("redress");

  @TempDir Path elsewhere;

  /** What a launcher said, on either stream, and its exit code. */
  record Said(int exit, String words) {}

  private Said typed(Path launcher, Map<String, String> environment, String... args) throws Exception {
    var process = new ProcessBuilder(Stream.concat(Stream.of(launcher.toString()), Stream.of(args)).toList())
        .directory(elsewhere.toFile()).redirectErrorStream(true);
    process.environment().putAll(environment);
    // These tests run inside the build: there is nothing left to compile.
    process.environment().put("REDRESS_BUILT", "1");
    var running = process.start();
    running.getOutputStream().close();
    var words = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(running.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Said(running.exitValue(), words);
  }

  /** The commands that the launcher hands on, as its own last lines list them. */
  static Stream<String> commands() throws IOException {
    var lines = Files.readString(LAUNCHER).lines().dropWhile(line -> !line.startsWith("case ${1")).toList();
    return lines.stream().filter(line -> line.contains(") ")).map(line -> line.substring(0, line.indexOf(')')))
        .flatMap(line -> Arrays.stream(line.split("\\|"))).map(String::strip)
        .filter(command -> command.matches("[a-z][a-z-]*") && !command.equals("help"));
  }

  @Test void the_launcher_hands_on_every_command_there_is() throws IOException {
    var there = Stream.of(Redress.class.getAnnotation(CommandLine.Command.class).subcommands())
        .map(type -> type.getAnnotation(CommandLine.Command.class).name()).filter(name -> !name.equals("help"));
    assertThat(commands()).contains("test", "format", "simulate", "bench-books").containsAll(there.toList());
  }

  @ParameterizedTest @MethodSource("commands") void the_launcher_alone_explains_every_command(String command)
      throws Exception {
    var said = typed(LAUNCHER, Map.of());
    assertThat(said.exit()).isZero();
    assertThat(said.words().lines()).anyMatch(line -> line.startsWith("  ./redress " + command + " "))
        .noneMatch(line -> line.contains(" run app ") || line.startsWith("<<<<"));
  }

  @Test void an_unknown_command_is_named_and_ends_with_2() throws Exception {
    var said = typed(LAUNCHER, Map.of(), "dmeo");
    assertThat(said.exit()).isEqualTo(2);
    assertThat(said.words()).contains("'dmeo'");
  }

  @Test void it_works_through_a_link_from_a_folder_with_spaces_and_passes_options_to_the_jvm() throws Exception {
    var link = Files.createSymbolicLink(Files.createDirectory(elsewhere.resolve("a b")).resolve("r"), LAUNCHER);
    var said = typed(link, Map.of("JAVA_OPTS", "-Xlog:disable -showversion"), "--version");
    assertThat(said.exit()).isZero();
    assertThat(said.words()).contains("Runtime Environment").contains("redress 0.1.0");
  }

  @Test void an_exit_code_of_the_program_is_the_launchers() throws Exception {
    assertThat(typed(LAUNCHER, Map.of(), "up", "--no-such-option").exit()).isEqualTo(2);
  }

  @Test void without_a_jdk_it_says_what_to_install() throws Exception {
    var old = oldJdk();
    var lonely = Map.of("JAVA_HOME", old.toString(), "REDRESS_JDKS", old.toString());
    var said = typed(LAUNCHER, lonely, "up");
    assertThat(said.exit()).isEqualTo(1);
    assertThat(said.words()).contains("JDK 25").contains("apt-get install").contains("JAVA_HOME");
  }

  /** A folder that looks like a complete JDK of an older release. */
  private Path oldJdk() throws IOException {
    var jdk = elsewhere.resolve("jdk-21");
    Files.createDirectories(jdk.resolve("bin"));
    for (var tool : new String[] {"java", "javac"}) {
      assertThat(Files.createFile(jdk.resolve("bin").resolve(tool)).toFile().setExecutable(true)).isTrue();
    }
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"21.0.8\"\n");
    return jdk;
  }
}
