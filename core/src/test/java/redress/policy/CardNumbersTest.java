package redress.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CardNumbersTest {
  @ParameterizedTest
  @ValueSource(strings = {"4111111111111111", "5555555555554444", "2223003122003222", "378282246310005",
      "6011111111111117", "3566002020360505", "30569309025904", "6200000000000005", "6205500000000000004",
      "2201382000000013", "my card 4111 1111 1111 1111, please", "4111-1111-1111-1111", "4111.1111.1111.1111",
      "4111_1111_1111_1111.png", "４１１１１１１１１１１１１１１１", "卡号4111111111111111谢谢", "4111\u200b1111\u200b1111\u200b1111",
      "٤١١١١١١١١١١١١١١١", "3782 822463 10005", "on 2026-03-01 with 4111 1111 1111 1111 3",
      "4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1", "a 4111–1111–1111–1111"}) void a_card_number_is_found_however_it_is_written(
          String text) {
    assertThat(CardNumbers.isIn(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "4111111111111112", "order 20260301123456789012", "+86 138 1234 5678", "129900",
      "2026-03-01 08:00 until 2026-03-04 08:00", "41111111111111111", "tracking 1Z999AA10123456784",
      "IBAN DE89 3704 0044 0532 0130 00", "4111  1111  1111  1111 1", "4111x1111x1111x1111",
      "9111111111111119", "0000000000000000", "411111111111111", "9788175257665",
      "4111,1111,1111,1111"}) void what_is_no_card_number_is_left_alone(String text) {
    assertThat(CardNumbers.isIn(text)).isFalse();
  }

  @Test void one_wrong_digit_is_no_card_number_and_two_neighbours_swapped_hardly_ever() {
    var random = new SplittableRandom(7);
    for (int n = 0; n < 10_000; n++) {
      var body = "4" + "%014d".formatted(random.nextLong(100_000_000_000_000L));
      var number = body + check(body);
      assertThat(CardNumbers.isIn(number)).as(number).isTrue();
      int at = 1 + random.nextInt(14);
      int other = (number.charAt(at) - '0' + 1 + random.nextInt(9)) % 10;
      assertThat(CardNumbers.isIn(number.substring(0, at) + other + number.substring(at + 1))).isFalse();
    }
  }

  @Test void a_long_text_of_digits_and_spaces_is_read_in_a_straight_line() {
    assertThat(CardNumbers.isIn("1 ".repeat(500_000))).isFalse();
  }

  /** The last digit by the table of the standard, in another way than the code under test. */
  private static int check(String body) {
    int[] doubled = {0, 2, 4, 6, 8, 1, 3, 5, 7, 9};
    int sum = 0;
    for (int n = 0; n < body.length(); n++) {
      int digit = body.charAt(body.length() - 1 - n) - '0';
      sum += n % 2 == 0 ? doubled[digit] : digit;
    }
    return (10 - sum % 10) % 10;
  }
}
