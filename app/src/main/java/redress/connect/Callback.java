package redress.connect;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What somebody sent to a callback address, as it came: whoever it says it is from has yet to be proved. Header names
 * are in lower case; {@code body} is read as UTF-8, as which all our providers sign it.
 */
public record Callback(Map<String, String> headers, String body) {
  public Callback {
    headers = headers.entrySet().stream().collect(Collectors.toUnmodifiableMap(
        header -> header.getKey().toLowerCase(Locale.ROOT), Map.Entry::getValue, (one, _) -> one));
  }

  /** A header by its name, whatever its case. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
  }
}
