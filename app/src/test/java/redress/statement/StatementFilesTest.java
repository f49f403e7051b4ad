package redress.statement;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import redress.statement.Importer.Report;
import redress.statement.Importer.Wish;
import redress.store.Statements;
import redress.store.TestDatabase;

/**
 * Every real statement file there is: recognised and read, or refused with a reason; docs/statements.md has the table.
 */
class StatementFilesTest {
  private static final String BEGIN = "<!-- files: written by StatementFilesTest -->\n";
  private static final String END = "<!-- end of files -->\n";
  private static TestDatabase database;
  private static Importer importer;

  @BeforeAll static void open() {
    database = new TestDatabase();
    importer = new Importer(new Statements(database.pool), Clock.fixed(TestDatabase.MORNING, ZoneOffset.UTC));
  }

  @AfterAll static void close() {
    database.close();
  }

  @Test void every_file_of_the_data_folder_is_recognised_or_refused_as_the_docs_say() throws IOException {
    var data = Samples.data();
    if (data.isEmpty()) {
      LoggerFactory.getLogger(StatementFilesTest.class).error("""
          THERE IS NO DATA FOLDER: only the statement files in the repository are read.
          Name the folder with REDRESS_DATA.""");
      return;
    }
    var table = table(data.get());
    var file = Samples.repository().resolve("docs/statements.md");
    var docs = Files.readString(file);
    int from = docs.indexOf(BEGIN) + BEGIN.length();
    int to = docs.indexOf(END);
    if (System.getenv("REDRESS_WRITE") != null) {
      Files.writeString(file, docs.substring(0, from) + table + docs.substring(to));
    }
    assertThat(Files.readString(file))
        .as("write it anew: REDRESS_WRITE=1 ./mvnw test -pl core,app -Dtest=StatementFilesTest")
        .contains(BEGIN + table + END);
  }

  @Test void the_files_in_the_repository_are_recognised_or_refused_as_the_docs_say() throws IOException {
    var docs = Files.readString(Samples.repository().resolve("docs/statements.md"));
    var files =
        Samples.in(Samples.kept()).stream().filter(file -> !file.startsWith("made/") && isStatement(file)).toList();
    assertThat(files).hasSizeGreaterThan(80);
    for (var file : files) assertThat(docs).contains(row(Samples.kept(), file));
  }

  private static boolean isStatement(String file) {
    return file.matches(".*\\.(csv|xls|xlsx|xml|sta|txt)") && !file.matches(".*(LICENSE|requirements).*");
  }

  private String table(Path folder) throws IOException {
    var rows = new ArrayList<String>();
    rows.add("| File | Format | Lines | New | Duplicate | Broken | Totals that differ |");
    rows.add("|---|---|--:|--:|--:|--:|--:|");
    var others = new TreeMap<String, List<String>>();
    for (var file : Samples.in(folder)) {
      if (isStatement(file)) rows.add(row(folder, file));
      else others.computeIfAbsent(file.replaceAll(".*[./]", ""), _ -> new ArrayList<>()).add(outcome(folder, file));
    }
    rows.add("");
    rows.add("Beside them lie files that are no statements, and every one is refused: " + others.entrySet().stream()
        .map(StatementFilesTest::counted).collect(Collectors.joining("; ")) + ".");
    return String.join("\n", rows) + "\n";
  }

  private static String counted(Map.Entry<String, List<String>> of) {
    var outcomes = of.getValue().stream().distinct().sorted().toList();
    return of.getValue().size() + " `" + of.getKey() + "` (" + String.join(", ", outcomes) + ")";
  }

  private String row(Path folder, String file) throws IOException {
    try {
      var it = take(folder, file).statement();
      return "| %s | %s | %d | %d | %d | %d | %d |".formatted(file, it.format(), it.lines(), it.fresh(), it.duplicate(),
          it.broken(), it.mismatches());
    } catch (Refusal refusal) {
      return "| %s | refused: %s | | | | | |".formatted(file, refusal.reason());
    }
  }

  private String outcome(Path folder, String file) throws IOException {
    try {
      return take(folder, file).statement().format();
    } catch (Refusal refusal) {
      return refusal.reason();
    }
  }

  /** Each in a book of its own, so that no file is told apart by what another brought. */
  private static Report take(Path folder, String file) throws IOException {
    try (var all = Files.list(folder)) {
      assertThat(all).isNotEmpty();
    }
    database.sql.sql("delete from statement_flaw").update();
    database.sql.sql("delete from statement").update();
    database.sql.sql("delete from record").update();
    return importer.take(folder.resolve(file), new Wish(file, "", null, true, "test"), Progress.NONE);
  }
}
