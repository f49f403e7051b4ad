package redress.notify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redress.dispute.Errand.Audience;
import redress.dispute.Matter;
import redress.dispute.Notice;
import redress.dispute.Side;
import redress.dispute.Timer;
import redress.policy.Deadline;

class NoticesTest {
  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
  private static final Pattern DATE =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d \\(UTC[+-]\\d\\d:\\d\\d, [\\w/]+\\)");
  private static final Notices NOTICES = new Notices("https://pay.example/disputes/{dispute}");

  @ParameterizedTest @EnumSource void every_notice_has_words_for_everybody_in_both_languages(Notice notice) {
    for (var matter : Matters.all()) {
      for (var language : Language.values()) {
        for (var audience : Audience.values()) {
          var told = write(matter, notice, new Reader(audience, language, SHANGHAI));
          assertThat(told.subject()).contains(Matters.ID.toString()).doesNotContain("{", "}");
          assertThat(told.text()).contains("pay-1").doesNotContain("{", "}", "null", "\n\n\n");
          assertThat(told.text().lines().count()).isGreaterThan(4);
        }
      }
    }
  }

  @ParameterizedTest @EnumSource void dates_and_amounts_are_the_same_in_both_languages(Notice notice) {
    for (var matter : Matters.all()) {
      for (var audience : Audience.values()) {
        var english = write(matter, notice, new Reader(audience, Language.EN, SHANGHAI)).text();
        var chinese = write(matter, notice, new Reader(audience, Language.ZH, SHANGHAI)).text();
        assertThat(dates(chinese)).as(chinese).isEqualTo(dates(english));
        assertThat(figures(chinese)).isEqualTo(figures(english));
      }
    }
  }

  @Test void the_notice_of_an_agreement_names_every_latest_date() {
    var told =
        write(Matters.confirming(Matters.full()), Notice.SETTLED, new Reader(Audience.BUYER, Language.EN, SHANGHAI));
    assertThat(told.subject()).isEqualTo("It is settled: dispute " + Matters.ID);
    assertThat(told.text()).contains(
        "The platform will pay back CNY 4,999.00 to the buyer, "
            + "at the latest by 2026-03-06 17:00 (UTC+08:00, Asia/Shanghai).",
        "This is done by 2026-03-05 17:00 (UTC+08:00, Asia/Shanghai).",
        "Day 1, records are checked: over by 2026-03-06 17:00 (UTC+08:00, Asia/Shanghai) at the latest.",
        "Day 2, the buyer is asked: over by 2026-03-07 17:00 (UTC+08:00, Asia/Shanghai) at the latest.",
        "Day 3, the result: over by 2026-03-08 17:00 (UTC+08:00, Asia/Shanghai) at the latest.",
        "choose \"Ask customer service\"", "https://pay.example/disputes/" + Matters.ID);
  }

  @Test void promises_that_take_longer_move_the_latest_dates() {
    // Back within 10 days of the confirmation, 21 days on the way (a Sunday: counted from the Friday before it ends),
    // looked at within 2 business days, paid within 1.
    var told = write(Matters.confirming(Matters.returning()), Notice.SETTLED,
        new Reader(Audience.MERCHANT, Language.EN, ZoneId.of("UTC")));
    assertThat(told.text()).contains(
        "The buyer will send the item back and give the tracking number, "
            + "at the latest by 2026-03-15 09:00 (UTC+00:00, UTC).",
        "You (the merchant) will confirm that the item came back, "
            + "at the latest by 2026-04-07 15:59 (UTC+00:00, UTC).",
        "You (the merchant) will pay back CNY 4,999.00 to the buyer, "
            + "at the latest by 2026-04-08 15:59 (UTC+00:00, UTC).",
        "Day 3, the result: over by 2026-04-11 15:59 (UTC+00:00, UTC) at the latest.");
  }

  @Test void the_second_notice_names_the_exact_days() {
    var told = write(Matters.auditing(Matters.full(), Instant.parse("2026-03-04T15:30:10Z")), Notice.VERIFICATION_DATES,
        new Reader(Audience.BUYER, Language.ZH, SHANGHAI));
    assertThat(told.text()).contains(
        "第一天（信息核实）：2026-03-04 23:30 (UTC+08:00, Asia/Shanghai) 起，2026-03-05 23:30 (UTC+08:00, Asia/Shanghai) 止。",
        "第三天（结果确认）：2026-03-06 23:30 (UTC+08:00, Asia/Shanghai) 起，2026-03-07 23:30 (UTC+08:00, Asia/Shanghai) 止。",
        "平台向买家退款 4,999.00 人民币（CNY），期限：2026-03-05 23:30 (UTC+08:00, Asia/Shanghai)。")
        .doesNotContain("最迟时间");
  }

