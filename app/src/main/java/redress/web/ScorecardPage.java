package redress.web;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import redress.api.Figures.FiguresView;
import redress.api.Figures.Lasting;
import redress.api.Figures.Share;
import redress.web.Chart.Point;

/** How well one merchant handles disputes: the API's figures over the last days, and month by month. */
public record ScorecardPage(Frame frame, String merchant, int days, FiguresView figures, List<Month> months) {
  /** For how many days back one can look; 0: since the beginning. */
  public static final List<Integer> SPANS = List.of(30, 90, 365, 0);

  private static final int BASIS_POINTS = 10_000;

  public ScorecardPage {
    months = List.copyOf(months);
  }

  /** One month of the reader's calendar. */
  public record Month(Instant from, FiguresView figures) {}

  /** A share with its name and how it is counted, in the reader's words. */
  public record Row(String name, Share share, String formula) {}

  /** Every share of the figures. */
  public List<Row> shares() {
    // @formatter:off
    return List.of(
        row("First reply within 24 hours", "24 小时内首次回复", figures.firstReplyIn24h(), "24 小时内首次回复 / 已首次回复或已超过 24 小时的纠纷单"),
        row("Settled without the platform", "自行协商解决", figures.settledInNegotiation(), "无平台介入达成和解 / 全部协议和解"),
        row("Agreements kept", "和解履约率", figures.fulfilled(), "和解已履行 / 全部和解"),
        row("Agreements enforced", "强制执行率", figures.enforced(), "被强制执行 / 全部和解"),
        row("Opened again", "重新处理率", figures.reopened(), "重新处理 / 已回访（已答复或未联系上）"),
        row("Buyers satisfied", "买家满意率", figures.satisfied(), "买家满意 / 已回访"),
        row("Buyers not reached", "未联系上买家", figures.notReached(), "未联系上 / 已回访"),
        row("Same buyer again within 30 days", "30 天内再次纠纷", figures.repeatedIn30Days(), "结案后 30 天内同一买家再次提交 / 30 天前已结案"),
        row("You were late", "商家超时率", figures.merchantOverdue(), "商家曾超时 / 全部纠纷单"),
        row("Disputes per payment", "交易纠纷率", figures.disputesPerPayment(), "提交的纠纷单 / 同期交易"));
    // @formatter:on
  }

  private Row row(String english, String chinese, Share share, String counted) {
    return new Row(frame.say(english, chinese), share, frame.say(share.formula(), counted));
  }

  /** A share in per cent with one decimal; a dash where there is nothing to measure. */
  public String percent(Share it) {
    var points = it.basisPoints();
    return points == null ? "–" : "%d.%d %%".formatted(points / 100, points % 100 / 10);
  }

  /** A span of time in the units that matter; a dash where there was nothing to measure. */
  public String lasting(Lasting it) {
    var seconds = it.seconds();
    if (seconds == null) return "–";
    var span = Duration.ofSeconds(seconds);
    if (span.toDays() >= 2) return frame.say(span.toDays() + " days", span.toDays() + " 天");
    return frame.say(span.toHours() + " h " + span.toMinutesPart() + " min",
        span.toHours() + " 小时 " + span.toMinutesPart() + " 分");
  }

  /** What a span of days is called. */
  public String span(int days) {
    return days == 0 ? frame.say("All time", "全部时间") : frame.say("Last " + days + " days", "最近 " + days + " 天");
  }

  /** A month as it stands under a bar. */
  public String name(Month it) {
    var format = frame.language().pick("MMM", "M月");
    return DateTimeFormatter.ofPattern(format, Locale.UK).format(it.from().atZone(frame.zone()));
  }

  /** All charts: shares now, then three figures month by month. */
  public List<Chart> charts() {
    return List.of(
        Chart.shares("shares", frame.say("At a glance", "总览"),
            frame.say("Shares in per cent; each is explained in the table below.", "各项比率，计算方式见下表。"),
            shares().stream().limit(6).map(it -> point(it.name(), it.share())).toList()),
        Chart.columns("filed", frame.say("Disputes filed, by month", "每月提交的纠纷单"), said(it -> "" + it.disputes()),
            months.stream().map(it -> count(it, it.figures().disputes())).toList(), 0),
        monthly("replied", frame.say("First reply within 24 hours, by month", "每月 24 小时内首次回复率"),
            FiguresView::firstReplyIn24h),
        monthly("kept", frame.say("Agreements kept, by month", "每月和解履约率"), FiguresView::fulfilled));
  }

  private Chart monthly(String id, String title, Function<FiguresView, Share> what) {
    return Chart.columns(id, title, said(it -> percent(what.apply(it))),
        months.stream().map(it -> point(name(it), what.apply(it.figures()))).toList(), BASIS_POINTS);
  }

  private String said(Function<FiguresView, String> what) {
    return String.join(frame.say("; ", "；"),
        months.stream().map(it -> name(it) + " " + what.apply(it.figures())).toList());
  }

  private Point count(Month it, long disputes) {
    return new Point(name(it), Long.toString(disputes), disputes);
  }

  private Point point(String label, Share share) {
    return new Point(label, percent(share), size(share.basisPoints()));
  }

  private static long size(@Nullable Integer points) {
    return points == null ? -1 : Math.min(points, BASIS_POINTS);
  }
}
