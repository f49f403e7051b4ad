package redress.result;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import redress.dispute.Ruling;
import redress.seal.Canonical;

/**
 * The record of a result as canonical JSON (RFC 8785): the same bytes for the same material. No names, contacts or
 * texts; parties by their ids, texts by their commitments. The format is described in docs/result-record.md.
 */
final class Document {
  /** Grows when a reader of the format would have to change. */
  static final int VERSION = 1;

  private Document() {}

  static String of(Material m) {
    var all = new LinkedHashMap<String, @Nullable Object>();
    all.putAll(head(m));
    all.put("claim", claim(m));
    all.put("agreements", Agreed.of(m));
    all.put("decisions", Agreed.decisions(m));
    all.putAll(Checked.of(m));
    all.putAll(Moneys.of(m));
    all.putAll(Noted.of(m));
    all.put("log", log(m));
    return Canonical.json(all);
  }

  private static Map<String, @Nullable Object> head(Material m) {
    var filing = m.dispute().about();
    var before = m.before();
    return Leaf.of("v", VERSION, "format", "redress-result", "issuer", m.issuer(), "number", m.number(), "supersedes",
        before == null ? null : Leaf.of("number", before.number(), "sha256", before.sha256()), "test", !filing.live(),
        "dispute", m.id().toString(), "events", m.last().n(), "because", m.last().event().getClass().getSimpleName(),
        "madeAt", m.at(), "filedAt", filing.at(), "closedAt", m.end().at(), "outcome", m.end().outcome(),
        "responsible", responsible(m), "rules", filing.rules(), "rounds", m.dispute().round().number(), "parties",
        java.util.List.of(Leaf.of("role", "BUYER", "id", filing.buyer()),
            Leaf.of("role", "MERCHANT", "id", filing.merchant())),
        "payment", payment(m));
  }

  private static Object payment(Material m) {
    var payment = m.payment();
    return Leaf.of("id", payment.id(), "provider", payment.provider(), "atProvider", payment.atProvider(), "amount",
        payment.captured(), "currency", payment.currency(), "capturedAt", payment.capturedAt(), "items",
        java.util.List.copyOf(new TreeSet<>(payment.items())));
  }

  private static Object claim(Material m) {
    var filing = m.dispute().about();
    return Leaf.of("reason", filing.reason(), "wish", filing.wish(), "amount", filing.minor(), "currency",
        filing.currency(), "items", java.util.List.copyOf(new TreeSet<>(filing.items())), "text",
        Leaf.text(filing.description()));
  }

  /** Who is responsible is only ever said by a ruling. */
  private static String responsible(Material m) {
    Ruling ruling = m.dispute().mediation().ruling();
    return ruling == null ? "NOT_RULED" : ruling.liable().name();
  }

  private static @Nullable Object log(Material m) {
    var proof = m.proof();
    if (proof == null) return null;
    return Leaf.of("entry", proof.entry(), "index", proof.index(), "checkpoint", proof.checkpoint(), "inclusion",
        proof.inclusion());
  }
}
