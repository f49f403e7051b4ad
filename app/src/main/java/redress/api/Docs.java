package redress.api;

import java.nio.charset.StandardCharsets;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** The description of the API: as OpenAPI 3.1 for programs, as one page for people. */
@RestController
public final class Docs {
  private final byte[] document;
  private final byte[] page;

  public Docs() {
    var description = OpenApi.describe();
    document = JsonMapper.builder().build().writeValueAsBytes(description);
    page = DocsPage.of(Operations.ALL).getBytes(StandardCharsets.UTF_8);
  }

  @GetMapping("/v1/openapi.json") ResponseEntity<byte[]> openApi() {
    return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(document);
  }

  @GetMapping({"/docs", "/v1/docs"}) ResponseEntity<byte[]> page() {
    return ResponseEntity.ok().contentType(MediaType.parseMediaType("text/html;charset=UTF-8"))
        .header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'").body(page);
  }
}
