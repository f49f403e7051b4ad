package redress;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import redress.limit.Rates;

/**
 * How callers reach a server: what it proves itself with, and which proxies in front of it are believed when they say
 * from where a request came ({@code X-Forwarded-For}) and whether over TLS ({@code X-Forwarded-Proto}), and how often
 * anybody may ask. From anybody else these headers mean nothing: the address is the one that connected, or the last one
 * no believed proxy wrote.
 */
public record Reach(Tls tls, List<String> proxies, Rates rates) {
  /** Plain HTTP, with nobody in between, as often as anybody likes. */
  public static final Reach PLAIN = new Reach(Tls.NONE, List.of(), Rates.OFF);

  /** The scheme of its own addresses. */
  public String scheme() {
    return tls.isOn() ? "https" : "http";
  }

  /** How the web server is told. */
  Map<String, Object> properties() {
    var all = new HashMap<>(tls.properties());
    if (proxies.isEmpty()) {
      all.put("server.forward-headers-strategy", "none");
      return all;
    }
    all.put("server.forward-headers-strategy", "native");
    all.put("server.tomcat.remoteip.remote-ip-header", "x-forwarded-for");
    all.put("server.tomcat.remoteip.protocol-header", "x-forwarded-proto");
    all.put("server.tomcat.remoteip.internal-proxies",
        proxies.stream().map(Pattern::quote).collect(Collectors.joining("|")));
    return all;
  }
}
