package redress.connect;

/** A kind of provider, and how accounts at it are opened. */
public interface Connector {

  /** The kind as it is written in an account's {@code kind}, for example {@code ALIPAY}. */
  String kind();

  /**
   * The account as a provider, named as the account is. Nothing is asked of the provider yet. Throws
   * IllegalArgumentException that names the missing or wrong setting and shows no secret.
   */
  Provider open(Account account);
}
