package redress.stamp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redress.seal.Digest;
import redress.stamp.Authority.Manner;

/** Stamps of a real authority on the wire, and what is not taken for one. */
class TimeStampsTest {
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
  private static final byte[] HASH = Digest.sha256("a".getBytes(UTF_8));

  @TempDir Path temporary;
  private final Authority authority = new Authority(() -> NOON);
  private final TimeStamps stamps = new TimeStamps(authority.address(), List.of());

  @AfterEach void close() {
    stamps.close();
    authority.close();
  }

  @Test void a_stamp_says_when_the_hash_was_seen_and_can_be_verified_later() throws IOException {
    var stamp = stamps.stamp(HASH);
    assertThat(stamp.at()).isEqualTo(NOON);
    assertThat(stamp.authority()).contains("Time Stamp Authority of the tests");
    var later = Stamp.read(stamp.token(), HASH, List.of(authority.certificate));
    assertThat(later.at()).isEqualTo(NOON);
  }

  @Test void another_hash_a_changed_token_or_another_authority_is_noticed() throws IOException {
    var token = stamps.stamp(HASH).token();
    assertThatThrownBy(() -> Stamp.read(token, Digest.sha256("b".getBytes(UTF_8)), List.of()))
        .hasMessageContaining("about something else");
    int noticed = 0;
    for (int i = 0; i < token.length; i++) {
      var changed = token.clone();
      changed[i] ^= 1;
      try {
        var read = Stamp.read(changed, HASH, List.of(authority.certificate));
        assertThat(read.at()).as("byte " + i).isEqualTo(NOON);
      } catch (IOException refused) {
        noticed++;
      }
    }
    assertThat(noticed).as("bytes whose change is noticed, of " + token.length).isGreaterThan(token.length * 9 / 10);
    try (var stranger = new Authority(() -> NOON)) {
      assertThatThrownBy(() -> Stamp.read(token, HASH, List.of(stranger.certificate)))
          .hasMessageContaining("not trusted");
    }
  }

  @Test void an_authority_that_refuses_fails_or_stamps_something_else_is_believed_nothing() {
    for (var manner : List.of(Manner.REFUSING, Manner.BROKEN, Manner.RUBBISH, Manner.ABOUT_SOMETHING_ELSE)) {
      authority.manner = manner;
      assertThatThrownBy(() -> stamps.stamp(HASH)).as(manner.name()).isInstanceOf(IOException.class);
    }
  }

  @Test void settings_name_the_authority_and_whom_it_is_trusted_by() throws IOException {
    assertThat(TimeStamps.read(_ -> null)).isEmpty();
    assertThatThrownBy(() -> TimeStamps.read(Map.of("redress.tsa", "ftp://x")::get))
        .hasMessageContaining("redress.tsa");
    var file = temporary.resolve("tsa.pem");
    try (var stranger = new Authority(() -> NOON)) {
      Files.writeString(file, pem(stranger));
      var settings = Map.of("redress.tsa", authority.address().toString(), "redress.tsa.certificate", file.toString());
      try (var strict = TimeStamps.read(settings::get).orElseThrow()) {
        assertThatThrownBy(() -> strict.stamp(HASH)).hasMessageContaining("not trusted");
        Files.writeString(file, pem(stranger) + pem(authority));
      }
      try (var both = TimeStamps.read(settings::get).orElseThrow()) {
        assertThat(both.stamp(HASH).at()).isEqualTo(NOON);
      }
    }
  }

  private static String pem(Authority authority) {
    try {
      return "-----BEGIN CERTIFICATE-----\n"
          + Base64.getMimeEncoder().encodeToString(authority.certificate.getEncoded())
          + "\n-----END CERTIFICATE-----\n";
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }
}
