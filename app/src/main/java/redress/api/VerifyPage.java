package redress.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Objects;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import redress.seal.Digest;

/**
 * The page on which anybody checks a bundle in their own browser, and the one-file verifier to take away. The page is
 * one file too, whose policy lets it run its own script and connect to nothing, here and wherever it is saved.
 */
@RestController
public final class VerifyPage {
  private final byte[] page;
  private final byte[] program;
  private final String policy;

  public VerifyPage() {
    var style = resource("page.css");
    var script = resource("page.js");
    var policy = "default-src 'none'; script-src " + source(script) + "; style-src " + source(style)
        + "; img-src data:; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'";
    page = resource("page.html").replace("/*policy*/", policy).replace("/*style*/", style)
        .replace("/*script*/", script).getBytes(UTF_8);
    program = resource("Verify.java").getBytes(UTF_8);
    this.policy = policy + "; frame-ancestors 'none'";
  }

  @GetMapping("/verify") ResponseEntity<byte[]> page() {
    return ResponseEntity.ok().contentType(MediaType.parseMediaType("text/html;charset=UTF-8"))
        .header("Content-Security-Policy", policy).header("X-Content-Type-Options", "nosniff")
        .header("Referrer-Policy", "no-referrer").body(page);
  }

  @GetMapping("/verify/Verify.java") ResponseEntity<byte[]> program() {
    return ResponseEntity.ok().contentType(MediaType.parseMediaType("text/plain;charset=UTF-8"))
        .header("Content-Disposition", "attachment; filename=\"Verify.java\"")
        .header("X-Content-Type-Options", "nosniff").body(program);
  }

  /** How a policy names an inline script or style: by the hash of what stands between its tags. */
  private static String source(String text) {
    return "'sha256-" + Base64.getEncoder().encodeToString(Digest.sha256(text.getBytes(UTF_8))) + "'";
  }

  private static String resource(String name) {
    try (InputStream in = VerifyPage.class.getResourceAsStream("/verify/" + name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
