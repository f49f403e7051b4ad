package redress.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redress.check.Match;
import redress.replay.Fines.End;

/** 5,000 real fines with penalties, expenses, part payments and appeals: every one comes out as it must. */
class FinesTest {
  private static final Path LOG = Path.of("src/test/resources/fines/traffic_fines_5000cases_A.csv.xz");

  @TempDir Path folder;

  @Test void every_fine_is_matched_with_what_was_paid_for_it() throws IOException {
    var ledger = Fines.read(LOG);
    assertThat(ledger.events()).isEqualTo(17_450);
    assertThat(ledger.ends()).isEqualTo(Map.of(End.EXACT, 2_173L, End.UNDER, 150L, End.OVER, 18L, End.COLLECTION,
        1_625L, End.OPEN, 1_034L));
    assertThat(ledger.inParts()).isEqualTo(149);
    assertThat(Fines.read(LOG)).as("again").isEqualTo(ledger);
  }

  @Test void each_match_adds_up_and_says_what_differs() throws IOException {
    for (var fine : Fines.read(LOG).fines()) {
      var match = fine.match();
      long missing = match.owed().minor() - match.paid();
      assertThat(match.paid()).isEqualTo(match.parts().stream().mapToLong(Match.Part::minor).sum());
      var short_ = match.remarks().stream().filter(it -> it.kind() == Match.Kind.SHORT).findFirst();
      var excess = match.remarks().stream().filter(it -> it.kind() == Match.Kind.EXCESS).findFirst();
      assertThat(short_.map(Match.Remark::minor).orElse(0L)).isEqualTo(match.paid() > 0 ? Math.max(0, missing) : 0);
      assertThat(excess.map(Match.Remark::minor).orElse(0L)).isEqualTo(Math.max(0, -missing));
      assertThat(match.has(Match.Kind.NOT_FOUND)).isEqualTo(match.paid() == 0);
    }
  }

  @Test void a_broken_line_is_named() throws IOException {
    var broken = folder.resolve("fines.csv");
    Files.writeString(broken, """
        case_id,activity,timestamp,amount,dismissal,expense,totalpaymentamount,.order
        A1,Create Fine,2006-07-24,35.0,NIL,,0.0,1
        A1,Payment,2006-07-25,,,,thirty,2
        """);
    assertThatThrownBy(() -> Fines.read(broken)).isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("line 3: ");
  }
}
