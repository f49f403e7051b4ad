package redress.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** A vault in a bucket of a real S3 server: the promises of every vault, and those about its place. */
class S3VaultTest extends VaultContract {
  @TempDir static Path folder;
  private static S3Server server;
  private static S3Vault vault;

  @BeforeAll static void open() throws Exception {
    server = new S3Server(folder);
    vault = server.vault("redress/");
  }

  @AfterAll static void close() throws IOException {
    vault.close();
    server.close();
  }

  @Override Vault vault() {
    return vault;
  }

  @Test void another_prefix_of_the_same_bucket_is_another_vault() throws Exception {
    var name = vault.put(new ByteArrayInputStream(bytes(1_000, 31)), 1_000).sha256();
    try (var other = server.vault("elsewhere/")) {
      assertThat(other.has(name)).isFalse();
    }
    try (var same = server.vault("redress/")) {
      assertThat(same.has(name)).isTrue();
    }
  }

  @Test void a_bucket_that_is_not_there_or_not_ours_is_said_at_the_start() {
    assertThatThrownBy(() -> new S3Vault(server.place("nowhere", ""), S3Server.credentials()).close())
        .isInstanceOf(IOException.class).hasMessageContaining("nowhere");
    var stranger = StaticCredentialsProvider.create(AwsBasicCredentials.create("somebody", "else"));
    assertThatThrownBy(() -> new S3Vault(server.place("evidence", ""), stranger).close())
        .isInstanceOf(IOException.class).hasMessageContaining("evidence");
  }

  @Test void it_is_opened_by_its_name_with_credentials_from_a_file() throws Exception {
    var file = Files.write(folder.resolve("credentials"), server.credentialsFile());
    var before = System.getProperty("aws.sharedCredentialsFile");
    System.setProperty("aws.sharedCredentialsFile", file.toString());
    try (var opened = (S3Vault) Vaults.open("s3://evidence/named",
        Map.of("redress.vault.s3.endpoint", server.endpoint().toString())::get)) {
      var bytes = bytes(500, 32);
      assertThat(opened.put(new ByteArrayInputStream(bytes), 500).sha256()).isEqualTo(sha256(bytes));
      assertThat(opened.has(sha256(bytes))).isTrue();
    } finally {
      if (before == null) System.clearProperty("aws.sharedCredentialsFile");
      else System.setProperty("aws.sharedCredentialsFile", before);
    }
  }

  @Test void a_name_without_bucket_is_refused_in_words() {
    assertThatThrownBy(() -> Vaults.open("s3://", _ -> null)).isInstanceOf(Vaults.Unusable.class)
        .hasMessageContaining("bucket");
  }
}
