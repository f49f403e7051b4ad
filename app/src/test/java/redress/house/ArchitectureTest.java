package redress.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.web.client.RestClient;
import redress.store.ReachesUp;

/** The floors of the house: a class uses its own room and the floors below, never up, never sideways. */
class ArchitectureTest {
  private static final int TOP_OF_CORE = 14;
  // @formatter:off
  private static final Map<String, Integer> FLOORS = Map.ofEntries(
      // the rules: core
      Map.entry("redress.money",   10), Map.entry("redress.seal",     10),
      Map.entry("redress.policy",  11),
      Map.entry("redress.check",   12),
      Map.entry("redress.dispute", 13),
      Map.entry("redress.posting", TOP_OF_CORE),
      // what comes from outside
      Map.entry("redress.xml",     15), Map.entry("redress.outside",  15),
      Map.entry("redress.document", 20),
      // what is kept
      Map.entry("redress.store",   20), Map.entry("redress.postgres", 20),
      Map.entry("redress.vault",   20), Map.entry("redress.keys",    20),
      Map.entry("redress.stamp",   20),
      Map.entry("redress.admission", 20),
      // what nobody can take back
      Map.entry("redress.log",     25),
      // what is made of it
      Map.entry("redress.evidence", 25),
      // what is done
      Map.entry("redress.desk",    30), Map.entry("redress.notify",   30),
      Map.entry("redress.connect", 30), Map.entry("redress.invariant", 30),
      Map.entry("redress.statement", 30),
      Map.entry("redress.limit",   30),
      Map.entry("redress.match",   30), Map.entry("redress.result",  30),
      // what is taken away
      Map.entry("redress.bundle",  35),
      // how it goes out
      Map.entry("redress.sms",     35), Map.entry("redress.push",     35),
      // who asks
      Map.entry("redress.errand",  40), Map.entry("redress.door",     40),
      Map.entry("redress.verb",    41), Map.entry("redress.view",     42),
      Map.entry("redress.api",     43),
      // what people see
      Map.entry("redress.web",     44),
      // who speaks with providers
      Map.entry("redress.alipay",  40), Map.entry("redress.wechatpay", 40),
      Map.entry("redress.stripe",  40), Map.entry("redress.paypal",   40),
      // what is read to hold it against
      Map.entry("redress.replay",  44),
      // how it is started
      Map.entry("redress.command", 50), Map.entry("redress",          50));
  // @formatter:on

  /** Starting the program and listing its commands know each other: one room with two doors. */
  private static final List<String> ENTRANCE = List.of("redress", "redress.command");

  /** What the rooms it concerns do not do, how a class is seen doing it, and a class that shows the law bites. */
  record Law(String name, Predicate<String> rooms, Function<JavaClass, Stream<String>> breaks, Class<?> offender) {
    @Override public String toString() { return name; }
  }

  static final List<Law> LAWS = List.of(
      new Law("nobody reaches up or sideways", _ -> true, uses(ArchitectureTest::reachesUpOrSideways), ReachesUp.class),
      new Law("core needs nothing but the JDK at run time", ArchitectureTest::isCore,
          uses((_, used) -> !isOurs(used) && !isPartOfJava(used)), Caller.class),
      new Law("core touches no wire, disk or clock", ArchitectureTest::isCore, uses((_, used) -> used.getName().matches(
          "java\\.(net|sql|nio\\.file|nio\\.channels)\\..*|java\\.io\\.(File|Random|Print|Console).*"
              + "|java\\.time\\.Clock|java\\.lang\\.(Thread|Process).*|java\\.security\\.SecureRandom"
              + "|java\\.util\\.Timer.*")),
          Caller.class),
      new Law("core leaves chance to its caller", ArchitectureTest::isCore, calls(ArchitectureTest::rollsDice),
          Gambler.class),
      new Law("time comes from outside", room -> !ENTRANCE.contains(room), calls(ArchitectureTest::asksTheTime),
          Impatient.class),
      new Law("SQL stays where things are kept",
          without("redress.store", "redress.postgres", "redress.connect", "redress.invariant"),
          uses((_, used) -> used.getPackageName().matches("javax?\\.sql|org\\.springframework\\.jdbc.*")),
          Caller.class),
      new Law("the web stays at the edge",
          without("redress.api", "redress.door", "redress.verb", "redress.view", "redress.web", "redress.connect",
              "redress.notify"),
          uses((_, used) -> used.getPackageName().matches("jakarta\\.servlet.*|org\\.springframework\\.(web|http).*")),
          Caller.class),
      new Law("what a class needs comes through its constructor", _ -> true,
          type -> type.getMembers().stream().filter(member -> member.isAnnotatedWith(Autowired.class))
              .map(member -> member.getFullName() + " is autowired"),
          Caller.class));