  @Test void the_notice_of_a_problem_says_who_can_mend_it_and_what_follows() {
    var excepted = Matters.all().get(15);
    assertThat(write(excepted, Notice.PROBLEM_FOUND, new Reader(Audience.BUYER, Language.EN, SHANGHAI)).text())
        .contains(
            "- There is no record of the promised refund. The merchant can put this right until 2026-03-05 17:00 "
                + "(UTC+08:00, Asia/Shanghai). If it is not put right, the platform pays the buyer from the money"
                + " held");
  }

  @Test void the_result_says_until_when_it_can_be_opened_again() {
    var closed = Matters.all().getLast();
    assertThat(write(closed, Notice.CLOSED, new Reader(Audience.BUYER, Language.EN, SHANGHAI)).text()).contains(
        "The agreement was kept.", "you can open this dispute again until 2026-03-06 17:00 (UTC+08:00, Asia/Shanghai)");
    assertThat(write(closed, Notice.CLOSED, new Reader(Audience.MERCHANT, Language.EN, SHANGHAI)).text())
        .doesNotContain("open this dispute again until");
  }

  @Test void where_the_platform_pays_the_merchant_is_not_told_to() {
    var day1 = Matters.auditing(Matters.full(), Matters.T0);
    var pays = new Timer(Deadline.OBLIGATION_REFUND, 1, Matters.T0, Side.MERCHANT);
    var reader = new Reader(Audience.MERCHANT, Language.EN, SHANGHAI);
    assertThat(NOTICES.write(day1, List.of(pays), Notice.MESSAGE, 0, null, reader).text())
        .contains("The platform must pay by").doesNotContain("You (the merchant) must pay");
  }

  @Test void summer_time_is_told_by_its_offset() {
    var berlin =
        new Wording(new Reader(Audience.BUYER, Language.EN, ZoneId.of("Europe/Berlin")), NOTICES.phrases(Language.EN));
    assertThat(berlin.date(Instant.parse("2026-03-29T00:59:59Z")))
        .isEqualTo("2026-03-29 01:59 (UTC+01:00, Europe/Berlin)");
    var offset = new Wording(new Reader(Audience.BUYER, Language.EN, ZoneOffset.UTC), NOTICES.phrases(Language.EN));
    assertThat(offset.date(Matters.T0)).isEqualTo("2026-03-04 09:00 (UTC+00:00)");
    assertThat(berlin.date(Instant.parse("2026-03-29T01:00:00Z")))
        .isEqualTo("2026-03-29 03:00 (UTC+02:00, Europe/Berlin)");
  }

  @Test void amounts_have_the_digits_of_their_currency() {
    var english = new Wording(new Reader(Audience.BUYER, Language.EN, SHANGHAI), NOTICES.phrases(Language.EN));
    var chinese = new Wording(new Reader(Audience.BUYER, Language.ZH, SHANGHAI), NOTICES.phrases(Language.ZH));
    assertThat(english.amount(1, "USD")).isEqualTo("USD 0.01");
    assertThat(english.amount(1_234_567, "JPY")).isEqualTo("JPY 1,234,567");
    assertThat(english.amount(1_234_567, "KWD")).isEqualTo("KWD 1,234.567");
    assertThat(english.amount(Long.MAX_VALUE, "EUR")).isEqualTo("EUR 92,233,720,368,547,758.07");
    assertThat(chinese.amount(123_456, "CNY")).isEqualTo("1,234.56 人民币（CNY）");
  }

  @Test void a_reader_is_told_who_has_to_act_and_what_silence_does() {
    var timer = new Timer(Deadline.MERCHANT_REPLY, 0, Matters.T0, Side.MERCHANT);
    var matter = Matters.all().getFirst();
    assertThat(NOTICES.remind(matter, timer, new Reader(Audience.MERCHANT, Language.EN, SHANGHAI)).text()).contains(
        "You (the merchant) must answer by 2026-03-04 17:00 (UTC+08:00, Asia/Shanghai).\nIf not: "
            + Deadline.MERCHANT_REPLY.english);
    assertThat(NOTICES.remind(matter, timer, new Reader(Audience.BUYER, Language.ZH, SHANGHAI)).text()).contains(
        "商家须在 2026-03-04 17:00 (UTC+08:00, Asia/Shanghai) 前答复。\n逾期未办：" + Deadline.MERCHANT_REPLY.chinese);
  }

