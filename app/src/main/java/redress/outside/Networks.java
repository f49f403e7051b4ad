package redress.outside;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Which addresses belong to everybody: those of the special purpose registries of IPv4 and IPv6 (RFC 6890) do not. Of
 * IPv6 only what is given out as global unicast counts (2000::/3), without what carries an IPv4 address in it, so that
 * no disguise of an address leads inside.
 *
 * @see <a href="https://www.iana.org/assignments/iana-ipv4-special-registry">IANA, IPv4 special purpose addresses</a>
 * @see <a href="https://www.iana.org/assignments/iana-ipv6-special-registry">IANA, IPv6 special purpose addresses</a>
 */
final class Networks {
  private static final int FOUR = 4;
  private static final Network GLOBAL = network("2000::", 3);
  /** The last one of IPv4 is where machines of one cloud ask about themselves. */
  private static final List<Network> SPECIAL = List.of(network("0.0.0.0", 8), network("10.0.0.0", 8),
      network("100.64.0.0", 10), network("127.0.0.0", 8), network("169.254.0.0", 16), network("172.16.0.0", 12),
      network("192.0.0.0", 24), network("192.0.2.0", 24), network("192.31.196.0", 24), network("192.52.193.0", 24),
      network("192.88.99.0", 24), network("192.168.0.0", 16), network("192.175.48.0", 24), network("198.18.0.0", 15),
      network("198.51.100.0", 24), network("203.0.113.0", 24), network("224.0.0.0", 3), network("168.63.129.16", 32),
      network("2001::", 23), network("2001:db8::", 32), network("2002::", 16), network("2620:4f:8000::", 48),
      network("3fff::", 20));

  private Networks() {}

  /** Addresses whose first {@code length} bits are these. */
  private record Network(InetAddress begins, int length) {
    boolean holds(byte[] address) {
      var start = begins.getAddress();
      if (address.length != start.length) return false;
      for (int bit = 0; bit < length; bit++) {
        int mask = 0x80 >> bit % Byte.SIZE;
        if (((address[bit / Byte.SIZE] ^ start[bit / Byte.SIZE]) & mask) != 0) return false;
      }
      return true;
    }
  }

  private static Network network(String start, int length) {
    return new Network(InetAddress.ofLiteral(start), length);
  }

  /** Whether anybody on the internet may have this address. */
  static boolean isPublic(InetAddress address) {
    var bytes = address.getAddress();
    if (bytes.length != FOUR && !GLOBAL.holds(bytes)) return false;
    return SPECIAL.stream().noneMatch(it -> it.holds(bytes));
  }

  /** Whether {@code host} is a number, or means to be one, and is not written as addresses are. */
  static boolean isOddNumber(String host) {
    if (!host.matches("(.*\\.)?(0[xX][0-9a-fA-F]*|[0-9]+)\\.?")) return false;
    try {
      return !InetAddress.ofLiteral(host).getHostAddress().equals(host);
    } catch (IllegalArgumentException e) {
      return true;
    }
  }

  /** The addresses of a name, as this machine knows them. */
  static List<InetAddress> resolve(String host) throws UnknownHostException {
    return List.of(InetAddress.getAllByName(host));
  }
}
