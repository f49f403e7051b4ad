package redress.web;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toUnmodifiableSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import redress.api.Server;
import redress.api.Server.Reply;
import redress.dispute.Status;
import redress.door.Caller.Scope;
import redress.door.Keys;
import redress.policy.Role;
import redress.verb.Field;
import redress.verb.Verb;
import redress.verb.Verbs;

/**
 * Every command in every status for everybody, over HTTP, against a table that was written by hand: what it does not
 * allow is sent and must be refused as it should, and must change nothing; what is offered must stand in it.
 */
class WhoMayWhatTest {
  private static final Map<String, Set<Status>> GROUPS = Map.of("N", Set.of(Status.AWAITING_MERCHANT,
      Status.AWAITING_BUYER), "M0", EnumSet.range(Status.MEDIATION_QUEUED, Status.PROPOSED), "M",
      EnumSet.range(
          Status.MEDIATION_QUEUED, Status.APPEALED),
      "S", Set.of(Status.CONFIRMING, Status.PERFORMING), "V", Set.of(
          Status.AUDITING, Status.FOLLOWING_UP, Status.CONCLUDING),
      "E", Set.of(Status.EXCEPTION), "C", Set.of(
          Status.CLOSED),
      "*", EnumSet.allOf(Status.class));
  private static Server server;
  private static Cases cases;
  private static final List<String> NAMES = new ArrayList<>();
  private static final List<Principal> EVERYBODY = new ArrayList<>();
  private static final Map<String, Row> TABLE = new LinkedHashMap<>();
  private int sent;

  /** How a principal is to be answered who may not. */
  private enum Standing { SITS, FOREIGN, UNKNOWN, READS_ONLY }

  /** Somebody who asks: as what, with which secret, and what becomes of it at the shop's and Li's disputes. */
  private record Principal(String name, @Nullable Role role, @Nullable String secret, Standing standing) {}

  /** What the table says of one command. */
  private record Row(Set<Role> roles, Set<Status> statuses) {}

  @BeforeAll static void open() {
    read();
    server = new Server();
    cases = new Cases(server);
    everybody();
    negotiated();
    mediated();
    settled();
  }

  @AfterAll static void close() {
    NAMES.clear();
    EVERYBODY.clear();
    TABLE.clear();
    server.close();
  }