  private static final JavaClasses HOUSE =
      new ClassFileImporter().withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("redress");

  @Test void every_room_has_a_floor() {
    assertThat(HOUSE.stream().map(ArchitectureTest::room).distinct()).isNotEmpty().isSubsetOf(FLOORS.keySet());
  }

  @ParameterizedTest @FieldSource("LAWS") void the_house_keeps_the_law(Law law) {
    assertThat(HOUSE.stream().filter(type -> law.rooms().test(room(type))).flatMap(law.breaks())).isEmpty();
  }

  @ParameterizedTest @FieldSource("LAWS") void a_law_catches_its_offender(Law law) {
    var offender = new ClassFileImporter().importClass(law.offender());
    assertThat(law.breaks().apply(offender)).isNotEmpty().allSatisfy(broken -> assertThat(broken).contains("redress."));
  }

  @Test void stairs_lead_down_only() {
    assertThat(mayUse("redress.desk", "redress.store")).isTrue();
    assertThat(mayUse("redress.store", "redress.desk")).isFalse();
    assertThat(mayUse("redress.desk", "redress.notify")).isFalse();
    assertThat(mayUse("redress.money", "redress.seal")).isFalse();
    assertThat(mayUse("redress.dispute", "redress.posting")).isFalse();
    assertThat(mayUse("redress.command", "redress")).isTrue();
    assertThat(mayUse("redress.unheard", "redress.money")).isFalse();
  }

  private static boolean mayUse(String room, String used) {
    if (room.equals(used) || (ENTRANCE.contains(room) && ENTRANCE.contains(used))) return true;
    var floor = FLOORS.get(room);
    var below = FLOORS.get(used);
    return floor != null && below != null && below < floor;
  }

  private static boolean reachesUpOrSideways(JavaClass user, JavaClass used) {
    return isOurs(used) && !mayUse(room(user), room(used));
  }

  private static boolean isCore(String room) { return FLOORS.getOrDefault(room, 99) <= TOP_OF_CORE; }

  private static Predicate<String> without(String... rooms) {
    return room -> !List.of(rooms).contains(room) && !ENTRANCE.contains(room);
  }

  private static String room(JavaClass type) {
    var levels = type.getPackageName().split("\\.", -1);
    return levels.length < 2 ? levels[0] : levels[0] + "." + levels[1];
  }

  private static boolean isOurs(JavaClass type) { return type.getPackageName().matches("redress(\\..*)?"); }

  /** The annotations for the compiler are not there at run time, and nothing asks for them. */
  private static boolean isPartOfJava(JavaClass type) {
    return type.isPrimitive() || type.getPackageName().matches("(java|javax\\.crypto|org\\.jspecify)(\\..*)?");
  }

  private static boolean rollsDice(CodeUnitAccessTarget called) {
    return called.getFullName().matches("java\\.util\\.UUID\\.randomUUID.*|java\\.lang\\.Math\\.random.*"
        + "|java\\.util\\.concurrent\\.ThreadLocalRandom\\..*|java\\.util\\.Random\\.<init>\\(\\)");
  }

  private static boolean asksTheTime(CodeUnitAccessTarget called) {
    return called.getFullName().matches("java\\.time\\.\\w+\\.(now\\(.*|system.*)"
        + "|java\\.lang\\.System\\.currentTimeMillis.*|java\\.util\\.Date\\.<init>\\(\\)");
  }

  /** A test of a class and another it uses. */
  private interface Use {
    boolean isBreak(JavaClass user, JavaClass used);
  }

  private static Function<JavaClass, Stream<String>> uses(Use use) {
    return type -> type.getDirectDependenciesFromSelf().stream()
        .filter(dependency -> use.isBreak(type, dependency.getTargetClass().getBaseComponentType()))
        .map(dependency -> dependency.getDescription());
  }

  private static Function<JavaClass, Stream<String>> calls(Predicate<CodeUnitAccessTarget> forbidden) {
    return type -> Stream
        .concat(type.getCodeUnitCallsFromSelf().stream(), type.getCodeUnitReferencesFromSelf().stream())
        .filter(access -> forbidden.test(access.getTarget())).map(access -> access.getDescription());
  }

  /** Reaches for the database and the web, and is handed both behind its constructor's back. */
  static final class Caller {
    @Autowired DataSource source;
    @Autowired RestClient client;
    URI address = URI.create("http://localhost");
  }

  /** Lets chance decide. */
  static final class Gambler {
    UUID id() { return UUID.randomUUID(); }
  }

  /** Looks at the clock on the wall. */
  static final class Impatient {
    Instant at() { return Clock.systemUTC().instant(); }
  }
}
