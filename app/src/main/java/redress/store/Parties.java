package redress.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import redress.store.Party.Contact;
import redress.store.Party.Kind;

/** The buyers and merchants that the host platform registered. */
public final class Parties {
  private final JdbcClient sql;

  public Parties(JdbcClient sql) {
    this.sql = sql;
  }

  /** Registers a party or brings it up to date; the same again changes nothing. True when it is new. */
  public boolean put(Party party, Contact contact) {
    boolean fresh = sql.sql(PUT)
        .param(party.id()).param(party.kind().name()).param(party.account()).param(party.level())
        .param(party.verifiedAt() == null ? null : party.verifiedAt().atOffset(ZoneOffset.UTC))
        .param(party.zone().getId()).param(party.language())
        .query(Boolean.class).single();
    sql.sql(PUT_CONTACT)
        .param(party.id()).param(contact.name()).param(contact.email()).param(contact.phone()).update();
    return fresh;
  }

  /** The party with this id. */
  public Optional<Party> find(String id) {
    return sql.sql("select * from party where id = ?").param(id).query((row, _) -> party(row)).optional();
  }

  /** Those of these parties that are registered, in one look. */
  public Map<String, Party> find(Set<String> ids) {
    return sql.sql("select * from party where id = any (?)").param(ids.toArray(String[]::new))
        .query((row, _) -> party(row)).list().stream().collect(Collectors.toMap(Party::id, Function.identity()));
  }

  /** A party, how it is called and reached ({@link Contact#NONE}: unknown or erased), and how it wants to be told. */
  public record Reachable(Party party, Contact contact, Wish wish) {}

  /** Those of these parties that are registered, with their contacts, in one look. */
  public Map<String, Reachable> reach(Set<String> ids) {
    if (ids.isEmpty()) return Map.of();
    return sql
        .sql("select p.*, c.name, c.email, c.phone, w.without, w.quiet_from, w.quiet_to, w.wish_language, w.news, "
            + "w.digest from party p left join party_contact c on c.party = p.id "
            + "left join notice_wish w on w.party = p.id where p.id = any (?)")
        .param(ids.toArray(String[]::new))
        .query((row, _) -> new Reachable(party(row), row.getString("email") == null ? Contact.NONE
            : new Contact(row.getString("name"), row.getString("email"), row.getString("phone")),
            Wishes.wish(row)))
        .list().stream().collect(Collectors.toMap(it -> it.party().id(), Function.identity()));
  }

  /** How the party is called and reached; {@link Contact#NONE} when unknown or erased. */
  public Contact contact(String id) {
    return sql.sql("select name, email, phone from party_contact where party = ?").param(id)
        .query((row, _) -> new Contact(row.getString(1), row.getString(2), row.getString(3)))
        .optional().orElse(Contact.NONE);
  }

  private static Party party(ResultSet row) throws SQLException {
    var verified = row.getObject("verified_at", OffsetDateTime.class);
    return new Party(row.getString("id"), Kind.valueOf(row.getString("kind")), row.getString("account"),
        row.getInt("level"), verified == null ? null : verified.toInstant(), ZoneId.of(row.getString("zone")),
        row.getString("language"));
  }

  private static final String PUT = """
      insert into party as p (id, kind, account, level, verified_at, zone, language) values (?, ?, ?, ?, ?, ?, ?)
      on conflict (id) do update set kind = excluded.kind, account = excluded.account, level = excluded.level,
        verified_at = excluded.verified_at, zone = excluded.zone, language = excluded.language
      returning xmax = 0
      """;

  private static final String PUT_CONTACT = """
      insert into party_contact as c (party, name, email, phone) values (?, ?, ?, ?)
      on conflict (party) do update set name = excluded.name, email = excluded.email, phone = excluded.phone
        where (c.name, c.email, c.phone) is distinct from (excluded.name, excluded.email, excluded.phone)
      """;
}
