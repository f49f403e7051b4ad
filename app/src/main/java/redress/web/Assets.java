package redress.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import redress.door.Fault;
import redress.seal.Digest;

/** The few files that pages bring along, from the jar, under addresses that change with their content. */
@RestController
public final class Assets {
  private static final int MARK = 12;
  private static final Map<String, String> PLACES = Map.of(
      "site.css", "/web/site.css",
      "site.js", "/web/site.js",
      "live.js", "/web/live.js",
      "icon.svg", "/web/icon.svg",
      "htmx.js", "/META-INF/resources/webjars/htmx.org/2.0.10/dist/htmx.min.js");
  private static final Map<String, Asset> ALL = load();

  private record Asset(String text, String mark, MediaType type) {}

  /** The address of a file by its name; a later version has another. */
  public static String at(String name) {
    return "/assets/" + Objects.requireNonNull(ALL.get(name), name).mark() + "/" + name;
  }

  /** What a file says, by its name. */
  static String text(String name) {
    return Objects.requireNonNull(ALL.get(name), name).text();
  }

  @GetMapping("/assets/{mark}/{name}") ResponseEntity<String> show(@PathVariable String mark,
      @PathVariable String name) {
    var asset = ALL.get(name);
    if (asset == null || !asset.mark().equals(mark)) throw Fault.NOT_FOUND.away();
    return ResponseEntity.ok().contentType(asset.type())
        .header("X-Content-Type-Options", "nosniff")
        .cacheControl(CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable()).body(asset.text());
  }

  private static Map<String, Asset> load() {
    var all = new LinkedHashMap<String, Asset>();
    PLACES.forEach((name, place) -> {
      var text = read(place);
      all.put(name, new Asset(text, Digest.sha256(text).substring(0, MARK), type(name)));
    });
    return all;
  }

  private static MediaType type(String name) {
    return MediaType.parseMediaType(switch (name.substring(name.lastIndexOf('.'))) {
      case ".css" -> "text/css;charset=UTF-8";
      case ".js" -> "text/javascript;charset=UTF-8";
      case ".svg" -> "image/svg+xml";
      default -> throw new IllegalStateException(name);
    });
  }

  private static String read(String place) {
    try (InputStream in = Assets.class.getResourceAsStream(place)) {
      return new String(Objects.requireNonNull(in, place).readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
