package redress.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import redress.door.Fault;
import redress.door.Sessions;
import redress.door.Turned;
import redress.notify.Notifier;
import redress.store.Pulse.Mailbox;
import redress.view.Reader;
import redress.view.Seats;
import redress.web.Stream.News;

/**
 * Tells open pages that there is something new, by server-sent events (HTML Living Standard, section 9.2), and never
 * what: the page then fetches itself again, with the rights its reader has by then. A page needs none of it.
 */
@RestController
public final class LivePages {
  private static final long HEARTBEAT_MS = 15_000;
  private static final int RETRY_MS = 3_000;

  private final Seats seats;
  private final Streams streams;
  private final Frames frames;

  public LivePages(Seats seats, Streams streams, Frames frames) {
    this.seats = seats;
    this.streams = streams;
    this.frames = frames;
  }

  @GetMapping("/disputes/{id}/live") void dispute(HttpServletRequest request, HttpServletResponse response,
      @PathVariable String id) throws IOException, InterruptedException {
    tell(request, response, id);
  }

  @GetMapping("/live") void anywhere(HttpServletRequest request, HttpServletResponse response)
      throws IOException, InterruptedException {
    tell(request, response, null);
  }

  private void tell(HttpServletRequest request, HttpServletResponse response, @Nullable String id)
      throws IOException, InterruptedException {
    var reader = frames.reader(request);
    var dispute = id == null ? null : seats.at(reader, id).id();
    var mailbox = new Mailbox(reader.caller().subject(), Notifier.inboxes(reader.actor()));
    var stream = new Stream(Sessions.mark(request).orElseThrow(() -> Fault.UNAUTHENTICATED.away()), dispute, mailbox,
        number(request, "version"), number(request, "unread"));
    streams.open(stream);
    try {
      response.setContentType("text/event-stream");
      response.setCharacterEncoding(UTF_8);
      // Proxies that gather answers would keep the news to themselves.
      response.setHeader("X-Accel-Buffering", "no");
      write(response, "retry: " + RETRY_MS + "\n\n");
      for (boolean on = true; on;) on = goOn(response, stream, reader, id);
    } catch (IOException _) {
      // Whoever listened has gone.
    } finally {
      streams.close(stream);
    }
  }

  /** Tells the next thing, on the request's own virtual thread; false when that was the last. */
  private boolean goOn(HttpServletResponse response, Stream stream, Reader reader, @Nullable String id)
      throws IOException, InterruptedException {
    var news = stream.next(HEARTBEAT_MS);
    try {
      if (id != null) seats.at(reader, id);
    } catch (Turned _) {
      news = new News.Over(false);
    }
    switch (news) {
      case null -> write(response, ":\n\n");
      case News.Moved it -> write(response, "event: moved\ndata: " + it.version() + "\n\n");
      case News.Unread it -> write(response, "event: unread\ndata: " + it.count() + "\n\n");
      case News.Over it -> {
        if (!it.again()) write(response, "event: over\ndata:\n\n");
        return false;
      }
    }
    return true;
  }

  private static void write(HttpServletResponse response, String text) throws IOException {
    response.getOutputStream().write(text.getBytes(UTF_8));
    response.flushBuffer();
  }

  private static int number(HttpServletRequest request, String name) {
    var said = request.getParameter(name);
    return said == null || !said.matches("\\d{1,9}") ? -1 : Integer.parseInt(said);
  }
}
