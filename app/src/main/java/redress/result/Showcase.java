package redress.result;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import redress.dispute.DisputeId;
import redress.dispute.Event.FeedbackGiven;
import redress.dispute.Side;
import redress.dispute.Status;
import redress.keys.Keyring;
import redress.keys.Purpose;
import redress.seal.Canonical;
import redress.store.Certificates;
import redress.store.Certificates.Address;
import redress.store.Certificates.Consent;
import redress.store.Certificates.What;
import redress.store.Disputes;
import redress.store.ResultBook;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Public certificates: of a result what both sides agree to show, and praise that its giver agrees to show, under an
 * address nobody can guess. No personal data, and nothing any more once it is taken back.
 */
public final class Showcase {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String TYPE = "redress-certificate+jws";
  private static final int TOKEN_BYTES = 24;
  private static final int ALL = 100_000;

  private final Disputes disputes;
  private final Registrar registrar;
  private final ResultBook book;
  private final Certificates certificates;
  private final Keyring keys;
  private final SecureRandom random = new SecureRandom();

  public Showcase(Disputes disputes, Registrar registrar, ResultBook book, Certificates certificates, Keyring keys) {
    this.disputes = disputes;
    this.registrar = registrar;
    this.book = book;
    this.certificates = certificates;
    this.keys = keys;
  }

  /** A certificate as canonical JSON, and signed as compact JWS. */
  public record Shown(String json, String jws) {}

  /** What of a dispute its two sides have agreed to, and the address, null while nothing is shown. */
  public record Standing(List<Consent> consents, @Nullable String token) {
    public Standing {
      consents = List.copyOf(consents);
    }
  }

  /** What stands of the newest record: what was agreed to about an earlier one counts for that one alone. */
  public Standing standing(DisputeId dispute) {
    int record = newest(dispute);
    return new Standing(certificates.consents(dispute, record), certificates.token(dispute, record).orElse(null));
  }

  private int newest(DisputeId dispute) {
    return book.of(dispute).size();
  }

  /** Whether this number is a piece of feedback with words that {@code side} gave. */
  public boolean isOwn(DisputeId dispute, Side side, int feedback) {
    return given(dispute).entrySet().stream().anyMatch(it -> it.getKey() == feedback && it.getValue().side() == side);
  }

  public void agree(DisputeId dispute, Side side, What what, int feedback, String by, Instant at) {
    int record = newest(dispute);
    certificates.agree(dispute, record, new Consent(side, what, feedback, at), by);
    if (!isShown(certificates.consents(dispute, record))) return;
    certificates.close(dispute, record, at);
    certificates.open(dispute, record, token(), at);
  }

  public void revoke(DisputeId dispute, Side side, What what, Instant at) {
    certificates.revoke(dispute, side, what, at);
    if (!isShown(certificates.consents(dispute, newest(dispute)))) certificates.close(dispute, 0, at);
  }

  private String token() {
    var bytes = new byte[TOKEN_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static boolean isShown(List<Consent> consents) {
    return bothAgree(consents) || consents.stream().anyMatch(it -> it.what() == What.WORDS);
  }

  private static boolean bothAgree(List<Consent> consents) {
    return consents.stream().filter(it -> it.what() == What.RESULT).map(Consent::side).distinct().count() == 2;
  }

  /**
   * The certificate under this address; empty for one that never was, was taken back, whose dispute is open, or whose
   * record is no longer the newest. {@code now} tells the time on the clock of a dispute.
   */
  public Optional<Shown> find(String token, Function<DisputeId, Instant> now) {
    return certificates.find(token).filter(Address::stands).flatMap(it -> show(it, now.apply(it.dispute())));
  }

  /** Whether something was ever shown under this address. */
  public boolean isKnown(String token) {
    return certificates.find(token).isPresent();
  }

  private Optional<Shown> show(Address address, Instant now) {
    var dispute = address.dispute();
    var consents = certificates.consents(dispute, address.record());
    var records = registrar.wanted(dispute, now);
    boolean over = disputes.find(dispute).filter(it -> it.dispute().status() == Status.CLOSED).isPresent();
    if (!over || records.size() != address.record() || !isShown(consents)) return Optional.empty();
    var json = Canonical.json(content(dispute, records.getLast(), consents));
    return Optional.of(new Shown(json, Jws.compact(keys.current(Purpose.RESULT), TYPE, json)));
  }

  private Map<String, @Nullable Object> content(DisputeId dispute, ResultBook.Kept kept, List<Consent> consents) {
    var record = JSON.readTree(kept.json());
    boolean both = bothAgree(consents);
    boolean named = both && consents.stream().anyMatch(it -> it.what() == What.NAME);
    var filed = Instant.parse(record.path("filedAt").asString());
    var closed = Instant.parse(record.path("closedAt").asString());
    return Leaf.of("v", 1, "format", "redress-certificate", "issuer", record.path("issuer").asString(), "test",
        !kept.live(), "outcome", both ? record.path("outcome").asString() : null, "closedOn",
        both ? day(closed) : null, "days", both ? Duration.between(filed, closed).toDays() : null, "record",
        both ? kept.sha256() : null, "papers",
        both ? book.fingerprints(dispute, kept.number()) : null, "promises", both ? promises(record) : null, "merchant",
        named ? record.path("parties").path(1).path("id").asString() : null,
        "praise", praise(dispute, consents));
  }

  private static List<Object> promises(JsonNode record) {
    var all = new ArrayList<Object>();
    var agreement = Lead.inForce(record);
    if (agreement == null) return all;
    for (var it : agreement.path("promises")) {
      all.add(Leaf.of("kind", it.path("kind").asString(), "amount", it.path("amount").asLong(), "currency",
          record.path("money").path("currency").asString(), "state", it.path("state").asString(), "promisedBy",
          day(it.path("promisedBy")), "keptOn", day(it.path("keptAt")), "onTime",
          it.path("onTime").isBoolean() ? it.path("onTime").asBoolean() : null));
    }
    return all;
  }

  private static @Nullable String day(JsonNode instant) {
    return instant.isString() ? day(Instant.parse(instant.asString())) : null;
  }

  private static String day(Instant at) {
    return at.atOffset(ZoneOffset.UTC).toLocalDate().toString();
  }

  /** Words that their giver agreed to show and that were not erased since. */
  private List<Object> praise(DisputeId dispute, List<Consent> consents) {
    var given = given(dispute);
    var all = new ArrayList<Object>();
    for (var consent : consents) {
      var praise = consent.what() == What.WORDS ? given.get(consent.feedback()) : null;
      if (praise == null) continue;
      var id = praise.event().text().id();
      var text = disputes.words(dispute, Set.of(id)).get(id);
      if (text != null) {
        all.add(Leaf.of("by", praise.side(), "rating", praise.event().rating(), "text", text));
      }
    }
    return all;
  }

  private record Given(Side side, FeedbackGiven event) {}

  private Map<Integer, Given> given(DisputeId dispute) {
    var all = new LinkedHashMap<Integer, Given>();
    for (var it : disputes.events(dispute, Set.of(FeedbackGiven.class.getSimpleName()), 0, ALL)) {
      if (!(it.event() instanceof FeedbackGiven e) || !e.text().isPresent()) continue;
      var by = Leaf.by(it.role());
      if (by.equals("BUYER") || by.equals("MERCHANT")) all.put(e.id(), new Given(Side.valueOf(by), e));
    }
    return all;
  }
}
