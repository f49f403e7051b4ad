package redress.evidence;

import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import redress.evidence.Declined.Why;
import redress.store.Kept;
import redress.vault.Staged;
import redress.vault.Vault;
import redress.vault.Vault.Stored;

/** Keeps bytes so that what refers to them is never there without them. */
final class Keeping {
  private static final int TRIES = 50;
  private static final long PAUSE_MS = 100;

  private final Vault vault;
  private final Kept kept;
  private final Clock clock;

  Keeping(Vault vault, Kept kept, Clock clock) {
    this.vault = vault;
    this.kept = kept;
    this.clock = clock;
  }

  /**
   * Keeps what was staged and then has {@code refer} write down what refers to it; it says false when the bytes were
   * taken away in between, and then all begins anew. Declines when that goes on for seconds.
   */
  void keep(Staged staged, Predicate<Stored> refer) throws IOException {
    for (int i = 0; i < TRIES; i++) {
      if (kept.coming(staged.sha256(), staged.size(), clock.instant()) && refer.test(vault.keep(staged))) return;
      pause();
    }
    throw new Declined(Why.BUSY, "");
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Declined(Why.BUSY, "");
    }
  }
}
