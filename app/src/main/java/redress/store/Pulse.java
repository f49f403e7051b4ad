package redress.store;

import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import redress.dispute.DisputeId;
import redress.dispute.Errand.Audience;

/** What has moved on, asked for all who watch at once: however many they are, it is one question. */
public final class Pulse {
  private final JdbcClient sql;

  public Pulse(JdbcClient sql) {
    this.sql = sql;
  }

  /** Whose notices: a party's or member of staff's, with what is for everybody in these audiences. */
  public record Mailbox(String recipient, Set<Audience> audiences) {
    public Mailbox {
      audiences = Set.copyOf(audiences);
    }
  }

  /** The versions of these disputes, as far as they are there. */
  public Map<DisputeId, Integer> versions(Collection<DisputeId> ids) {
    var found = new HashMap<DisputeId, Integer>();
    sql.sql("""
        select d.home, d.id, d.version from unnest(?::smallint[], ?::bigint[]) w(home, id)
        join dispute d on d.home = w.home and d.id = w.id
        """).param(ids.stream().map(it -> (short) it.home()).toArray(Short[]::new))
        .param(ids.stream().map(DisputeId::number).toArray(Long[]::new))
        .query((ResultSet row) -> {
          found.put(new DisputeId(row.getInt(1), row.getLong(2)), row.getInt(3));
        });
    return found;
  }

  /** How many notices in each of these mailboxes are unread. */
  public Map<Mailbox, Integer> unread(Collection<Mailbox> mailboxes) {
    var boxes = List.copyOf(mailboxes);
    var numbers = new ArrayList<Integer>();
    var recipients = new ArrayList<String>();
    var audiences = new ArrayList<String>();
    for (int i = 0; i < boxes.size(); i++) {
      for (var audience : boxes.get(i).audiences()) {
        for (var recipient : List.of(boxes.get(i).recipient(), "")) {
          numbers.add(i);
          recipients.add(recipient);
          audiences.add(audience.name());
        }
      }
    }
    var counted = boxes.stream().collect(Collectors.toMap(it -> it, _ -> 0));
    sql.sql(UNREAD).param(numbers.toArray(Integer[]::new)).param(recipients.toArray(String[]::new))
        .param(audiences.toArray(String[]::new)).query((ResultSet row) -> {
          counted.put(boxes.get(row.getInt(1)), row.getInt(2));
        });
    return counted;
  }

  private static final String UNREAD = """
      select w.box, sum((select count(*) from notice n where n.recipient = w.recipient and n.audience = w.audience
        and n.channel = 'IN_APP' and n.state = 'DELIVERED' and n.read_at is null))
      from unnest(?::int[], ?::text[], ?::text[]) w(box, recipient, audience) group by w.box
      """;
}
