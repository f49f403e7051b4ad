package redress.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import redress.api.Lists.LineView;
import redress.api.Lists.PageView;
import redress.door.Problem;
import redress.policy.Role;
import redress.store.Inbox.Count;
import redress.store.SavedViews.SavedView;
import redress.view.Reader;
import redress.view.ViewState;

/** A list of disputes as one reader sees it: what it looks for, what was found, and how much of what waits. */
public record InboxPage(Frame frame, Sieve sieve, PageView page, List<Count> counts, List<SavedView> views,
    @Nullable Problem problem) {
  public InboxPage {
    counts = List.copyOf(counts);
    views = List.copyOf(views);
  }

  /** One way to look at the list; {@code count} is how many there are, below zero where nobody counts. */
  public record Tab(String words, String address, long count, boolean here) {}

  /** An order the list can be in. */
  public record Order(String value, String words) {}

  private Reader reader() {
    return Objects.requireNonNull(frame.reader());
  }

  private Role role() {
    return reader().caller().role();
  }

  /** Whether the reader answers for a merchant and can do the same with several disputes at once. */
  public boolean picks() {
    return role() == Role.MERCHANT_OWNER || role() == Role.MERCHANT_AGENT;
  }

  /** Whether it is one buyer's list. */
  public boolean isBuyer() {
    return role() == Role.BUYER;
  }

  /** What the list is called. */
  public String title() {
    return isBuyer() ? frame.say("My disputes", "我的纠纷单") : role().isMerchant() ? frame.say("Inbox", "收件箱")
        : frame.say("Disputes", "纠纷单");
  }

  /** All ways to look at it. */
  public List<Tab> tabs() {
    var tabs = new ArrayList<Tab>();
    tabs.add(tab("OPEN", frame.say("Open", "处理中"), reader().side().isEmpty() ? -1 : all()));
    for (var state : ViewState.values()) {
      if (state != ViewState.CLOSED) tabs.add(tab(state.name(), words(state), count(state)));
    }
    tabs.add(tab("CLOSED", frame.say("Closed", "已结案"), -1));
    tabs.add(tab("ALL", frame.say("All", "全部"), -1));
    return tabs;
  }

  private Tab tab(String show, String words, long count) {
    return new Tab(words, "/disputes?" + sieve.with("show", show), count, sieve.show(reader()).equals(show));
  }

  private long all() {
    return counts.stream().mapToLong(Count::disputes).sum();
  }

  private long count(ViewState state) {
    if (reader().side().isEmpty()) return -1;
    return counts.stream().filter(it -> it.viewState().equals(state.name())).mapToLong(Count::disputes).sum();
  }

  /** What a view state means to the reader. */
  public String words(ViewState state) {
    return switch (state) {
      case ACTION_REQUIRED -> frame.say("Your turn", "待我处理");
      case WAITING_FOR_OTHER_PARTY -> isBuyer() ? frame.say("Waiting for the merchant", "等待商家")
          : role().isMerchant() ? frame.say("Waiting for the buyer", "等待买家") : frame.say("Waiting for a side", "等待当事人");
      case WITH_PLATFORM -> frame.say("With the platform", "平台处理");
      case IN_VERIFICATION -> frame.say("In verification", "查验中");
      case APPEALABLE -> frame.say("Can be appealed", "可申诉");
      case CLOSED -> frame.say("Closed", "已结案");
    };
  }

  /** The currencies of what is open. */
  public List<String> currencies() {
    return counts.stream().map(Count::currency).distinct().sorted().toList();
  }

  /** Whether the reader has to say in which currency an amount is. */
  public boolean asksCurrency() {
    return currencies().size() != 1 || !sieve.get("currency").isEmpty();
  }

  /** The orders there are. */
  public List<Order> orders() {
    return List.of(new Order("due", frame.say("Due first", "最先到期")),
        new Order("-filedAt", frame.say("Newest first", "最新提交")),
        new Order("-updatedAt", frame.say("Last changed first", "最近更新")),
        new Order("-amount", frame.say("Highest amount first", "金额从高到低")),
        new Order("amount", frame.say("Lowest amount first", "金额从低到高")));
  }

  /** The order it is in. */
  public String order() {
    return sieve.get("sort").isEmpty() ? isBuyer() ? "-filedAt" : "due" : sieve.get("sort");
  }

  /** Whoever is on the other side of a line. */
  public String other(LineView it) {
    return isBuyer() ? it.merchant() : role().isMerchant() ? it.buyer() : it.buyer() + " · " + it.merchant();
  }

  /** Where the table of all that was found is. */
  public String table() {
    return "/disputes/export.csv?" + sieve.first();
  }

  /** Where the next page is; null on the last. */
  public @Nullable String next() {
    return page.next() == null ? null : "/disputes?" + sieve.with("cursor", page.next());
  }
}
