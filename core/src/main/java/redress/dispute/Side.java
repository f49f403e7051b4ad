package redress.dispute;

/** The two parties of a dispute. */
public enum Side {
  BUYER, MERCHANT;

  /** The party across the table. */
  public Side other() {
    return this == BUYER ? MERCHANT : BUYER;
  }
}
