package redress.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What honest people send comes in, whatever made it. */
class HonestTest {
  private static final Admission ADMISSION = new Admission(Limits.STANDARD, Scanner.NONE);

  @TempDir Path folder;

  @Test void two_hundred_and_fifty_honest_files_are_all_admitted_as_what_they_are() throws IOException {
    var samples = Honest.all();
    assertThat(samples).hasSizeGreaterThanOrEqualTo(250);
    var refused = new ArrayList<String>();
    for (var sample : samples) {
      var file = Files.write(folder.resolve("file"), sample.bytes().get());
      switch (ADMISSION.inspect(file, sample.name(), sample.type())) {
        case Verdict.Refused it -> refused.add(sample + " " + it);
        case Verdict.Admitted it -> assertThat(it.extension()).as(sample.toString()).isEqualTo(sample.kind());
      }
    }
    assertThat(refused).isEmpty();
  }

  @Test void real_invoices_are_admitted() throws IOException {
    var folder = data().map(it -> it.resolve("evidence/zugferd"));
    assumeTrue(folder.isPresent(), "THE REAL INVOICES ARE NOT THERE: name the data folder with REDRESS_DATA");
    try (var files = Files.list(folder.get())) {
      var invoices = files.filter(file -> file.toString().endsWith(".pdf")).sorted().toList();
      assertThat(invoices).hasSizeGreaterThanOrEqualTo(7);
      for (var file : invoices) {
        assertThat(ADMISSION.inspect(file, file.getFileName().toString(), "application/pdf")).as(file.toString())
            .isInstanceOf(Verdict.Admitted.class);
      }
    }
  }

  @Test void what_is_admitted_is_told_with_pages_and_pixels() throws IOException {
    var pages = write(Papers.pages(7, 17, true));
    assertThat(ADMISSION.inspect(pages, "合同.pdf", "")).isEqualTo(new Verdict.Admitted("application/pdf", "pdf",
        "合同.pdf", 7, 0));
    var moving = write(Pictures.movingGif(60, 40, 5));
    assertThat(ADMISSION.inspect(moving, "a", "")).isEqualTo(new Verdict.Admitted("image/gif", "gif", "a.gif", 5,
        2400));
    var text = write("买家".getBytes(java.nio.charset.Charset.forName("GB18030")));
    assertThat(ADMISSION.inspect(text, "", "")).isEqualTo(new Verdict.Admitted("text/plain; charset=GB18030", "txt",
        "evidence.txt", 1, 0));
  }

  private Path write(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("file"), bytes);
  }

  /** The folder of data, REDRESS_DATA or beside the repository. */
  static Optional<Path> data() {
    var repository = Stream.iterate(Path.of("").toAbsolutePath(), Objects::nonNull, Path::getParent).filter(
        folder -> Files.exists(folder.resolve("mvnw"))).findFirst().orElseThrow();
    var named = Optional.ofNullable(System.getenv("REDRESS_DATA")).map(Path::of);
    return named.map(List::of).orElse(List.of(repository.resolve("../shared/data"), repository.resolve(
        "../../shared/data"))).stream().map(Path::normalize).filter(Files::isDirectory).findFirst();
  }
}
