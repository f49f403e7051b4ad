package redress.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import redress.dispute.Notice;

/** The words of notices as they were changed here, in every version. */
public final class NoticeTemplates {
  private final JdbcClient sql;

  public NoticeTemplates(JdbcClient sql) {
    this.sql = sql;
  }

  /** One version of a notice's words in a language ({@code EN}, {@code ZH}), who wrote it and when (UTC). */
  public record Version(Notice notice, String language, int version, String source, String person, Instant at) {}

  /** The newest version of all that were changed. */
  public List<Version> newest() {
    return sql.sql("""
        select distinct on (notice, language) * from notice_template order by notice, language, version desc
        """).query((row, _) -> version(row)).list();
  }

  /** All versions of one, the newest first. */
  public List<Version> of(Notice notice, String language) {
    return sql.sql("select * from notice_template where notice = ? and language = ? order by version desc")
        .param(notice.name()).param(language).query((row, _) -> version(row)).list();
  }

  /** Keeps a version; false when somebody else was quicker. */
  public boolean add(Version it) {
    return sql.sql("""
        insert into notice_template (notice, language, version, source, person, at) values (?, ?, ?, ?, ?, ?)
        on conflict do nothing""").param(it.notice().name()).param(it.language()).param(it.version())
        .param(it.source()).param(it.person()).param(it.at().atOffset(ZoneOffset.UTC)).update() == 1;
  }

  private static Version version(ResultSet row) throws SQLException {
    return new Version(Notice.valueOf(row.getString("notice")), row.getString("language"), row.getInt("version"),
        row.getString("source"), row.getString("person"), row.getObject("at", OffsetDateTime.class).toInstant());
  }
}
