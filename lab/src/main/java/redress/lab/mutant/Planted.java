package redress.lab.mutant;

import static redress.lab.mutant.Mutant.ofRules;

import java.util.List;

/** The mistakes that are planted, each the kind a person could make. */
final class Planted {
  static final List<Mutant> ALL = List.of(
      ofRules("the cap forgets what earlier rounds paid", "dispute/Payment.java",
          "Math.max(0, captured - refunded - chargedBack)", "Math.max(0, captured - chargedBack)"),
      ofRules("a retried refund gets a new reference", "dispute/Refund.java",
          "dispute + \"-r\" + id", "dispute + \"-r\" + id + \"-\" + state"));

  private Planted() {}
}
