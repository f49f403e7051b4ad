package redress.errand;

import java.util.regex.Pattern;
import redress.connect.Heard;
import redress.connect.Wallet;
import redress.desk.Clocks;
import redress.dispute.DisputeId;
import redress.dispute.Errand;
import redress.store.Disputes;
import redress.store.Errands;

/** Listens to the wallet: a refund that is taken back is asked about at once, also after its dispute was closed. */
public final class Reversals {
  private static final Pattern OURS = Pattern.compile("(dsp_[0-9a-f]{19})-r(\\d{1,6})");

  private final Disputes disputes;
  private final Errands errands;
  private final Clocks clocks;

  public Reversals(Disputes disputes, Errands errands, Clocks clocks) {
    this.disputes = disputes;
    this.errands = errands;
    this.clocks = clocks;
  }

  /** Hears of every reversal from now on. */
  public void listenTo(Wallet wallet) {
    wallet.onReversal(callback -> {
      if (wallet.read(callback, clocks.now()) instanceof Heard.OfRefund(_, var reference)) heard(reference);
    });
  }

  private void heard(String reference) {
    var ours = OURS.matcher(reference);
    if (!ours.matches()) return;
    DisputeId.parse(ours.group(1)).ifPresent(id -> disputes.place(id).ifPresent(place -> {
      int refund = Integer.parseInt(ours.group(2));
      var now = clocks.now(place.clock());
      errands.add(id, "reversal." + refund, now, new Errand.Enquire(now, refund));
    }));
  }
}
