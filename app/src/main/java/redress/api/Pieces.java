package redress.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import redress.dispute.DisputeId;
import redress.dispute.Event.EvidenceSubmitted;
import redress.door.Fault;
import redress.evidence.Giving;
import redress.store.Disputes.Happened;
import redress.store.Uploads;
import redress.store.Uploads.Upload;
import redress.view.Seats.At;

/** The pieces of evidence a reader may see; what is not there and what is not for the reader look the same. */
public final class Pieces {
  private final Giving giving;
  private final Uploads uploads;

  public Pieces(Giving giving, Uploads uploads) {
    this.giving = giving;
    this.uploads = uploads;
  }

  /** A piece, and how it was given. */
  record Piece(DisputeId dispute, Happened how, EvidenceSubmitted given) {}

  /** All of them, in order. */
  List<Piece> visible(At at) {
    var all = new ArrayList<Piece>();
    for (var it : giving.pieces(at.id())) {
      if (it.event() instanceof EvidenceSubmitted given
          && given.opensTo(at.reader().side(), at.reader().isStaff())) {
        all.add(new Piece(at.id(), it, given));
      }
    }
    return all;
  }

  /** Every file of the dispute that was sent here, by its upload's id; to be shown only beside a visible piece. */
  Map<String, Upload> files(At at) {
    return uploads.ofDispute(at.id()).stream().collect(Collectors.toMap(Upload::id, Function.identity()));
  }

  /** The one with this number. Turns away when there is none for this reader. */
  Piece one(At at, String number) {
    return visible(at).stream().filter(it -> ("" + it.given().id()).equals(number)).findFirst()
        .orElseThrow(() -> Fault.NOT_FOUND.away());
  }
}
