package redress.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The house rules that can be read off the source: each break is named by file and line with what to do instead. */
class TidyTest {
  /** What must not be written, where, what to do instead, and a line that shows the rule bites. */
  record Ban(String name, Predicate<Source> where, Pattern offence, String advice, Source offender) {
    @Override public String toString() { return name; }

    Stream<String> breaks(Source source) {
      if (!where.test(source)) return Stream.empty();
      // Unfinished work hides in comments; everything else is about code, not about words.
      var lines = (name.equals("unfinished") ? source.text() : source.code()).lines().toList();
      return IntStream.range(0, lines.size()).filter(i -> offence.matcher(lines.get(i)).find())
          .mapToObj(i -> at(source.path(), i + 1, advice));
    }
  }

  private static final Predicate<Source> ANYWHERE = source -> true;
  private static final Predicate<Source> TALKS = source -> source.isIn("redress/command/", "lab/src/");

  static final List<Ban> BANS = List.of(
      ban("the clock", ANYWHERE, "\\b(Instant|LocalDate|LocalDateTime|OffsetDateTime|ZonedDateTime)\\.now\\(",
          "take the time as an argument, or from an injected java.time.Clock", "core/src/main/java/A.java",
          "var at = Instant.now();"),
      ban("the system's milliseconds", ANYWHERE, "\\bcurrentTimeMillis\\(",
          "take the time from an injected java.time.Clock; measure spans with System.nanoTime",
          "app/src/test/java/A.java", "long at = System.currentTimeMillis();"),
      ban("floating point in the rules", source -> source.isIn("core/src/"), "\\b([dD]ouble|[fF]loat)\\b",
          "count in long minor units, and write shares as basis points", "core/src/test/java/A.java", "double share;"),
      ban("floating point near money", ANYWHERE,
          "(?i)\\b(double|float)\\b.*(amount|money|minor|price|refund|balance|fee)"
              + "|(amount|money|minor|price|refund|balance|fee).*\\b(double|float)\\b",
          "money is long minor units with its currency", "app/src/main/java/A.java", "double refundedAmount = 3;"),
      ban("names that say nothing", ANYWHERE, "\\b(class|record|interface|enum)\\s+\\w*(Utils?|Helper|Manager)\\b",
          "name it by what it is in the field's words", "app/src/main/java/A.java", "final class MoneyUtils {"),
      ban("unfinished", ANYWHERE, "\\b(FIX" + "ME|TO" + "DO|XX" + "X)\\b",
          "finish it, or open an issue and say nothing here", "app/src/main/java/A.java", "// TO" + "DO later"),
      ban("talking to the terminal", TALKS.negate(), "\\bSystem\\.(out|err)\\b",
          "log it, or let a command in redress.command say it", "app/src/main/java/redress/desk/A.java",
          "System.out.println(1);"),
      ban("stack traces on the terminal", ANYWHERE, "\\bprintStackTrace\\(", "log it with its cause, or let it fly",
          "app/src/main/java/A.java", "broken.printStackTrace();"),
      ban("sleeping tests", Source::isTest, "\\b(Thread|TimeUnit\\.\\w+)\\.sleep\\(",
          "wait on a condition with a deadline", "app/src/test/java/A.java", "Thread.sleep(100);"),
      ban("switched-off tests", Source::isTest, "@Disabled\\b", "mend it or delete it", "app/src/test/java/A.java",
          "@Disabled void x() {}"),
      ban("second sources of truth", ANYWHERE, "^import (static )?(lombok|org\\.mapstruct|jakarta\\.persistence)\\b",
          "write the record, or the SQL", "app/src/main/java/A.java", "import lombok.Data;"),
      ban("the former Jackson", ANYWHERE, "^import (static )?com\\.fasterxml\\.jackson\\.(core|databind)\\b",
          "use Jackson 3, tools.jackson", "app/src/main/java/A.java",
          "import com.fasterxml.jackson.databind.ObjectMapper;"));

  private static Ban ban(String name, Predicate<Source> where, String offence, String advice, String path,
      String offender) {
    return new Ban(name, where, Pattern.compile(offence), advice, new Source(path, offender));
  }

  private static String at(String path, long line, String advice) { return path + ":" + line + ": " + advice; }

  private static final List<Source> SOURCES = Source.all();

  @ParameterizedTest @FieldSource("BANS") void what_is_banned_is_not_written(Ban ban) {
    assertThat(SOURCES.stream().flatMap(ban::breaks)).isEmpty();
  }

  @ParameterizedTest @FieldSource("BANS") void a_ban_catches_its_offender_and_says_where(Ban ban) {
    var path = ban.offender().path();
    assertThat(ban.breaks(ban.offender())).containsExactly(path + ":1: " + ban.advice());
    assertThat(ban.breaks(new Source(path, "class Innocent {}\nlong amount = dispute.at();"))).isEmpty();
  }

