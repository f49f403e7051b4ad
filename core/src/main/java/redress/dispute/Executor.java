package redress.dispute;

/** Who carries out a payment: the platform through a connected provider, or the merchant at its own provider. */
public enum Executor {
  PLATFORM, MERCHANT
}
