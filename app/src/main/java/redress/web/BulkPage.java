package redress.web;

import java.util.List;
import org.jspecify.annotations.Nullable;
import redress.door.Problem;

/** Several disputes with which the same is to be done, before it is and after. */
public record BulkPage(Frame frame, Bulk bulk, List<Item> items, String key, String typed, boolean carriedOut,
    @Nullable Problem problem) {
  public BulkPage {
    items = List.copyOf(items);
  }

  /**
   * One of them: its id, what it is about ({@code about}: the offer's number), what would happen or has, and how it
   * stands.
   */
  public record Item(String id, int about, String amount, String reason, String words, Mark mark) {
    /** Whether it can be done, was done, or not. */
    public enum Mark { READY, NOT_NOW, DONE, FAILED }

    /** Whether it can be done. */
    public boolean isReady() {
      return mark == Mark.READY;
    }

    /** What names it in a form: its id, and the offer that was shown. */
    public String pick() {
      return isReady() ? id + ":" + about : id;
    }

    Item as(String said, Mark now) {
      return new Item(id, about, amount, reason, said, now);
    }
  }

  /** Those that can be done. */
  public List<Item> ready() {
    return items.stream().filter(Item::isReady).toList();
  }

  /** What is done, as a heading. */
  public String title() {
    return switch (bulk) {
      case ACCEPT -> frame.say("Accept these offers", "批量接受方案");
      case DECLINE -> frame.say("Decline these offers", "批量拒绝方案");
      case MESSAGE -> frame.say("Send the same message", "批量发送消息");
      case REFUND -> frame.say("Refund these in full", "批量全额退款");
    };
  }

  /** The words of the button that does it. */
  public String button() {
    int many = ready().size();
    return switch (bulk) {
      case ACCEPT -> frame.say("Accept " + many, "确认接受 " + many + " 项");
      case DECLINE -> frame.say("Decline " + many, "确认拒绝 " + many + " 项");
      case MESSAGE -> frame.say("Send to " + many, "发送给 " + many + " 项");
      case REFUND -> frame.say("Refund " + many, "确认退款 " + many + " 项");
    };
  }

  /** How many were done. */
  public long done() {
    return items.stream().filter(it -> it.mark() == Item.Mark.DONE).count();
  }
}
