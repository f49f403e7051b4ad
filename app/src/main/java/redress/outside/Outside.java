package redress.outside;

import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;

/**
 * Posts to places that others name. Nothing goes to an address that is not public, unless the operator named its host:
 * what is looked at is the address that is connected to, so that a name that changes its mind in between leads nowhere.
 * No redirect is followed, nothing is unpacked, no proxy, cookie or password of this machine is used, and both the time
 * and the size of an answer are bounded.
 */
public final class Outside implements AutoCloseable {
  /** How long an answer may take in all. */
  public static final Duration PATIENCE = Duration.ofSeconds(15);
  /** How long an answer may be, in bytes. */
  public static final int LARGEST = 1 << 16;

  private static final int CONNECTIONS = 32;
  private static final int HIGHEST_PORT = 65_535;

  private final Set<String> named;
  private final Resolver resolver;
  private final Predicate<InetAddress> isPublic;
  private final Duration patience;
  private final CloseableHttpClient http;

  /** How names become addresses. */
  interface Resolver {
    List<InetAddress> resolve(String host) throws UnknownHostException;
  }

  /** What was answered; a body of at most {@link #LARGEST} bytes, as it was sent. */
  public record Answer(int status, ByteBuffer body) {}

  /** {@code named} are the hosts that the operator named, wherever they are. */
  public Outside(Set<String> named) {
    this(named, Networks::resolve, Networks::isPublic, PATIENCE);
  }

  Outside(Set<String> named, Resolver resolver, Predicate<InetAddress> isPublic, Duration patience) {
    this.named = named.stream().map(Outside::plain).collect(Collectors.toUnmodifiableSet());
    this.resolver = resolver;
    this.isPublic = isPublic;
    this.patience = patience;
    this.http = client();
  }

  /** To one place that the operator named; empty host: to no private place at all. */
  public static Outside to(URI place) {
    return new Outside(place.getHost() == null ? Set.of() : Set.of(place.getHost()));
  }

  private CloseableHttpClient client() {
    var timeout = Timeout.of(patience);
    var connections = PoolingHttpClientConnectionManagerBuilder.create().setDnsResolver(new Looking())
        .setMaxConnTotal(CONNECTIONS).setMaxConnPerRoute(CONNECTIONS)
        .setDefaultSocketConfig(SocketConfig.custom().setSoTimeout(timeout).build())
        .setDefaultConnectionConfig(
            ConnectionConfig.custom().setConnectTimeout(timeout).setSocketTimeout(timeout).build())
        .build();
    var asking = RequestConfig.custom().setConnectionRequestTimeout(timeout).setResponseTimeout(timeout)
        .setRedirectsEnabled(false).build();
    return HttpClients.custom().setConnectionManager(connections).setDefaultRequestConfig(asking)
        .setConnectionReuseStrategy((_, _, _) -> false).disableRedirectHandling().disableAutomaticRetries()
        .disableContentCompression().disableCookieManagement().disableAuthCaching().disableDefaultUserAgent().build();
  }

  /**
   * Posts {@code body} and gives what was answered, whatever the status. Blocks; never inside a database transaction.
   * Throws Barred when nothing may go there, IOException when nothing came back within time and size.
   */
  public Answer post(URI place, Map<String, String> headers, byte[] body) throws IOException {
    check(place);
    var request = new HttpPost(place);
    headers.forEach((name, value) -> {
      if (!name.equalsIgnoreCase("Content-Type")) request.setHeader(name, value);
    });
    request.setEntity(new ByteArrayEntity(body,
        ContentType.parse(headers.getOrDefault("Content-Type", "application/octet-stream"))));
    var task = new FutureTask<>(() -> http.execute(request, response -> read(request, response)));
    Thread.ofVirtual().start(task);
    try {
      return task.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      request.cancel();
      throw new SocketTimeoutException("no whole answer within " + patience.toSeconds() + " s");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException io) throw io;
      throw new IOException(e.getCause());
    } catch (InterruptedException e) {
      request.cancel();
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static Answer read(HttpPost request, ClassicHttpResponse response) throws IOException {
    var entity = response.getEntity();
    if (entity == null) return new Answer(response.getCode(), ByteBuffer.allocate(0));
    var body = entity.getContent().readNBytes(LARGEST + 1);
    if (body.length > LARGEST) {
      // To close it would read the rest, however long it is.
      request.cancel();
      throw new IOException("an answer of more than " + LARGEST + " bytes");
    }
    return new Answer(response.getCode(), ByteBuffer.wrap(body).asReadOnlyBuffer());
  }

  /** Turns away what is no plain address of a web server, before anything is looked up. */
  private static void check(URI place) throws Barred {
    var scheme = place.getScheme();
    if (!"http".equalsIgnoreCase(scheme) && !"https".equalsIgnoreCase(scheme)) throw new Barred("not http or https");
    var host = place.getHost();
    if (host == null || place.getRawUserInfo() != null) throw new Barred("no plain host");
    if (host.indexOf('%') >= 0 || Networks.isOddNumber(host)) throw new Barred("an address written in an odd way");
    if (place.getPort() == 0 || place.getPort() > HIGHEST_PORT) throw new Barred("no port");
  }

  private static String plain(String host) {
    var name = host.toLowerCase(Locale.ROOT);
    return name.startsWith("[") ? name.substring(1, name.length() - 1) : name;
  }

  /** Looks at the very addresses that are then connected to. */
  private final class Looking implements DnsResolver {
    @Override public InetAddress[] resolve(String host) throws UnknownHostException {
      var all = resolver.resolve(host);
      if (!named.contains(plain(host)) && !all.stream().allMatch(isPublic)) {
        throw new Barred("an address that is not public");
      }
      return all.toArray(InetAddress[]::new);
    }

    @Override public String resolveCanonicalHostname(String host) {
      return host;
    }
  }

  @Override public void close() {
    http.close(CloseMode.IMMEDIATE);
  }
}
