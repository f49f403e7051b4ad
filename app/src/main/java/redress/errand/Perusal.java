package redress.errand;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redress.check.Known;
import redress.check.Saying;
import redress.check.Testimony;
import redress.check.Testimony.Claim;
import redress.check.Testimony.Legibility;
import redress.check.Testimony.Piece;
import redress.dispute.Event.EvidenceSubmitted;
import redress.dispute.Side;
import redress.dispute.Visibility;
import redress.document.Reader;
import redress.document.Reading;
import redress.store.Testimonies.Heard;
import redress.vault.Vault;

/**
 * Opens every piece of evidence: whether its bytes are still those that were given, and what they say. All are hashed;
 * only so many, and for so long, are read.
 */
final class Perusal {
  private static final Logger log = LoggerFactory.getLogger(Perusal.class);
  private static final int MOST_READ = 100;
  private static final Duration LONGEST = Duration.ofSeconds(12);
  private static final int AT_ONCE = 3;
  private static final int PAGE = 1 << 16;

  private final Vault vault;
  private final Reader reader = new Reader();
  private final Semaphore places = new Semaphore(AT_ONCE);

  Perusal(Vault vault) {
    this.vault = vault;
  }

  /** What was found. Not complete: the vault could not be asked, and everything is to be looked at again. */
  record Found(boolean complete, List<Heard> heard) {
    /** The pieces whose bytes are gone or not what was given. */
    List<Integer> broken() {
      return heard.stream().filter(it -> it.legibility() == Legibility.CHANGED || it.legibility() == Legibility.MISSING)
          .map(Heard::evidence).toList();
    }

    /** The pieces that speak against what is known. */
    List<Integer> contradicting() {
      return heard.stream().filter(it -> it.testimony().verdict() == Testimony.Verdict.CONTRADICTS)
          .map(Heard::evidence).toList();
    }
  }

  /** A piece with what could be read in it. */
  private record Opened(EvidenceSubmitted piece, Reading reading) {}

  /** Looks at all of them, outside of any transaction. */
  Found peruse(List<EvidenceSubmitted> evidence, Known known) {
    var opened = new ArrayList<Opened>();
    long begin = System.nanoTime();
    boolean complete = true;
    for (var piece : evidence) {
      boolean left = opened.size() >= MOST_READ || System.nanoTime() - begin > LONGEST.toNanos();
      try {
        opened.add(new Opened(piece, open(piece, known, left)));
      } catch (IOException e) {
        log.warn("The vault cannot be asked for {}: {}", piece.sha256(), e.toString());
        complete = false;
      }
    }
    var pieces = opened.stream().map(it -> new Piece(it.piece().id(), claim(it.piece()),
        it.piece().side() == Side.MERCHANT, it.reading().sayings())).toList();
    var said = Testimony.of(pieces, known);
    var heard = new ArrayList<Heard>();
    for (int i = 0; i < opened.size(); i++) {
      var it = opened.get(i);
      heard.add(new Heard(it.piece().id(), it.piece().sha256(), it.reading().legibility(), said.get(i)));
    }
    return new Found(complete, List.copyOf(heard));
  }

  private Reading open(EvidenceSubmitted piece, Known known, boolean left) throws IOException {
    // Whoever only knows a hash must not learn here what is kept under it.
    if (!piece.isStored()) return none(Legibility.ELSEWHERE);
    places.acquireUninterruptibly();
    try (var bytes = vault.open(piece.sha256())) {
      var kept = hashed(bytes, piece.sha256());
      if (kept.isEmpty()) return none(Legibility.CHANGED);
      if (piece.visibility() == Visibility.GIVER) return none(Legibility.SEALED);
      if (left) return none(Legibility.LEFT);
      return reader.read(kept.get(), "", known.wanted());
    } catch (NoSuchFileException e) {
      return none(Legibility.MISSING);
    } finally {
      places.release();
    }
  }

  /** The bytes, when they are those of this hash; no more of them than the reader reads, and one. */
  private static Optional<byte[]> hashed(InputStream bytes, String sha256) throws IOException {
    var digest = sha256();
    var kept = new ByteArrayOutputStream();
    var page = new byte[PAGE];
    for (int n = bytes.read(page); n >= 0; n = bytes.read(page)) {
      digest.update(page, 0, n);
      if (kept.size() <= Reader.LARGEST) kept.write(page, 0, n);
    }
    boolean same = HexFormat.of().formatHex(digest.digest()).equals(sha256);
    return same ? Optional.of(kept.toByteArray()) : Optional.empty();
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static Reading none(Legibility why) {
    return new Reading(why, List.<Saying>of());
  }

  /** As what a piece is held against what is known; what only its giver may see speaks for and against nothing. */
  private static Claim claim(EvidenceSubmitted piece) {
    if (piece.visibility() == Visibility.GIVER) return Claim.OTHER;
    return switch (piece.evidenceType()) {
      case INVOICE_OR_RECEIPT -> Claim.SALE;
      case REFUND_RECORD -> Claim.REFUND;
      case REFUND_OUTSIDE_PLATFORM -> Claim.REFUND_OUTSIDE;
      case ORDER_DETAILS, PAYMENT_SCREENSHOT, BANK_STATEMENT, CONTRACT -> Claim.RECORD;
      case TRACKING, DELIVERY_SIGNATURE, SHIPMENT_RECEIPT, PHOTO_OF_ITEM, PHOTO_OF_PACKAGE, VIDEO_UNBOXING,
          ITEM_DESCRIPTION, LISTING_SNAPSHOT, CHAT_LOG, RETURN_TRACKING, RETURN_POLICY, SERVICE_LOG,
          THIRD_PARTY_INSPECTION, POLICE_REPORT, CUSTOMS_DOCUMENT, DECLARATION, OTHER -> Claim.OTHER;
    };
  }
}