  private static void read() {
    try {
      var file = Path.of(WhoMayWhatTest.class.getResource("/walls/commands.txt").toURI());
      for (var line : Files.readAllLines(file)) {
        if (line.startsWith("#") || line.isBlank()) continue;
        var parts = line.split("\\|");
        var statuses = new HashSet<Status>();
        for (var word : parts[2].strip().split(" +")) {
          statuses.addAll(GROUPS.containsKey(word) ? GROUPS.get(word) : Set.of(Status.valueOf(word)));
        }
        var roles = Stream.of(parts[1].strip().split(" +")).map(Role::valueOf).collect(toUnmodifiableSet());
        TABLE.put(parts[0].strip(), new Row(roles, statuses));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private static void everybody() {
    var keys = server.centre.the(Keys.class);
    add("anonymous", null, null, Standing.UNKNOWN);
    for (var guest : List.of(Guest.LI, Guest.SHOP, Guest.VIEWER, Guest.MIA, Guest.LEA, Guest.VERA, Guest.FAY, Guest.SUE,
        Guest.OLA)) {
      add(guest.name(), guest.role, cases.key(guest), Standing.SITS);
    }
    add("second lead", Role.MEDIATOR_LEAD, server.key(Role.MEDIATOR_LEAD, "lena"), Standing.SITS);
    add("agent", Role.MERCHANT_AGENT, server.key(Role.MERCHANT_AGENT, "shop-1"), Standing.SITS);
    add("platform", Role.PLATFORM, cases.platform, Standing.SITS);
    for (var guest : List.of(Guest.NEWCOMER, Guest.NEW_SHOP, Guest.ADA)) {
      add(guest.name(), guest.role, cases.key(guest), Standing.FOREIGN);
    }
    add("live buyer", Role.BUYER, server.liveKey(Role.BUYER, "buyer-1"), Standing.FOREIGN);
    var reads = new Keys.Wish(Role.BUYER, "buyer-1", "", Set.of(Scope.READ), Long.MAX_VALUE, Set.of(), false, "");
    add("key that reads", Role.BUYER, keys.issue(reads).secret(), Standing.READS_ONLY);
    var ended = keys.issue(Keys.Wish.of(Role.BUYER, "buyer-1", false));
    keys.revoke(ended.key().id());
    add("revoked key", Role.BUYER, ended.secret(), Standing.UNKNOWN);
    var suspended = keys.issue(Keys.Wish.of(Role.MEDIATOR_LEAD, "lou", false));
    assertThat(server.get(suspended.secret(), "/v1/disputes").status()).isEqualTo(200);
    keys.revoke(suspended.key().id());
    add("suspended lead", Role.MEDIATOR_LEAD, suspended.secret(), Standing.UNKNOWN);
    var token = server.post(cases.platform, "/v1/party-tokens",
        "{\"party\":\"buyer-1\",\"role\":\"BUYER\",\"validFor\":\"PT1S\"}").json().path("token").asString();
    server.wait(Duration.ofMinutes(5));
    add("expired token", Role.BUYER, token, Standing.UNKNOWN);
  }

  private static void add(String name, @Nullable Role role, @Nullable String secret, Standing standing) {
    EVERYBODY.add(new Principal(name, role, secret, standing));
  }

  private static String named(String name) {
    NAMES.add(name);
    return name;
  }

  private static void negotiated() {
    cases.filed(named("fresh"));
    cases.offered(named("offered"));
    cases.countered(named("countered"));
    cases.offered(named("declined"));
    cases.say(Guest.LI, "declined", "offers/1/decline", "{\"reason\":\"Too little.\"}");
    cases.filed(named("withdrawn"));
    cases.say(Guest.LI, "withdrawn", "withdrawal", "");
  }

  private static void mediated() {
    cases.queued(named("queued"), 129_900);
    cases.mediating(named("mediating"), 129_900);
    cases.requested(named("requested"));
    cases.proposed(named("proposed"));
    cases.decided(named("approval"), 900_000);
    cases.decided(named("decided"), 129_900);
    cases.decided(named("appealed"), 129_900);
    cases.say(Guest.SHOP, "appealed", "appeal", "{\"ground\":\"NEW_EVIDENCE\",\"text\":\"A new picture.\"}");
    cases.say(Guest.LI, "appealed", "appeal-waiver", "");
  }

  private static void settled() {
    cases.agreed(named("agreed"));
    cases.returning(named("returning"));
    cases.auditing(named("auditing"));
    cases.asked(named("asked"));
    cases.asked(named("answered"));
    cases.say(Guest.LI, "answered", "follow-up", "{\"answer\":\"SATISFIED\"}");
    cases.advance("answered", "PT24H");
    cases.closed(named("closed"));
    cases.broken(named("broken"), 129_900);
    cases.broken(named("payout"), 900_000);
    cases.advance("payout", "PT25H");
  }

  /** The least this verb wants. */
  private static String body(Verb verb) {
    return verb.fields().values().stream().filter(it -> it.required() || it.name().equals("upload"))
        .map(it -> "\"" + it.name() + "\":" + value(it)).collect(joining(",", "{", "}"));
  }

  private static String value(Field field) {
    return switch (field.kind()) {
      case TERMS -> "{\"remedy\":\"FULL_REFUND\",\"amount\":100,\"currency\":\"CNY\"}";
      case ASKED -> "[{\"side\":\"BUYER\",\"types\":[\"OTHER\"]}]";
      case CHOICE -> "\"" + (field.name().equals("outcome") ? "DECIDED_FOR_MERCHANT" : field.choices().getFirst())
          + "\"";
      case CHOICES, IDS -> "[]";
      case NUMBER -> field.name().equals("amount") ? "100" : "1";
      default -> field.name().equals("currency") ? "\"CNY\"" : "\"x\"";
    };
  }

  private static String path(Verb verb, String name) {
    return "/v1" + cases.at(name) + "/" + verb.path().replace("{n}", "1");
  }

  private Reply say(Principal who, Verb verb, String name) {
    return server.post(who.secret(), path(verb, name), body(verb), "Idempotency-Key", "matrix-" + sent++);
  }

  /** What is offered to {@code who} here, by the addresses of verbs. */
  private static Set<String> offered(Principal who, String name) {
    var at = server.get(who.secret(), "/v1" + cases.at(name));
    if (at.status() != 200) return Set.of();
    var all = new TreeSet<String>();
    for (var it : at.json().path("availableActions")) {
      var way = it.path("href").asString().replaceFirst("^/v1" + cases.at(name) + "/", "");
      all.add(way.replaceAll("/\\d+(/|$)", "/{n}$1"));
    }
    return all;
  }

  /** Why the answer is not what somebody should hear who may not; empty when it is. */
  private static String wrong(Principal who, Row row, Reply said) {
    int status = said.status();
    boolean right = switch (who.standing()) {
      case UNKNOWN -> status == 401;
      case FOREIGN -> status == 404;
      case READS_ONLY -> status == 403 && said.code().equals("SCOPE_MISSING");
      case SITS -> status == 404 ? who.role() == Role.MEDIATOR
          : (who.role() != null && row.roles().contains(who.role())) ? status == 409 || status == 403 || status == 422
          : status == 403;
    };
    return right ? "" : status + " " + said.code();
  }

  @Test void nobody_may_anything_that_the_table_does_not_say() {
    var disagreements = new ArrayList<String>();
    var reached = new HashSet<String>();
    int cells = 0;
    for (var name : NAMES) {
      var status = Status.valueOf(cases.status(name));
      var before = server.get(cases.key(Guest.LEA), "/v1" + cases.at(name)).text();
      for (var who : EVERYBODY) {
        var offered = offered(who, name);
        for (var verb : Verbs.ALL) {
          cells++;
          var row = Objects.requireNonNull(TABLE.get(verb.command()), verb.command());
          boolean may = who.standing() == Standing.SITS && row.roles().contains(who.role())
              && row.statuses().contains(status);
          if (offered.contains(verb.path())) {
            reached.add(verb.command());
            if (!may && who.standing() != Standing.READS_ONLY) {
              disagreements.add(who.name() + " is offered " + verb.command() + " in " + name);
            }
          } else if (!may) {
            var wrong = wrong(who, row, say(who, verb, name));
            if (!wrong.isEmpty()) disagreements.add(who.name() + " " + verb.command() + " in " + name + ": " + wrong);
          }
        }
      }
      var after = server.get(cases.key(Guest.LEA), "/v1" + cases.at(name)).text();
      if (!after.equals(before)) disagreements.add(name + " has changed");
    }
    assertThat(disagreements).isEmpty();
    assertThat(cells).isGreaterThanOrEqualTo(6_000);
    var never = new TreeSet<>(TABLE.keySet());
    never.removeAll(reached);
    // No case waits for these; they have tests of their own.
    assertThat(never).isSubsetOf(Set.of("EndException", "ReportShipment", "RecordRefund", "AcknowledgeReturn",
        "AnswerFeedback", "AnswerSupport", "Enforce", "ReportPerformance", "ApproveDecision", "RejectDecision"));
  }

  @Test void the_table_has_every_command_that_can_be_said_and_every_status_is_there() {
    assertThat(TABLE.keySet()).containsExactlyInAnyOrderElementsOf(Verbs.ALL.stream().map(Verb::command).distinct()
        .toList());
    var seen = new HashMap<Status, String>();
    for (var name : NAMES) seen.put(Status.valueOf(cases.status(name)), name);
    assertThat(seen.keySet()).containsExactlyInAnyOrderElementsOf(EnumSet.complementOf(EnumSet.of(Status.NOT_FILED)));
  }

  @Test void a_mediator_with_a_conflict_of_interest_or_without_the_dispute_comes_near_none() {
    var keys = server.centre.the(Keys.class);
    var wish = new Keys.Wish(Role.MEDIATOR, "con", "", Set.of(Scope.values()), Long.MAX_VALUE, Set.of("shop-1"), false,
        "");
    var conflicted = keys.issue(wish).secret();
    var taken = server.post(conflicted, "/v1" + cases.at("queued") + "/assignment", "{}");
    assertThat(taken.status()).as(taken.text()).isIn(403, 409);
    var other = server.key(Role.MEDIATOR, "max");
    for (var verb : Verbs.ALL) {
      var said = server.post(other, path(verb, "mediating"), body(verb), "Idempotency-Key", "other-" + sent++);
      assertThat(said.status()).as(verb.command()).isEqualTo(404);
    }
  }
}
