package redress.web;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import redress.dispute.DisputeId;
import redress.store.Pulse.Mailbox;

/**
 * What one open page is told as it happens: that its dispute (null: it shows none) has moved on, and how many notices
 * are unread. News of the same kind take the place of older ones, so that a slow reader holds nothing up.
 */
final class Stream {
  /** Something to tell. */
  sealed interface News {
    /** The dispute has come to this version. */
    record Moved(int version) implements News {}

    /** So many notices are unread. */
    record Unread(int count) implements News {}

    /** There is nothing more; {@code again}: whoever listened may come back. */
    record Over(boolean again) implements News {}
  }

  final String session;
  final @Nullable DisputeId dispute;
  final Mailbox mailbox;
  private final LinkedBlockingQueue<News> news = new LinkedBlockingQueue<>();
  private int version;
  private int unread;

  /** @param version what the page shows already, and {@code unread} likewise */
  Stream(String session, @Nullable DisputeId dispute, Mailbox mailbox, int version, int unread) {
    this.session = session;
    this.dispute = dispute;
    this.mailbox = mailbox;
    this.version = version;
    this.unread = unread;
  }

  /** The next news; null when there was none for so long. */
  @Nullable News next(long millis) throws InterruptedException {
    return news.poll(millis, TimeUnit.MILLISECONDS);
  }

  synchronized void moved(int to) {
    if (to <= version) return;
    version = to;
    tell(new News.Moved(to));
  }

  synchronized void unread(int count) {
    if (count == unread) return;
    unread = count;
    tell(new News.Unread(count));
  }

  synchronized void over(boolean again) {
    news.clear();
    news.add(new News.Over(again));
  }

  private void tell(News fresh) {
    news.removeIf(it -> it.getClass() == fresh.getClass());
    news.add(fresh);
  }
}