  @Test void parties_do_not_hear_of_deadlines_inside_the_platform() {
    var all = List.of(new Timer(Deadline.PAYOUT_APPROVE, 0, Matters.T0, null));
    var matter = Matters.all().getFirst();
    assertThat(
        NOTICES.write(matter, all, Notice.MESSAGE, 0, null, new Reader(Audience.BUYER, Language.EN, SHANGHAI)).text())
        .doesNotContain("What comes next");
    assertThat(
        NOTICES.write(matter, all, Notice.MESSAGE, 0, null, new Reader(Audience.FINANCE, Language.EN, SHANGHAI)).text())
        .contains("A second person must approve the payment by");
  }

  @Test void the_documentation_lists_every_notice_as_its_template_describes_it() throws IOException {
    var listed = Files.readString(Path.of("../docs/notices.md"));
    for (var notice : Notice.values()) {
      try (var in = Notices.class.getResourceAsStream("/notices/en/" + notice + ".txt")) {
        var purpose = new String(Objects.requireNonNull(in).readAllBytes(), UTF_8).lines().findFirst().orElseThrow();
        assertThat(listed).contains("\n| `%s` | %s |\n".formatted(notice, purpose.substring(2)));
      }
    }
  }

  @Test void the_languages_have_the_same_phrases() {
    assertThat(NOTICES.phrases(Language.ZH).keys()).isEqualTo(NOTICES.phrases(Language.EN).keys());
    assertThat(Language.of("zh-Hant-HK")).isEqualTo(Language.ZH);
    assertThat(Language.of("fr")).isEqualTo(Language.EN);
  }

  @Test void a_template_that_is_not_right_is_refused() {
    assertThatThrownBy(() -> Template.parse("X", "Subject: hello\n\nfor {someone")).hasMessageContaining("brace");
    assertThatThrownBy(() -> Template.parse("X", "Subject: hello\n\n@nobody\nwords")).hasMessageContaining("@nobody");
    assertThatThrownBy(() -> Values.read("unheard.of", scene())).hasMessageContaining("unheard.of");
  }

  @Test void what_is_filled_in_is_not_read_as_a_template() {
    assertThat(new Blanks("{payment}!").fill(_ -> "{dispute} $1 \\")).isEqualTo("{dispute} $1 \\!");
  }

  @Test void a_subject_is_one_line() {
    assertThatThrownBy(() -> new Rendered("Hello\r\nBcc: everyone@example.com", "words", ""))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** The text of each template for each side at every stage, and its short words: {@link Grade} has the formula. */
  @ParameterizedTest @EnumSource void english_can_be_read_by_an_eighth_grader(Notice notice) {
    for (var matter : Matters.all()) {
      for (var audience : List.of(Audience.BUYER, Audience.MERCHANT)) {
        var told = write(matter, notice, new Reader(audience, Language.EN, SHANGHAI));
        assertThat(Grade.of(told.text())).as(told.text()).isLessThanOrEqualTo(800);
        assertThat(Grade.of(told.brief())).as(told.brief()).isLessThanOrEqualTo(800);
      }
    }
  }

  @Test void the_grade_of_a_text_is_that_of_the_formula() {
    // 2 sentences, 6 words, 6 syllables: 1.17 + 11.8 - 15.59; then 1 sentence, 4 words, 15 syllables.
    assertThat(Grade.of("The cat sat. The dog ran.")).isEqualTo(117 + 1180 - 1559);
    assertThat(Grade.of("Unnecessarily complicated administrative terminology.")).isGreaterThan(2000);
    assertThat(Grade.of("")).isZero();
  }

  private static Scene scene() {
    var reader = new Reader(Audience.BUYER, Language.EN, SHANGHAI);
    return new Scene(Matters.all().getFirst(), List.of(), 0, null, reader,
        new Wording(reader, NOTICES.phrases(Language.EN)));
  }

  private static Rendered write(Matter matter, Notice notice, Reader reader) {
    var timers = Matters.everyTimer();
    return NOTICES.write(matter, timers, notice, 1, notice == Notice.DUE_SOON ? timers.getFirst() : null, reader);
  }

  private static List<String> dates(String text) {
    return DATE.matcher(text).results().map(found -> found.group()).toList();
  }

  private static List<String> figures(String text) {
    var figures = new ArrayList<String>();
    Pattern.compile("\\d[\\d,]*\\.\\d\\d").matcher(text).results().forEach(found -> figures.add(found.group()));
    return figures;
  }
}
