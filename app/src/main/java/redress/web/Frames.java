package redress.web;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import redress.door.Caller;
import redress.door.Gate;
import redress.door.Language;
import redress.door.Sessions;
import redress.notify.Notifier;
import redress.store.NoticeBook;
import redress.view.Reader;
import redress.view.Seats;

/** Puts the frame around a page: who reads, and in which language. */
public final class Frames {
  /** The cookie that holds the language somebody chose. */
  static final String LANGUAGE = "language";

  private final Seats seats;
  private final NoticeBook notices;
  private final Clock clock;

  public Frames(Seats seats, NoticeBook notices, Clock clock) {
    this.seats = seats;
    this.notices = notices;
    this.clock = clock;
  }

  /** The frame of what {@code request} asks for, now. */
  Frame of(HttpServletRequest request) {
    return of(request, clock.instant());
  }

  /** The same where another clock shows {@code now}. */
  Frame of(HttpServletRequest request, Instant now) {
    var reader = Caller.in(request).map(_ -> reader(request));
    int unread = reader.map(it -> notices.unread(it.caller().subject(), Notifier.inboxes(it.actor()))).orElse(0);
    return new Frame(reader.orElse(null), language(request, reader), reader.map(Reader::zone).orElse(ZoneOffset.UTC),
        request.getRequestURI(), Gate.nonce(request), Sessions.guard(request), unread, now);
  }

  /** The frame of a page that says what went wrong: it asks the database for nothing. */
  Frame plain(HttpServletRequest request) {
    return new Frame(null, chosen(request).orElseGet(() -> Language.of(request)), ZoneOffset.UTC,
        request.getRequestURI(), Gate.nonce(request), Sessions.guard(request), 0, clock.instant());
  }

  /** Who reads, in the language they chose or are registered with. */
  Reader reader(HttpServletRequest request) {
    var reader = seats.reader(request);
    return new Reader(reader.caller(), chosen(request).or(() -> seats.language(reader)).orElse(reader.language()),
        reader.zone());
  }

  private static Language language(HttpServletRequest request, Optional<Reader> reader) {
    return chosen(request).or(() -> reader.map(Reader::language)).orElseGet(() -> Language.of(request));
  }

  private static Optional<Language> chosen(HttpServletRequest request) {
    var cookies = request.getCookies();
    if (cookies == null) return Optional.empty();
    for (Cookie it : cookies) if (it.getName().equals(LANGUAGE)) return Optional.of(Language.of(it.getValue()));
    return Optional.empty();
  }
}
