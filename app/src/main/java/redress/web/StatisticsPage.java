package redress.web;

import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import redress.api.Figures.FiguresView;
import redress.api.Figures.Lasting;
import redress.api.Figures.Share;
import redress.dispute.Outcome;
import redress.web.Chart.Point;
import redress.web.PublicFigures.Counted;
import redress.web.PublicFigures.Month;

/**
 * How well disputes are handled, for everybody. Numbers below {@value #FEW} are not told, nor shares that would tell
 * them, so that nobody finds a single dispute in them.
 */
public record StatisticsPage(Frame frame, boolean live, int days, Counted counted) {
  /** Below it a number is too small to be told. */
  static final int FEW = 5;

  private static final int BASIS_POINTS = 10_000;
  private static final int PER_CENT = 100;

  /** A share with its name and how it is counted, in the reader's words. */
  public record Row(String name, Share share, String formula) {}

  public FiguresView figures() {
    return counted.figures();
  }

  /** The address of the same for another span or for other payments. */
  public String address(boolean real, int span) {
    return "/statistics?days=" + span + (real ? "" : "&payments=test");
  }

  /** What a span of days is called. */
  public String span(int span) {
    return span == 0 ? frame.say("All time", "全部时间") : frame.say("Last " + span + " days", "最近 " + span + " 天");
  }

  /** A number, unless it is too small to be told. */
  public String number(long many) {
    return isFew(many) ? frame.say("under " + FEW, "不足 " + FEW) : "%,d".formatted(many);
  }

  private static boolean isFew(long many) {
    return many > 0 && many < FEW;
  }

  /** A share in per cent; less exactly where its numbers are too small to be told, a dash where there is too little. */
  public String percent(Share it) {
    var points = it.basisPoints();
    if (points == null || it.all() < FEW) return "–";
    long edge = (FEW * (long) BASIS_POINTS + it.all() - 1) / it.all();
    if (isFew(it.of())) return "< " + tenths(Math.min(edge, BASIS_POINTS));
    if (isFew(it.all() - it.of())) return "> " + tenths(Math.max(0, BASIS_POINTS - edge));
    return tenths(points);
  }

  private static String tenths(long points) {
    return "%d.%d %%".formatted(points / PER_CENT, points % PER_CENT / 10);
  }

  /** Both numbers of a share, as far as they may be told. */
  public String numbers(Share it) {
    boolean tells = it.all() >= FEW && !isFew(it.of()) && !isFew(it.all() - it.of());
    return tells ? "%,d / %,d".formatted(it.of(), it.all()) : it.all() == 0 ? "0" : "… / " + number(it.all());
  }

  /** A span of time; a dash where there was nothing to measure, or too little. */
  public String lasting(Lasting it) {
    var seconds = it.seconds();
    if (seconds == null || figures().disputes() < FEW) return "–";
    var span = Duration.ofSeconds(seconds);
    if (span.toDays() >= 2) return frame.say(span.toDays() + " days", span.toDays() + " 天");
    return frame.say(span.toHours() + " h " + span.toMinutesPart() + " min",
        span.toHours() + " 小时 " + span.toMinutesPart() + " 分");
  }

  /** The shares that everybody may see. */
  public List<Row> shares() {
    var it = figures();
    // @formatter:off
    return List.of(
        row("Promises kept", "和解履约率", it.fulfilled(), "和解已履行 / 全部和解"),
        row("Settled without the platform", "自行协商解决", it.settledInNegotiation(), "无平台介入达成和解 / 全部协议和解"),
        row("First answer within 24 hours", "24 小时内首次回复", it.firstReplyIn24h(), "24 小时内首次回复 / 已首次回复或已超过 24 小时的纠纷单"),
        row("Buyers satisfied", "买家满意率", it.satisfied(), "买家满意 / 已回访"),
        row("Buyers not reached", "未联系上买家", it.notReached(), "未联系上 / 已回访"),
        row("Enforced by the platform", "强制执行率", it.enforced(), "被强制执行 / 全部和解"),
        row("Opened again", "重新处理率", it.reopened(), "重新处理 / 已回访（已答复或未联系上）"),
        row("Appeals that changed the outcome", "申诉改判率", it.appealsOverturned(), "申诉改判 / 已申诉"),
        row("Merchant late", "商家超时率", it.merchantOverdue(), "商家曾超时 / 全部纠纷单"),
        row("Disputes per payment", "交易纠纷率", it.disputesPerPayment(), "提交的纠纷单 / 同期交易"));
    // @formatter:on
  }

