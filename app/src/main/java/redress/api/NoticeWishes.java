package redress.api;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;
import redress.door.Caller;
import redress.door.Fault;
import redress.policy.Role;
import redress.store.Wish;
import redress.store.Wish.Quiet;
import redress.store.Wishes;
import redress.verb.Body;
import redress.verb.Field;
import redress.verb.Fields;

/** How a buyer or merchant wants to be told. */
@RestController
public final class NoticeWishes {
  /** A way to be told outside of the inbox. */
  public enum Way {
    EMAIL, SMS, PUSH
  }

  /** A language notices are written in. */
  public enum Tongue {
    EN, ZH
  }

  private static final int LAST_HOUR = 23;
  public static final Map<String, Field> WISH = Fields.of(
      Field.choices("channels", Way.class, "Over which channels, beside the inbox; over none when left out."),
      Field.number("quietFrom", LAST_HOUR, "The hour of your day from which nothing comes, with quietTo."),
      Field.number("quietTo", LAST_HOUR, "The hour until which nothing comes; the same as quietFrom: none is quiet."),
      Field.choice("language", Tongue.class, "In which language; the registered one when left out."),
      Field.flag("news", "true: also what only says that there is something to read."),
      Field.flag("digest", "true: a merchant's daily overview of what is due."));

  private final Wishes wishes;

  public NoticeWishes(Wishes wishes) {
    this.wishes = wishes;
  }

  /** What somebody wants; hours are of its own day, null for the usual ones; language null for the registered one. */
  public record WishView(List<String> channels, @Nullable Integer quietFrom, @Nullable Integer quietTo,
      @Nullable String language, boolean news, boolean digest) {}

  @GetMapping("/v1/notice-wishes") WishView show(HttpServletRequest request) {
    return of(Caller.of(request));
  }

  @PutMapping("/v1/notice-wishes") WishView put(HttpServletRequest request) throws IOException {
    var caller = Caller.of(request);
    caller.mustBe(Role.BUYER, Role.MERCHANT_OWNER, Role.MERCHANT_AGENT);
    return put(caller, Asking.of(request).body(WISH));
  }

  /** What the caller, a buyer or merchant, wants. */
  public WishView of(Caller caller) {
    caller.mustBe(Role.BUYER, Role.MERCHANT_OWNER, Role.MERCHANT_AGENT);
    return view(wishes.of(caller.subject()));
  }

  /** Keeps what the caller wants; {@code body} knows {@link #WISH}. Turns away half a rest. */
  public WishView put(Caller caller, Body body) {
    caller.mustBe(Role.BUYER, Role.MERCHANT_OWNER, Role.MERCHANT_AGENT);
    if (body.has("quietFrom") != body.has("quietTo")) throw Fault.FIELD_VALUE.away("quietTo");
    var quiet = body.has("quietFrom") ? new Quiet((int) body.number("quietFrom"), (int) body.number("quietTo")) : null;
    var without = EnumSet.complementOf(chosen(body)).stream().map(Way::name).collect(Collectors.toSet());
    var language = body.optional("language", Tongue.class);
    wishes.put(caller.subject(), new Wish(without, quiet,
        language == null ? null : language.name().toLowerCase(Locale.ROOT), body.flag("news"), body.flag("digest")));
    return of(caller);
  }

  private static EnumSet<Way> chosen(Body body) {
    var chosen = EnumSet.noneOf(Way.class);
    chosen.addAll(body.choices("channels", Way.class));
    return chosen;
  }

  private static WishView view(Wish it) {
    var quiet = it.quiet();
    var language = it.language();
    return new WishView(Stream.of(Way.values()).map(Way::name).filter(it::takes).toList(),
        quiet == null ? null : quiet.from(), quiet == null ? null : quiet.to(),
        language == null ? null : language.toUpperCase(Locale.ROOT), it.news(), it.digest());
  }
}
