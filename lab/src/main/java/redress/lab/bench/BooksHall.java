package redress.lab.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.postgresql.PGConnection;
import org.springframework.jdbc.core.simple.JdbcClient;
import redress.Centre;
import redress.check.Match.Verdict;
import redress.desk.Desk;
import redress.desk.Request;
import redress.dispute.Actor;
import redress.dispute.Command;
import redress.dispute.DisputeId;
import redress.dispute.Executor;
import redress.dispute.Filing;
import redress.dispute.Payment;
import redress.dispute.Reason;
import redress.dispute.Remedy;
import redress.dispute.Words;
import redress.match.Reconciliation;
import redress.policy.Role;
import redress.postgres.EmbeddedPostgres;
import redress.statement.Importer;
import redress.statement.Progress;
import redress.store.Books;
import redress.store.Errands;
import redress.store.Matches;
import redress.store.Parties;
import redress.store.Party;
import redress.store.Payments;
import redress.store.Text;

/** A centre where very many merchants have promised to pay back all of a payment at their own provider. */
final class BooksHall implements AutoCloseable {
  static final String MODEL = "model";
  private static final String BOOK = "STRIPE";
  private static final Instant LATER = Town.MORNING.plus(Duration.ofDays(30));

  private final EmbeddedPostgres server;
  private final Centre centre;
  private final int promises;

  BooksHall(int promises) throws SQLException {
    this.promises = promises;
    server = EmbeddedPostgres.throwaway();
    centre = Centre.open(server.database(),
        Centre.Settings.local(0).by(Clock.fixed(Town.MORNING, ZoneOffset.UTC)));
    for (var party : List.of(party("buyer-1", Party.Kind.BUYER), party("shop-1", Party.Kind.MERCHANT))) {
      centre.the(Parties.class).put(party, Party.Contact.NONE);
    }
    var id = settled();
    new Copier(server.database()).copy(MODEL, id, promises - 1);
    analyze();
  }

  private static Party party(String id, Party.Kind kind) {
    return new Party(id, kind, "acc-" + id, 2, Town.MORNING, ZoneOffset.UTC, "en");
  }

  private DisputeId settled() {
    centre.the(Payments.class).register(new Payments.Registered(Payment.registered(MODEL, "buyer-1", "shop-1",
        Town.CAPTURED, Town.CURRENCY, Set.of(), Town.MORNING.minusSeconds(86_400), BOOK, true), null, "{}"),
        Town.MORNING);
    var id = Desk.newDispute(MODEL, null);
    var words = new Words(id + "-w", "c".repeat(64), 14);
    var buyer = new Actor(Role.BUYER, "buyer-1");
    var filing = new Filing(id, MODEL, "buyer-1", "shop-1", Town.CURRENCY, Town.CAPTURED, Set.of(),
        Reason.NOT_AS_DESCRIBED, Remedy.FULL_REFUND, words, Town.MORNING, "", ZoneOffset.UTC, true);
    say(new Request(id, MODEL, buyer, buyer.subject(), new Command.File(filing),
        List.of(new Text(words, buyer.subject(), buyer.role(), "It is cracked.")), null, null, null));
    var merchant = new Actor(Role.MERCHANT_OWNER, "shop-1");
    say(new Request(id, MODEL, merchant, merchant.subject(), new Command.RefundNow(Executor.MERCHANT), List.of(), null,
        null, null));
    return id;
  }

  private void say(Request request) {
    try {
      Callers.desk(centre.the(Desk.class)).by(request);
    } catch (Exception e) {
      throw new IllegalStateException("what cannot be said", e);
    }
  }

  /** Imports the file; how long that took, in milliseconds. */
  long take(Path file, int lines) throws IOException {
    long began = System.nanoTime();
    var report = centre.the(Importer.class).take(file, new Importer.Wish("statement.csv", BOOK, null, true, "bench"),
        Progress.NONE);
    if (report.statement().fresh() != lines) throw new IllegalStateException(report.summary());
    return ms(began);
  }

  /** Matches every promise; how long that took, in milliseconds. Throws when anything comes out wrong. */
  long match() {
    var sql = centre.the(JdbcClient.class);
    var reconciliation =
        new Reconciliation(new Books(sql), centre.the(Matches.class), centre.the(Errands.class), _ -> LATER);
    long began = System.nanoTime();
    var report = reconciliation.run();
    long took = ms(began);
    var due = BigStatement.due(promises);
    var found = new BigStatement.Due(report.of(Verdict.EXACT), report.of(Verdict.UNDER), report.of(Verdict.OVER),
        report.of(Verdict.MISSING));
    if (!found.equals(due)) throw new IllegalStateException("found " + found + " instead of " + due);
    return took;
  }

