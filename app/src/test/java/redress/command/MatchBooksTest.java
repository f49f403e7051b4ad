package redress.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redress.api.Server;
import redress.check.Facts;
import redress.policy.Role;
import redress.postgres.Database;
import redress.seal.Digest;
import redress.store.Movement;
import redress.store.Statements;
import redress.store.Statements.Cover;

/**
 * {@code ./redress match} beside a running server: every promise is told with its reason, and again nothing changes.
 */
class MatchBooksTest {
  @TempDir Path data;

  @Test void a_promise_is_told_with_its_record_and_rule_and_run_again_nothing_changes() throws IOException {
    try (var server = new Server()) {
      var id = settled(server);
      imported(server);
      var owner = server.centre.the(Database.class);
      var url = owner.url().substring("jdbc:".length()).replace("//",
          "//" + owner.user() + ":" + owner.password() + "@");
      var first = Typed.of("match", "--database-url", url);
      assertThat(first.exit()).as(first.words()).isZero();
      assertThat(first.words()).contains("exact    " + id + "-o11  owed 10,000 paid 10,000 EUR (test)")
          .contains("it is exactly what is missing").contains("stray ").contains("about payment p-match: -700 EUR");
      assertThat(first.lastLine()).startsWith("match: owed=1 exact=1 under=0 over=0 missing=0 unexplained=1 ");
      assertThat(first.figure("changed")).isEqualTo(1);
      assertThat(Typed.of("match", "--database-url", url).figure("changed")).isZero();
    }
  }

  @Test void a_folder_without_a_database_is_named() {
    var typed = Typed.of("match", "--data", data.resolve("none").toString());
    assertThat(typed.exit()).isEqualTo(1);
    assertThat(typed.words()).contains("redress: there is no database in").contains("none");
  }

  private static String settled(Server server) {
    var platform = server.key(Role.PLATFORM, "platform-1");
    var paid = server.put(platform, "/v1/payments/p-match", """
        {"payer":"buyer-1","merchant":"shop-1","amount":10000,"currency":"EUR","capturedAt":"2026-03-01T08:00:00Z",
         "provider":"BANK-1"}""");
    assertThat(paid.status()).as(paid.text()).isEqualTo(201);
    var filed = server.post(server.key(Role.BUYER, "buyer-1"), "/v1/disputes", """
        {"payment":"p-match","reason":"OTHER","wish":"FULL_REFUND","amount":10000,"currency":"EUR",
         "description":"Dark."}""");
    var id = filed.json().path("id").asString();
    var refund = server.post(server.key(Role.MERCHANT_OWNER, "shop-1"), "/v1/disputes/" + id + "/refund",
        "{\"executor\":\"MERCHANT\"}", "Idempotency-Key", "refund-1");
    assertThat(refund.status()).as(refund.text()).isEqualTo(200);
    return id;
  }

  private static void imported(Server server) throws IOException {
    var cover = new Cover(Digest.sha256("bank"), false, "bank", "bank.csv", server.now(), "test");
    server.centre.the(Statements.class).take(cover, sink -> {
      for (int i = 0; i < 2; i++) {
        var reference = "own-" + i;
        sink.take(new Movement("BANK-1", Movement.Kind.REFUND, Facts.State.SUCCEEDED, reference, reference, reference,
            "p-match", "", i == 0 ? -10_000 : -700, "EUR", 0, "", "", server.now().plusSeconds(60), i + 1));
      }
      return "BANK-1";
    });
  }
}
