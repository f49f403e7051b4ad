package redress.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a file is called, what is made of it can be shown and saved anywhere without harm. */
class FileNameTest {
  /** A name as given, and what is made of it. */
  record Case(String given, String safe) {}

  // @formatter:off
  static final List<Case> CASES = List.of(
      new Case("photo.jpg", "photo.jpg"), new Case("照片.JPEG", "照片.jpeg"), new Case("photo", "photo.jpg"),
      new Case("", "evidence.jpg"), new Case(".jpg", "jpg.jpg"), new Case("../../etc/passwd.jpg", "passwd.jpg"),
      new Case("C:\\Users\\me\\photo.jpg", "photo.jpg"), new Case("\\\\10.0.0.1\\share\\x.jpg", "x.jpg"),
      new Case("a\0b.jpg", "ab.jpg"), new Case("a\r\nX: y.jpg", "aX_ y.jpg"), new Case("a\u202Egpj.jpg", "agpj.jpg"),
      new Case("CON.jpg", "_CON.jpg"), new Case("lpt1.old.jpg", "_lpt1.old.jpg"), new Case("concert.jpg", "concert.jpg"),
      new Case("a\"b*c?.jpg", "a_b_c_.jpg"), new Case("  . a . .jpg", "a.jpg"), new Case("e\u0301.jpg", "\u00E9.jpg"),
      new Case("\uD83D\uDE00.jpg", "\uD83D\uDE00.jpg"), new Case("\uD83D.jpg", "jpg.jpg"));
  // @formatter:on

  @ParameterizedTest @FieldSource("CASES") void a_name_is_made_harmless_and_stays_as_it_is_where_it_was(Case one) {
    assertThat(FileName.of(one.given()).safe(List.of("jpg", "jpeg"))).isEqualTo(one.safe());
  }

  @ParameterizedTest @ValueSource(strings = {"a", "文", "😀"}) void a_long_name_is_cut_between_characters(String one) {
    var safe = FileName.of(one.repeat(4_096) + ".jpg").safe(List.of("jpg"));
    assertThat(safe.getBytes(java.nio.charset.StandardCharsets.UTF_8)).hasSizeBetween(100, 124);
    assertThat(safe).matches("(" + one + ")+\\.jpg");
  }

  /** A name and the header it is sent in; RFC 6266, section 5, has the last. */
  static final List<Case> HEADERS = List.of(
      new Case("photo.jpg", "attachment; filename=\"photo.jpg\"; filename*=UTF-8''photo.jpg"),
      new Case("€ rates.pdf", "attachment; filename=\"_ rates.pdf\"; filename*=UTF-8''%E2%82%AC%20rates.pdf"),
      new Case("a\"; b=\\.jpg", "attachment; filename=\"a__ b=_.jpg\"; filename*=UTF-8''a%22%3B%20b%3D%5C.jpg"));

  @ParameterizedTest @FieldSource("HEADERS") void a_header_names_the_file_in_two_ways(Case one) {
    assertThat(FileName.attachment(one.given())).isEqualTo(one.safe());
  }
}