  @Test void bans_read_code_and_not_what_is_said_about_it() {
    var code = new Source("A.java", "a(\"b // c\"); // d\n/* e\n f */ g('\"', \"\"\"\n h \"i\" \\\"\"\" j\"\"\"); k();")
        .code();
    assertThat(code.replaceAll(" +", " ")).isEqualTo("a( ); \n \n g( , \n ); k();");
  }

  @Test void lines_are_at_most_120_columns_and_end_where_their_words_end() {
    assertThat(SOURCES.stream().flatMap(TidyTest::untidyLines)).isEmpty();
    assertThat(untidyLines(new Source("A.java", "// @formatter:off\n" + "a".repeat(121) + "\n// @formatter:on")))
        .isEmpty();
    assertThat(untidyLines(new Source("A.java", "a\n" + "b".repeat(121) + "\nc \n\td")))
        .extracting(found -> found.substring(0, 9))
        .containsExactly("A.java:2:", "A.java:3:", "A.java:4:");
  }

  private static Stream<String> untidyLines(Source source) {
    var lines = source.outsideTables().lines().toList();
    return IntStream.range(0, lines.size()).boxed().flatMap(i -> {
      var line = lines.get(i);
      if (line.codePointCount(0, line.length()) > 120) {
        return Stream.of(at(source.path(), i + 1, "wrap the line at 120 columns"));
      }
      if (line.endsWith(" ")) return Stream.of(at(source.path(), i + 1, "remove the spaces at the end"));
      if (line.contains("\t")) return Stream.of(at(source.path(), i + 1, "indent with spaces"));
      return Stream.empty();
    });
  }

  @Test void methods_are_at_most_40_lines() {
    assertThat(longMethods(SOURCES)).isEmpty();
    var offender = new Source("A.java", "class A {\n  void b() {" + "\n".repeat(40) + "  }\n  void c() {}\n}\n");
    assertThat(longMethods(List.of(offender))).containsExactly(
        "A.java:2: b has 41 lines: split it at what it does, 40 at most");
    var table = new Source("A.java",
        "class A {\n// @formatter:off\nvoid b() {" + "\n".repeat(40) + "}\n// @formatter:on\n}");
    assertThat(longMethods(List.of(table))).isEmpty();
  }

  /** Methods over 40 lines; a table, fenced from the formatter, is as long as its world. */
  private static Stream<String> longMethods(List<Source> sources) {
    return Outline.of(sources).methods.stream().filter(method -> method.lines() > 40)
        .filter(method -> !isFenced(sources, method))
        .map(method -> at(method.path(), method.line(),
            method.name() + " has " + method.lines() + " lines: split it at what it does, 40 at most"));
  }

  private static boolean isFenced(List<Source> sources, Outline.Method method) {
    var lines = sources.stream().filter(source -> source.path().equals(method.path())).findFirst().orElseThrow().text()
        .lines().limit(method.line()).toList();
    return lastOf(lines, "@formatter:off") > lastOf(lines, "@formatter:on");
  }

  private static int lastOf(List<String> lines, String mark) {
    for (int i = lines.size() - 1; i >= 0; i--) if (lines.get(i).contains(mark)) return i;
    return -1;
  }

  @Test void every_type_says_in_a_sentence_what_it_is() {
    assertThat(speechlessTypes(SOURCES.stream().filter(Source::isMain).toList())).isEmpty();
    assertThat(speechlessTypes(List.of(new Source("A.java", "\nclass A {}\n/** The second. */ class B {}"))))
        .containsExactly("A.java:2: say in one sentence of Javadoc what A is");
  }

  private static Stream<String> speechlessTypes(List<Source> sources) {
    return Outline.of(sources).types.stream().filter(type -> !type.described())
        .map(type -> at(type.path(), type.line(), "say in one sentence of Javadoc what " + type.name() + " is"));
  }

  @Test void every_package_is_null_marked() {
    assertThat(unmarkedPackages(SOURCES)).isEmpty();
    assertThat(unmarkedPackages(List.of(new Source("core/src/main/java/redress/a/A.java", "package redress.a;"))))
        .containsExactly("core/src/main/java/redress/a/package-info.java:1: add it, with @NullMarked");
  }

  private static Stream<String> unmarkedPackages(List<Source> sources) {
    var marked = sources.stream().filter(source -> source.path().endsWith("/package-info.java"))
        .filter(source -> source.code().contains("@NullMarked")).map(Source::path).toList();
    return sources.stream().filter(Source::isMain).map(TidyTest::packageInfo).distinct()
        .filter(path -> !marked.contains(path)).map(path -> at(path, 1, "add it, with @NullMarked"));
  }

  private static String packageInfo(Source source) {
    return source.path().substring(0, source.path().lastIndexOf('/')) + "/package-info.java";
  }
}
