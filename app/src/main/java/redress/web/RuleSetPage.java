package redress.web;

import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import redress.api.RuleFigures;
import redress.api.RuleSetsApi.DraftView;
import redress.api.RuleSetsApi.DraftsView;
import redress.api.RuleSetsApi.FateView;
import redress.api.RuleSetsApi.FigureView;
import redress.api.RuleSetsApi.RuleSetView;
import redress.api.RuleSetsApi.RuleSetsView;
import redress.api.RuleSetsApi.WhatIfView;
import redress.policy.Deadline;
import redress.policy.RuleSet;

/** One rule set beside another, and, where it is a draft, what it would have meant ({@code tried}, null: not asked). */
public record RuleSetPage(Office office, RuleSet rules, RuleSet other, boolean draft, RuleSetsView published,
    DraftsView drafts, int days, @Nullable WhatIfView tried) {

  /** A figure in which the two differ. */
  public record Difference(String name, String here, String there) {}

  public Frame frame() {
    return office.frame();
  }

  public String address() {
    return "/rule-sets/" + rules.version();
  }

  /** The published version that the draft began from; the one it is compared with where it is none. */
  public String base() {
    return drafts.items().stream().filter(it -> it.version().equals(rules.version())).map(DraftView::base).findFirst()
        .orElse(other.version());
  }

  /** A version as it may stand in an address; empty when it may not. */
  static String safe(String version) {
    return version.matches("[A-Za-z0-9_.-]{1,40}") ? version : "";
  }

  /** Every version there is, published or not. */
  public List<String> versions() {
    var all = new ArrayList<>(published.items().stream().map(RuleSetView::version).toList());
    all.addAll(drafts.items().stream().map(DraftView::version).toList());
    return all;
  }

  /** Every figure of this one. */
  public List<FigureView> figures() {
    return RuleFigures.of(rules);
  }

  /** What a figure is called. */
  public String name(String figure) {
    var frame = frame();
    for (var it : Deadline.values()) if (it.key.equals(figure)) return RuleWords.name(frame, it);
    return switch (figure) {
      case "offerMin" -> frame.say("An offer is open at least", "方案最短有效期");
      case "offerMax" -> frame.say("An offer is open at most", "方案最长有效期");
      case "evidenceMin" -> frame.say("Time for evidence, at least", "补充凭证最短时限");
      case "breachAfter" -> frame.say("The platform is late after", "平台超时判定");
      case "followUpSpacing" -> frame.say("Between two calls to the buyer", "两次联系买家的间隔");
      case "escalateAfter" -> frame.say("Either side may call the platform after", "可申请平台介入的等待时间");
      case "wakingFromHour" -> frame.say("Calls from (hour)", "联系时段开始（时）");
      case "wakingToHour" -> frame.say("Calls until (hour)", "联系时段结束（时）");
      default -> RuleWords.limit(frame, figure);
    };
  }

  /** A figure's value in words; numbers as they are. */
  public String value(String value) {
    return value.startsWith("P") ? RuleWords.lasting(frame(), Duration.parse(value)) : value;
  }

  /** Only where the two differ. */
  public List<Difference> differences() {
    var there = values(other);
    var all = new ArrayList<Difference>();
    values(rules).forEach((name, value) -> {
      var others = there.getOrDefault(name, "");
      if (!value.equals(others)) all.add(new Difference(name(name), value(value), value(others)));
    });
    return all;
  }

  private static Map<String, String> values(RuleSet rules) {
    var all = new LinkedHashMap<String, String>();
    for (var it : RuleFigures.of(rules)) all.put(it.name(), it.value());
    return all;
  }

  /** What a deadline is called. */
  public String deadline(FateView it) {
    return RuleWords.name(frame(), Deadline.valueOf(it.deadline()));
  }

  /** All deadlines together. */
  public FateView sum() {
    long[] sums = new long[4];
    var view = tried;
    for (var it : view == null ? List.<FateView>of() : view.items()) {
      sums[0] += it.ran();
      sums[1] += it.missed();
      sums[2] += it.missedUnderDraft();
      sums[3] += it.unknown();
    }
    return new FateView("", sums[0], sums[1], sums[2], sums[3]);
  }

  /** The next midnight but one by the reader's clock, as a field of a form has it: nobody publishes in haste. */
  public String soon() {
    ZoneId zone = frame().zone();
    return frame().now().atZone(zone).truncatedTo(ChronoUnit.DAYS).plusDays(2)
        .format(DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm"));
  }
}
