package redress.web;

import static org.assertj.core.api.Assertions.assertThat;

import gg.jte.generated.precompiled.StaticTemplates;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redress.bundle.Verifier;
import redress.door.Language;

/** The page that checks a bundle, where the Java beneath it has no compiler. */
class VerifyUploadTest {
  @ParameterizedTest @EnumSource void a_server_that_cannot_check_a_bundle_says_where_that_can_be_done(Language language)
      throws IOException {
    try (var verifier = new Verifier(null); var able = new Verifier()) {
      assertThat(able.canCheck()).isTrue();
      assertThat(page(language, able.canCheck())).contains("<form class=\"card\"", "enctype=\"multipart/form-data\"");
      assertThat(page(language, verifier.canCheck())).contains("href=\"/verify\"", "href=\"/verify/Verify.java\"",
          "java Verify.java bundle.zip", language.pick("cannot check a bundle", "无法代为核验"))
          .doesNotContain("multipart/form-data", "type=\"file\"");
    }
  }

  private static String page(Language language, boolean here) {
    var frame = new Frame(null, language, ZoneOffset.UTC, "/verify/upload", "nonce", "guard", 0, Instant.EPOCH);
    return new StaticTemplates().outsideVerify(VerifyUpload.empty(frame, here)).render();
  }
}