  /** Empties what was filled, so that it can be filled by other means. */
  void forget() throws SQLException {
    try (var connection = server.database().connect(); var statement = connection.createStatement()) {
      statement.execute("truncate statement, statement_flaw, record, match, stray");
    }
    analyze();
  }

  private void analyze() throws SQLException {
    try (var connection = server.database().connect(); var statement = connection.createStatement()) {
      statement.execute("vacuum analyze");
    }
  }

  /** Fills the same tables with plain SQL; how long that took, in milliseconds. */
  long plain(Path file) throws SQLException, IOException {
    long began = System.nanoTime();
    try (var connection = server.database().connect(); var statement = connection.createStatement();
        var in = Files.newBufferedReader(file)) {
      connection.setAutoCommit(false);
      statement.execute(STAGED);
      connection.unwrap(PGConnection.class).getCopyAPI().copyIn("copy staged from stdin (format csv, header)", in);
      for (var step : List.of("analyze staged", STATEMENT, RECORDS, MATCHES, STRAYS)) statement.execute(step);
      connection.commit();
    }
    return ms(began);
  }

  /** How many promises have which verdict now. */
  Map<String, Long> verdicts() {
    var verdicts = new HashMap<String, Long>();
    centre.the(JdbcClient.class).sql("select verdict, count(*) as n from match group by verdict")
        .query(row -> {
          verdicts.put(row.getString("verdict"), row.getLong("n"));
        });
    return verdicts;
  }

  private static long ms(long began) {
    return Duration.ofNanos(System.nanoTime() - began).toMillis();
  }

  @Override public void close() {
    centre.close();
    server.close();
  }

  private static final String STAGED = """
      create temporary table staged (id text, at timestamp, currency text, gross numeric, fee numeric, net numeric,
        category text, source text, memo text, called text) on commit drop
      """;

  private static final String STATEMENT = """
      insert into statement (id, format, book, name, live, lines, fresh, duplicate, broken, mismatches, first_at,
        last_at, imported_at, imported_by)
      select 'plain', 'plain', 'STRIPE', 'plain', true, count(*), count(*), 0, 0, 0, min(at), max(at), now(), 'plain'
      from staged
      """;

  private static final String RECORDS = """
      insert into record (home, id, book, live, kind, state, reference, provider_id, called, alias, payment, dispute,
        refund, obligation, minor, currency, fee, counterparty, memo, at, statement, line)
      select coalesce(p.home, crc32c(convert_to(s.called, 'UTF8')) % 4096),
        left(encode(sha256(convert_to('STRIPE' || s.id, 'UTF8')), 'hex'), 32), 'STRIPE', true,
        case s.category when 'refund' then 'REFUND' else 'PAYMENT' end, 'SUCCEEDED', s.source, s.source, s.called, '',
        coalesce(p.id, ''), '', 0, 0, (s.gross * 100)::bigint, upper(s.currency), (s.fee * 100)::bigint, '', s.memo,
        s.at, 'plain', row_number() over ()
      from staged s left join payment p on p.provider = 'STRIPE' and p.at_provider = s.called
      on conflict do nothing
      """;

  private static final String MATCHES = """
      insert into match (home, dispute, obligation, payment, merchant, book, verdict, owed, paid, currency, live, body,
        first_at, changed_at)
      select d.home, d.id, (o->>'id')::int, d.payment, d.merchant, 'STRIPE',
        case when r.paid is null then 'MISSING' when r.paid = (o->'promise'->>'minor')::bigint then 'EXACT'
          when r.paid < (o->'promise'->>'minor')::bigint then 'UNDER' else 'OVER' end,
        (o->'promise'->>'minor')::bigint, coalesce(r.paid, 0), d.currency, d.live,
        coalesce(r.body, '{"parts":[],"remarks":[]}'), now(), now()
      from dispute d cross join lateral json_array_elements(d.stage->'obligations') o
      left join (
        select home, payment, -sum(minor)::bigint as paid, json_build_object('parts', json_agg(json_build_object(
          'record', id, 'statement', statement, 'line', line, 'minor', -minor))) as body
        from record where kind = 'REFUND' and payment <> '' group by home, payment
      ) r on r.home = d.home and r.payment = d.payment
      where d.settled_at is not null
      """;

  private static final String STRAYS = """
      insert into stray (home, record, payment, first_at)
      select r.home, r.id, r.payment, now() from record r where r.kind = 'REFUND' and r.payment <> ''
        and not exists (select from match m where m.home = r.home and m.payment = r.payment)
      """;
}
