package redress.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecimalsTest {
  @ParameterizedTest @CsvSource({"12.34,CNY,1234", "0.01,CNY,1", "1234,JPY,1234", "1.234,KWD,1234", "-2.00,USD,-200",
      "92233720368547758.07,EUR,9223372036854775807"}) void amounts_are_written_and_read_in_the_currencys_own_digits(
          String text, String currency, long minor) {
    assertThat(Decimals.of(minor, currency)).isEqualTo(text);
    assertThat(Decimals.minor(text, currency)).isEqualTo(minor);
  }

  @ParameterizedTest @CsvSource({"12.3,CNY,1230", "12,CNY,1200", "12.340,CNY,1234", "12.00,JPY,12",
      "1e2,CNY,10000"}) void other_spellings_of_an_amount_are_read_too(String text, String currency, long minor) {
    assertThat(Decimals.minor(text, currency)).isEqualTo(minor);
  }

  @ParameterizedTest
  @CsvSource({"12.345,CNY", "0.5,JPY", "'',CNY", "twelve,CNY", "'12,34',CNY", "92233720368547758.08,EUR",
      "1,XYZ",
      "1e400000000,CNY", "0.1e-400000000,CNY", "0x10,JPY"}) void what_is_no_amount_is_refused(String text,
          String currency) {
    assertThatThrownBy(() -> Decimals.minor(text, currency)).isInstanceOf(IllegalArgumentException.class);
  }
}
