package redress.statement;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import redress.check.Facts;
import redress.store.Movement;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * How a table is read, as data: what {@code resources/statements} holds and what {@code --mapping} names. Columns are
 * named
 * as the header names them, or by their number from 1 where there is none; where several are named, a name is the first
 * that is not empty and words are all of them. docs/statements.md explains every field.
 */
record Mapping(String format, String book, String about, @Nullable String refuse, char separator, List<String> header,
    List<Pattern> shape, @Nullable String says, @Nullable Charset encoding, ZoneId zone, List<String> at,
    List<DateTimeFormatter> dates, @Nullable Pattern year, List<String> amount, @Nullable Pattern amountPattern,
    List<String> in, List<String> out, boolean inverted, char decimal, List<String> currency, String currencyCode,
    List<String> fee, @Nullable Pattern feePattern, boolean feeInverted, List<String> feeCurrency, List<String> own,
    List<String> reference, List<String> providerId, List<String> called, List<String> alias, List<String> counterparty,
    List<String> memo, List<Rule> rules, List<Total> totals) {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  /**
   * What a cell that matches says of its row; nothing of what it leaves out. The first rule that says something counts.
   */
  record Rule(List<String> column, Pattern is, Movement.@Nullable Kind kind, Facts.@Nullable State state,
      @Nullable Sign sign, boolean skip) {}

  /** Which way money went, whatever sign the amount is written with. */
  enum Sign {
    IN, OUT
  }

  /**
   * A total that stands in a line beside the table: {@code says} has a group {@code count}, a group {@code sum} or
   * both;
   * they are about rows whose {@code column} matches {@code is}, and about the amount in {@code sum}.
   */
  record Total(Pattern says, @Nullable String column, @Nullable Pattern is, @Nullable String sum) {}

  /** The same as it is written down. */
  private record Written(@Nullable String format, @Nullable String book, @Nullable String about,
      @Nullable String refuse,
      @Nullable String separator, @Nullable List<String> header, @Nullable List<String> shape, @Nullable String says,
      @Nullable String encoding, @Nullable String zone, @Nullable List<String> at, @Nullable List<String> dates,
      @Nullable String year, @Nullable List<String> amount, @Nullable String amountPattern, @Nullable List<String> in,
      @Nullable List<String> out, @Nullable Boolean inverted, @Nullable String decimal, @Nullable List<String> currency,
      @Nullable String currencyCode, @Nullable List<String> fee, @Nullable String feePattern,
      @Nullable Boolean feeInverted, @Nullable List<String> feeCurrency, @Nullable List<String> own,
      @Nullable List<String> reference, @Nullable List<String> providerId, @Nullable List<String> called,
      @Nullable List<String> alias, @Nullable List<String> counterparty, @Nullable List<String> memo,
      @Nullable List<WrittenRule> rules, @Nullable List<WrittenTotal> totals) {}

  private record WrittenRule(List<String> column, String is, Movement.@Nullable Kind kind, Facts.@Nullable State state,
      @Nullable Sign sign, @Nullable Boolean skip) {}

  private record WrittenTotal(String says, @Nullable String column, @Nullable String is, @Nullable String sum) {}

  /** Reads a mapping (JSON). Throws {@link Refusal} when it is none. */
  static Mapping read(InputStream in) throws IOException {
    try {
      var mapping = of(JSON.readValue(in, Written.class));
      boolean whole = mapping.refuse() != null || (!mapping.at().isEmpty() && !mapping.dates().isEmpty()
          && !(mapping.amount().isEmpty() && mapping.in().isEmpty() && mapping.out().isEmpty())
          && !(mapping.currency().isEmpty() && mapping.currencyCode().isEmpty()));
      if (!whole) throw bad("it needs at, dates, amount or in and out, and currency or currencyCode");
      return mapping;
    } catch (JacksonException e) {
      throw bad(e.getOriginalMessage());
    } catch (IllegalArgumentException | java.time.DateTimeException e) {
      throw bad(String.valueOf(e.getMessage()));
    }
  }

  private static Refusal bad(String why) {
    return new Refusal("MAPPING_BAD", "The mapping cannot be used: " + why);
  }

  private static Mapping of(Written it) {
    var encoding = it.encoding();
    return new Mapping(text(it.format(), "mapped"), text(it.book(), ""), text(it.about(), ""), it.refuse(),
        text(it.separator(), ",").charAt(0), list(it.header()),
        list(it.shape()).stream().map(Pattern::compile).toList(),
        it.says(), encoding == null ? null : Charset.forName(encoding), ZoneId.of(text(it.zone(), "UTC")),
        list(it.at()), list(it.dates()).stream().map(form -> DateTimeFormatter.ofPattern(form, Locale.US)).toList(),
        pattern(it.year()), list(it.amount()), pattern(it.amountPattern()), list(it.in()), list(it.out()),
        yes(it.inverted()), text(it.decimal(), ".").charAt(0), list(it.currency()), text(it.currencyCode(), ""),
        list(it.fee()), pattern(it.feePattern()), yes(it.feeInverted()), list(it.feeCurrency()), list(it.own()),
        list(it.reference()), list(it.providerId()), list(it.called()), list(it.alias()), list(it.counterparty()),
        list(it.memo()), rules(it), totals(it));
  }

  private static List<Rule> rules(Written it) {
    var rules = it.rules() == null ? List.<WrittenRule>of() : it.rules();
    return rules.stream().map(rule -> new Rule(rule.column(), Pattern.compile(rule.is()), rule.kind(), rule.state(),
        rule.sign(), yes(rule.skip()))).toList();
  }

  private static List<Total> totals(Written it) {
    var totals = it.totals() == null ? List.<WrittenTotal>of() : it.totals();
    return totals.stream().map(total -> new Total(Pattern.compile(total.says()), total.column(), pattern(total.is()),
        total.sum())).toList();
  }

  private static String text(@Nullable String text, String otherwise) {
    return text == null || text.isEmpty() ? otherwise : text;
  }

  private static <T> List<T> list(@Nullable List<T> list) {
    return list == null ? List.of() : list;
  }

  private static boolean yes(@Nullable Boolean flag) {
    return flag != null && flag;
  }

  private static @Nullable Pattern pattern(@Nullable String pattern) {
    return pattern == null ? null : Pattern.compile(pattern);
  }
}
