package redress.store;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import redress.dispute.DisputeId;
import redress.dispute.Home;
import redress.seal.Digest;

/** An idempotency key: whose it is, the key itself, and the hash of what was asked with it. */
public record Key(String principal, String key, String bodyHash) {

  /** The id of the dispute that this key files about {@code payment}: the same for every repeat. */
  public DisputeId dispute(String payment) {
    var hash = HexFormat.of().parseHex(Digest.sha256(principal + '\n' + key + '\n' + payment));
    long number = ByteBuffer.wrap(hash).getLong() & Long.MAX_VALUE;
    return new DisputeId(Home.of(payment), Math.max(1, number));
  }
}
