package redress.bundle;

import redress.store.Disputes.Happened;

/** For whom a bundle is made: what of each event may be shown. What may not stays closed, and is still proved. */
public interface Audience {
  /** Who it is, as the manifest says: BUYER, MERCHANT, PLATFORM, STAFF or AUDITOR. */
  String name();

  /** Whether all that happened may be shown, and with it the evidence it brought. */
  boolean maySee(Happened it);

  /** Whether it may be shown who did it. */
  boolean maySeeWho(Happened it);

  /** Whether what was written may be shown. */
  boolean mayRead(Happened it);
}
