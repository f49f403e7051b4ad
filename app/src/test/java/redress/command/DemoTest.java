package redress.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {
  @TempDir Path folder;

  @Test void three_disputes_go_from_filing_to_a_verified_result_before_the_readers_eyes() throws Exception {
    var said = Typed.of("demo", "--into", folder.toString());
    assertThat(said.exit()).as(said.words()).isZero();
    assertThat(said.lastLine())
        .matches("demo: outcome=SETTLED_FULFILLED scenes=3 steps=\\d+ days=\\d+ notices=\\d+ violations=0"
            + " certificate=ok");
    keptFilesAreThereAndHold(said);
    assertThat(said.figure("steps")).isGreaterThan(40);
    assertThat(said.figure("days")).isGreaterThan(10);
    assertThat(said.figure("notices")).isGreaterThan(50);
    assertThat(said.words()).contains("SETTLED_FULFILLED, CNY 3,299.00 paid")
        .contains("closed as SETTLED_ENFORCED, CNY 899.00 paid").contains("CNY 500.00 paid in two rounds")
        .contains("are one unbroken chain").contains("The key you gave is the log's.").contains("verify: ok entries=")
        .contains("+ The result, SETTLED_FULFILLED after entry").contains("and has only grown since")
        .contains("+ 2 files of evidence, byte for byte as submitted")
        .contains("first round").contains("second round").contains("2026-03-06 01:00 (UTC+08:00, Asia/Shanghai)");
  }

  /** As somebody does who copies the last command, from the folder that holds verify/Verify.java. */
  private void keptFilesAreThereAndHold(Typed said) throws Exception {
    for (var name : List.of("bundle.zip", "result-en.pdf", "result-zh.pdf")) {
      assertThat(said.words()).contains(folder.resolve(name).toString());
      assertThat(folder.resolve(name)).isNotEmptyFile();
    }
    for (var name : List.of("result-en.pdf", "result-zh.pdf")) {
      try (var zip = new ZipFile(folder.resolve("bundle.zip").toFile());
          var in = zip.getInputStream(zip.getEntry(name))) {
        assertThat(folder.resolve(name)).hasBinaryContent(in.readAllBytes());
      }
    }
    var command = said.words().lines().filter(it -> it.strip().startsWith("java verify/Verify.java")).findFirst()
        .orElseThrow().strip().split(" ");
    command[0] = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var root = Stream.iterate(Path.of("").toAbsolutePath(), Objects::nonNull, Path::getParent)
        .filter(it -> Files.exists(it.resolve("verify/Verify.java"))).findFirst().orElseThrow();
    var process = new ProcessBuilder(command).directory(root.toFile()).redirectErrorStream(true).start();
    var words = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(words).isZero();
    assertThat(words).contains("result-zh.pdf is, byte for byte, the paper of this result");
  }
}
