package redress.sms;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import redress.sms.Sms.Encoding;

/** How many messages a text takes, and where it is cut (3GPP TS 23.038 and 23.040). */
class SmsTest {

  @ParameterizedTest @CsvSource({
      // what, how often, encoding, units, parts
      "a, 0, GSM_7, 0, 1", "a, 1, GSM_7, 1, 1", "a, 160, GSM_7, 160, 1", "a, 161, GSM_7, 161, 2",
      "a, 306, GSM_7, 306, 2", "a, 307, GSM_7, 307, 3", "a, 459, GSM_7, 459, 3",
      // An extended character takes two septets, and 153 is odd: each part holds 76 of them.
      "€, 80, GSM_7, 160, 1", "€, 81, GSM_7, 162, 2", "€, 152, GSM_7, 304, 2", "€, 153, GSM_7, 306, 3",
      "[, 1, GSM_7, 2, 1", "@, 160, GSM_7, 160, 1", "ü, 160, GSM_7, 160, 1", "Δ, 160, GSM_7, 160, 1",
      // One character outside makes it UCS-2.
      "中, 70, UCS_2, 70, 1", "中, 71, UCS_2, 71, 2", "中, 134, UCS_2, 134, 2", "中, 135, UCS_2, 135, 3",
      "ç, 71, UCS_2, 71, 2", "`, 1, UCS_2, 1, 1",
      // An emoji takes two units, and 67 is odd: each part holds 33.
      "😀, 35, UCS_2, 70, 1", "😀, 36, UCS_2, 72, 2", "😀, 66, UCS_2, 132, 2",
      "😀, 67, UCS_2, 134, 3"}) void a_text_takes_so_many_messages(String what, int times, Encoding encoding, int units,
          int parts) {
    var sms = Sms.of(what.repeat(times));
    assertThat(sms.encoding()).isEqualTo(encoding);
    assertThat(sms.length()).isEqualTo(units);
    assertThat(sms.parts()).hasSize(parts);
  }

  @Test void parts_put_together_are_the_text_and_none_begins_or_ends_inside_a_character() {
    for (var text : new String[] {"a€".repeat(200), "中😀".repeat(90), "x".repeat(152) + "€".repeat(80)}) {
      var sms = Sms.of(text);
      assertThat(String.join("", sms.parts())).isEqualTo(text);
      assertThat(sms.parts()).noneMatch(part -> Character.isLowSurrogate(part.charAt(0)));
      assertThat(sms.parts().stream().map(part -> Sms.text(sms.encoding(), sms.bytes(part)))
          .collect(Collectors.joining())).isEqualTo(text);
      int most = sms.encoding() == Encoding.GSM_7 ? 153 : 134;
      assertThat(sms.parts()).allMatch(part -> sms.bytes(part).length <= most);
    }
  }

  @Test void every_character_of_the_alphabet_has_its_own_septets() {
    var alphabet = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
        + "abcdefghijklmnopqrstuvwxyzäöñüà\f^{}\\[~]|€";
    var sms = Sms.of(alphabet);
    assertThat(sms.encoding()).isEqualTo(Encoding.GSM_7);
    assertThat(Sms.text(Encoding.GSM_7, sms.bytes(alphabet))).isEqualTo(alphabet);
    assertThat(sms.bytes("@aÄ€")).containsExactly(0, 'a', 0x5b, 0x1b, 'e');
  }
}