  private Row row(String english, String chinese, Share share, String formula) {
    return new Row(frame.say(english, chinese), share, frame.say(share.formula(), formula));
  }

  /** How disputes ended, the most frequent first, each as a share of all that are closed. */
  public List<Row> outcomes() {
    long closed = counted.outcomes().outcomes().values().stream().mapToLong(Long::longValue).sum();
    return counted.outcomes().outcomes().entrySet().stream().filter(it -> it.getValue() > 0)
        .sorted(Map.Entry.<Outcome, Long>comparingByValue(Comparator.reverseOrder())).map(it -> {
          var points = (int) (it.getValue() * BASIS_POINTS / Math.max(1, closed));
          return new Row(frame.word("outcome", it.getKey()), new Share(it.getValue(), closed, points, ""), "");
        }).toList();
  }

  /** A month as it stands under a bar. */
  public String name(Month it) {
    return DateTimeFormatter.ofPattern(frame.language().pick("MMM", "M月"), Locale.UK)
        .format(it.from().atOffset(ZoneOffset.UTC));
  }

  /** Whether the number of a month may be told: where one alone is hidden, the sum would tell it, so two are. */
  public boolean isTold(Month month) {
    var hidden = new ArrayList<>(counted.months().stream().filter(it -> isFew(it.figures().disputes())).toList());
    if (hidden.size() == 1) {
      counted.months().stream().filter(it -> it.figures().disputes() >= FEW)
          .min(Comparator.comparingLong(it -> it.figures().disputes())).ifPresent(hidden::add);
    }
    return !hidden.contains(month);
  }

  /** How many were filed in a month, if it may be told. */
  public String filed(Month month) {
    return isTold(month) ? number(month.figures().disputes()) : frame.say("few", "较少");
  }

  /** Shares, outcomes, and two figures month by month. */
  public List<Chart> charts() {
    return List.of(
        Chart.shares("shares", frame.say("At a glance", "总览"),
            frame.say("Shares in per cent; each is explained in the table below.", "各项比率，计算方式见下表。"),
            shares().stream().limit(6).map(this::point).toList()),
        Chart.shares("outcomes", frame.say("How disputes ended", "结案结果"), frame.say(
            "Each outcome as a share of all closed disputes; also in the table below.", "各结果占全部结案的比例，见下表。"),
            outcomes().stream().limit(6).map(this::point).toList()),
        monthly("filed", frame.say("Disputes filed, by month", "每月提交的纠纷单"), this::filed,
            it -> isTold(it) ? it.figures().disputes() : -1, 0),
        monthly("kept", frame.say("Promises kept, by month", "每月和解履约率"), it -> percent(it.figures().fulfilled()),
            it -> size(it.figures().fulfilled()), BASIS_POINTS));
  }

  private Chart monthly(String id, String title, Function<Month, String> told, ToLongFunction<Month> size,
      long whole) {
    var points =
        counted.months().stream().map(it -> new Point(name(it), told.apply(it), size.applyAsLong(it))).toList();
    var said = String.join(frame.say("; ", "；"), points.stream().map(it -> it.label() + " " + it.value()).toList());
    return Chart.columns(id, title, said, points, whole);
  }

  private Point point(Row it) {
    return new Point(it.name(), percent(it.share()), size(it.share()));
  }

  private static long size(Share it) {
    var points = it.basisPoints();
    boolean tells = it.all() >= FEW && !isFew(it.of()) && !isFew(it.all() - it.of());
    return points != null && tells ? Math.min(points, BASIS_POINTS) : -1;
  }
}
