package redress.api;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import redress.desk.Answer;
import redress.desk.Desk;
import redress.desk.Request;
import redress.dispute.Command.SubmitEvidence;
import redress.dispute.EvidenceType;
import redress.dispute.Visibility;
import redress.dispute.Words;
import redress.evidence.Giving;
import redress.evidence.Giving.Claim;
import redress.evidence.Sealing;
import redress.store.Key;
import redress.store.Text;
import redress.view.Seats.At;

/** Makes evidence of drafts: takes one in hand, asks the desk, and writes down what came of it. */
public final class Submissions {
  private final Desk desk;
  private final Giving giving;
  private final Sealing sealing;
  private final Answers answers;

  public Submissions(Desk desk, Giving giving, Sealing sealing, Answers answers) {
    this.sealing = sealing;
    this.desk = desk;
    this.giving = giving;
    this.answers = answers;
  }

  /** Submits the draft that is named; {@code texts} is what was written with it. */
  Answer give(At at, @Nullable Key key, @Nullable Integer ifVersion, List<Text> texts, SubmitEvidence wanted) {
    return asked(at, ifVersion, texts, giving.claim(at.id(), UploadsApi.giver(at), wanted, name(key)), key);
  }

  /** Seals what was said so far and submits that; a repeat under the same key seals nothing new. */
  ResponseEntity<Object> seal(HttpServletRequest request, At at, Asking asking, Instant now) {
    asking.body(Map.of());
    var giver = UploadsApi.giver(at);
    var key = asking.key(at.reader().caller());
    var sealed = giving.under(at.id(), giver, name(key)).orElseGet(() -> sealing.seal(at.id(), giver, now));
    var wanted = new SubmitEvidence(EvidenceType.CHAT_LOG, "", Words.NONE, Visibility.PARTIES, sealed.id(), 0);
    var claim = giving.claim(at.id(), giver, wanted, name(key));
    var answer = asked(at, asking.ifVersion(), List.of(), claim, key);
    return answers.to(request, at, answer, asking.wantsLittle());
  }

  private Answer asked(At at, @Nullable Integer ifVersion, List<Text> texts, Claim claim, @Nullable Key key) {
    var answer = desk.handle(Request.of(at.seat(), claim.command()).saying(texts).keyed(key)
        .ifAt(ifVersion));
    switch (answer) {
      case Answer.Done _,Answer.Repeated _ -> giving.settle(claim, true);
      case Answer.Refused _,Answer.VersionMismatch _,Answer.KeyReused _ -> giving.settle(claim, false);
      // It may have happened: whoever asks next looks it up.
      case Answer.KeyInFlight _,Answer.Busy _ -> {}
    }
    return answer;
  }

  private static String name(@Nullable Key key) {
    return key == null ? "" : key.principal() + " " + key.key();
  }
}
