package redress.push;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import javax.crypto.KeyAgreement;

/** Keys on the curve P-256, as Web Push writes them: a point is 65 bytes, 4 and both coordinates (X9.62). */
final class Curve {
  private static final int SIZE = 32;
  private static final int POINT = 65;
  private static final ECParameterSpec P256 = parameters();

  private static ECParameterSpec parameters() {
    try {
      var parameters = AlgorithmParameters.getInstance("EC");
      parameters.init(new ECGenParameterSpec("secp256r1"));
      return parameters.getParameterSpec(ECParameterSpec.class);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no P-256", e);
    }
  }

  /** A new pair. */
  static KeyPair pair() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no P-256", e);
    }
  }

  /** The key at this point. Throws GeneralSecurityException when it is none of the curve's. */
  static ECPublicKey point(byte[] bytes) throws GeneralSecurityException {
    if (bytes.length != POINT || bytes[0] != 4) throw new GeneralSecurityException("not an uncompressed point");
    var point = new ECPoint(new BigInteger(1, Arrays.copyOfRange(bytes, 1, SIZE + 1)),
        new BigInteger(1, Arrays.copyOfRange(bytes, SIZE + 1, POINT)));
    if (!isOnCurve(point)) throw new GeneralSecurityException("not on the curve");
    return (ECPublicKey) KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, P256));
  }

  private static boolean isOnCurve(ECPoint point) {
    var field = (java.security.spec.ECFieldFp) P256.getCurve().getField();
    var p = field.getP();
    var x = point.getAffineX();
    var y = point.getAffineY();
    if (x.compareTo(p) >= 0 || y.compareTo(p) >= 0) return false;
    var right = x.pow(3).add(P256.getCurve().getA().multiply(x)).add(P256.getCurve().getB()).mod(p);
    return y.pow(2).mod(p).equals(right);
  }

  /** The private key with this number. */
  static PrivateKey secret(byte[] bytes) throws GeneralSecurityException {
    return KeyFactory.getInstance("EC").generatePrivate(new ECPrivateKeySpec(new BigInteger(1, bytes), P256));
  }

  /** The point of a key. */
  static byte[] bytes(ECPublicKey key) {
    var bytes = new byte[POINT];
    bytes[0] = 4;
    fill(bytes, 1, key.getW().getAffineX());
    fill(bytes, SIZE + 1, key.getW().getAffineY());
    return bytes;
  }

  private static void fill(byte[] bytes, int from, BigInteger number) {
    var digits = number.toByteArray();
    int skip = Math.max(0, digits.length - SIZE);
    System.arraycopy(digits, skip, bytes, from + SIZE - (digits.length - skip), digits.length - skip);
  }

  /** What both sides can work out: the x coordinate of the common point. */
  static byte[] agree(PrivateKey mine, ECPublicKey theirs) throws GeneralSecurityException {
    var agreement = KeyAgreement.getInstance("ECDH");
    agreement.init(mine);
    agreement.doPhase(theirs, true);
    return agreement.generateSecret();
  }

  private Curve() {}
}
