package redress.door;

import java.net.InetAddress;
import java.util.Collection;
import java.util.regex.Pattern;

/** Addresses and networks as CIDR writes them (RFC 4632, RFC 4291): {@code 203.0.113.0/24}, {@code 2001:db8::/32}. */
public final class Networks {
  /** Four numbers: shorter and other spellings mean different things to different programs. */
  private static final Pattern QUAD = Pattern.compile("(0|[1-9]\\d{0,2})(\\.(0|[1-9]\\d{0,2})){3}");

  private Networks() {}

  /** Whether this is an address, or a network whose address has nothing behind its prefix. */
  public static boolean isOne(String network) {
    try {
      var parts = network.split("/", -1);
      var bytes = bytes(parts[0]);
      if (parts.length == 1) return true;
      if (parts.length > 2 || !parts[1].matches("\\d{1,3}")) return false;
      int prefix = Integer.parseInt(parts[1]);
      if (prefix > bytes.length * Byte.SIZE) return false;
      for (int bit = prefix; bit < bytes.length * Byte.SIZE; bit++) if (isSet(bytes, bit)) return false;
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Whether {@code address} is in one of these; what is no address is in none. */
  public static boolean contain(Collection<String> networks, String address) {
    try {
      var bytes = bytes(address);
      return networks.stream().anyMatch(it -> contains(it, bytes));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean contains(String network, byte[] address) {
    var parts = network.split("/", -1);
    var begins = bytes(parts[0]);
    if (begins.length != address.length) return false;
    int prefix = parts.length == 1 ? begins.length * Byte.SIZE : Integer.parseInt(parts[1]);
    for (int bit = 0; bit < prefix; bit++) if (isSet(begins, bit) != isSet(address, bit)) return false;
    return true;
  }

  private static boolean isSet(byte[] bytes, int bit) {
    return (bytes[bit / Byte.SIZE] >> (Byte.SIZE - 1 - bit % Byte.SIZE) & 1) == 1;
  }

  /** Never asks a name server; an IPv4 address written as one of IPv6 is what it stands for. */
  private static byte[] bytes(String address) {
    int zone = address.indexOf('%');
    if (address.indexOf(':') < 0 && !QUAD.matcher(address).matches()) throw new IllegalArgumentException(address);
    return InetAddress.ofLiteral(zone < 0 ? address : address.substring(0, zone)).getAddress();
  }
}
