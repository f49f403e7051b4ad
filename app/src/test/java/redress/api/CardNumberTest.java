package redress.api;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import redress.policy.Role;
import redress.verb.Field;
import redress.verb.Verb;
import redress.verb.Verbs;
import tools.jackson.databind.json.JsonMapper;

/**
 * Card numbers come in nowhere: refused by name of the field in every text and file name, and kept and logged by none.
 */
class CardNumberTest {
  private static final int NUMBERS = 2_000;
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static Server server;
  private static String buyer;
  private static String dispute;

  @BeforeAll static void open() {
    server = new Server();
    buyer = server.key(Role.BUYER, "buyer-1");
    var platform = server.key(Role.PLATFORM, "platform-1");
    for (var payment : List.of("p-card", "p-other")) {
      assertThat(server.put(platform, "/v1/payments/" + payment, """
          {"payer":"buyer-1","merchant":"shop-1","amount":10000,"currency":"EUR","items":["lamp"],
           "capturedAt":"2026-03-01T08:00:00Z","provider":"WALLET"}""").status()).isEqualTo(201);
    }
    dispute = "/v1/disputes/" + server.post(buyer, "/v1/disputes", filing("p-card", "Broken.")).json().path("id")
        .asString();
  }

  @AfterAll static void close() {
    server.close();
  }

  private static String filing(String payment, String description) {
    return """
        {"payment":"%s","reason":"OTHER","wish":"FULL_REFUND","amount":10000,"currency":"EUR","description":%s}"""
        .formatted(payment, JSON.writeValueAsString(description));
  }

  /** Where a text can be written: an address, the field, and a body with a place for the text. */
  private record Surface(String path, String field, String body) {
    String with(String text) {
      return body.replace("\"$\"", JSON.writeValueAsString(text));
    }
  }

  private static List<Surface> surfaces() {
    var all = new ArrayList<Surface>();
    all.add(new Surface("/v1/disputes", "description", filing("p-other", "$")));
    all.add(new Surface("/v1/feedback", "text", "{\"kind\":\"OPINION\",\"text\":\"$\"}"));
    for (var verb : Verbs.ALL) {
      for (var field : verb.fields().values()) {
        if (field.kind() != Field.Kind.TEXT || List.of("reference", "tracking").contains(field.name())) continue;
        all.add(new Surface(dispute + "/" + verb.path().replace("{n}", "1"), field.name(), body(verb, field)));
      }
    }
    return all;
  }

  /** The least this verb wants, with the text where it belongs. */
  private static String body(Verb verb, Field text) {
    return verb.fields().values().stream().filter(it -> it.required() || it.equals(text) || it.name().equals("upload"))
        .map(it -> "\"" + it.name() + "\":" + (it.equals(text) ? "\"$\"" : value(it)))
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static String value(Field field) {
    return switch (field.kind()) {
      case TERMS -> "{\"remedy\":\"EXPLANATION_ONLY\"}";
      case ASKED -> "[{\"side\":\"BUYER\",\"types\":[\"OTHER\"]}]";
      case CHOICE ->
          "\"" + (field.name().equals("outcome") ? "DECIDED_FOR_MERCHANT" : field.choices().getFirst()) + "\"";
      case CHOICES, IDS -> "[]";
      case NUMBER -> "1";
      default -> "\"x\"";
    };
  }

  /** A number of one of the networks, its last digit worked out by the standard's table. */
  private static String number(SplittableRandom random) {
    var begins = List.of("4", "51", "55", "2221", "2720", "34", "37", "3528", "36", "6011", "62", "65", "81", "2200",
        "50", "67");
    int kind = random.nextInt(begins.size());
    int length = switch (begins.get(kind)) {
      case "34", "37" -> 15;
      case "36" -> 14;
      case "62" -> 16 + random.nextInt(4);
      default -> 16;
    };
    var digits = new StringBuilder(begins.get(kind));
    while (digits.length() < length - 1) digits.append(random.nextInt(10));
    int[] doubled = {0, 2, 4, 6, 8, 1, 3, 5, 7, 9};
    int sum = 0;
    for (int n = 0; n < digits.length(); n++) {
      int digit = digits.charAt(digits.length() - 1 - n) - '0';
      sum += n % 2 == 0 ? doubled[digit] : digit;
    }
    return digits.append((10 - sum % 10) % 10).toString();
  }

  private static String written(String number, SplittableRandom random) {
    return switch (random.nextInt(5)) {
      case 0 -> number;
      case 1 -> number.replaceAll("(.{4})(?=.)", "$1 ");
      case 2 -> number.replaceAll("(.{4})(?=.)", "$1-");
      case 3 -> number.codePoints().mapToObj(c -> Character.toString(c - '0' + '０')).collect(Collectors.joining());
      default -> "My card is " + number.replaceAll("(.{4})(?=.)", "$1.") + ", charge that.";
    };
  }

  @Test void no_card_number_is_taken_kept_or_logged() {
    var log = new ListAppender<ILoggingEvent>();
    log.start();
    var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    root.addAppender(log);
    var random = new SplittableRandom(40);
    var numbers = new ArrayList<String>();
    var surfaces = surfaces();
    assertThat(surfaces).hasSizeGreaterThanOrEqualTo(12);
    for (int n = 0; n < NUMBERS; n++) {
      var surface = surfaces.get(n % surfaces.size());
      var number = number(random);
      numbers.add(number);
      var said = server.post(buyer, surface.path(), surface.with(written(number, random)));
      assertThat(said.code()).as(surface + " " + said.text()).isEqualTo("CARD_NUMBER");
      assertThat(said.status()).isEqualTo(422);
      assertThat(said.json().path("field").asString()).isEqualTo(surface.field());
      assertThat(said.text()).doesNotContain(number);
    }
    root.detachAppender(log);
    var logged = log.list.stream().map(ILoggingEvent::getFormattedMessage).collect(Collectors.joining("\n"));
    var kept = everything();
    assertThat(numbers).noneMatch(logged::contains).noneMatch(kept::contains);
    assertThat(kept).as("the search finds what is there").contains("Broken.");
  }

  @Test void no_file_may_be_called_by_one() {
    try (var courier = new Courier(server.centre.port(), buyer)) {
      var sent = courier.form(dispute + "/uploads", Courier.Sent.text("card 4111 1111 1111 1111.txt", "hello"));
      assertThat(sent.code()).isEqualTo("NAME_HOLDS_CARD");
      assertThat(sent.status()).isEqualTo(422);
    }
    assertThat(everything()).doesNotContain("4111 1111 1111 1111").doesNotContain("4111111111111111");
  }

  @Test void what_only_looks_like_one_is_taken() {
    var said = server.post(buyer, dispute + "/messages",
        "{\"text\":\"Order 4111111111111112 of 2026-03-01, call +86 138 1234 5678.\"}");
    assertThat(said.status()).as(said.text()).isBetween(200, 299);
  }

  /** All rows of all tables, as text. */
  private static String everything() {
    var sql = server.centre.the(JdbcClient.class);
    var tables = sql.sql("select relname from pg_class where relnamespace = 'public'::regnamespace"
        + " and relkind in ('r', 'p') and has_table_privilege(oid, 'select')").query(String.class).list();
    assertThat(tables).hasSizeGreaterThan(30);
    return tables.stream().map(table -> sql.sql("select coalesce(string_agg(t::text, '\n'), '') from " + table + " t")
        .query(String.class).single()).collect(Collectors.joining("\n"));
  }
}
