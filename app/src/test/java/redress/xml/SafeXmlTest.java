package redress.xml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.stream.XMLStreamException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** XML from outside is read, or refused with a reason; nothing in it reaches out or grows. */
class SafeXmlTest {
  private static final SafeXml.Most SMALL = new SafeXml.Most(50, 8, 4, 1_000);

  /** A document and what is said of it. */
  record Case(String xml, String said) {}

  // @formatter:off
  static final List<Case> HOSTILE = List.of(
      new Case("<!DOCTYPE a><a/>", "document type"),
      new Case("<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>", "document type"),
      new Case("<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>", "document type"),
      new Case("<!DOCTYPE a [<!ENTITY % b SYSTEM 'http://127.0.0.1:1/x'> %b;]><a/>", "document type"),
      new Case("<!DOCTYPE a [<!ENTITY b 'ha'><!ENTITY c '&b;&b;&b;'>]><a>&c;</a>", "document type"),
      new Case("<a xmlns:x='http://www.w3.org/2001/XInclude'><x:include href='file:///etc/passwd'/></a>", "includes another"),
      new Case("<a>" + "<b/>".repeat(60) + "</a>", "more than 50 elements"),
      new Case("<a>".repeat(9) + "</a>".repeat(9), "more than 8 elements deep"),
      new Case("<a b='1' c='2' d='3' e='4' f='5'/>", "too many attributes"),
      new Case("<a>" + "text".repeat(300) + "</a>", "too much text"),
      new Case("<a b='" + "text".repeat(300) + "'/>", "too much text"));
  // @formatter:on

  @ParameterizedTest @FieldSource("HOSTILE") void what_reaches_out_or_grows_is_refused(Case hostile) {
    assertThatThrownBy(() -> check(hostile.xml())).isInstanceOf(SafeXml.Refused.class).hasMessageContaining(hostile
        .said());
  }

  @Test void an_undeclared_entity_and_an_unclosed_element_are_mistakes() {
    for (var xml : List.of("<a>&b;</a>", "<a><b></a>", "<a/><a/>", "", "<a")) {
      assertThatThrownBy(() -> check(xml)).isInstanceOf(XMLStreamException.class);
    }
  }

  /** One of them made the JDK's parser look for a message that it does not have: MissingResourceException. */
  @Test void whatever_stands_where_it_may_not_is_refused_and_nothing_else_is_thrown() {
    var frames = List.of("<!DOCTYPE a [%s]><a/>", "<!DOCTYPE a %s><a/>", "<!DOCTYPE a [<!-- %s --><!ENTITY %s>]><a/>",
        "<a>%s</a>", "<a b='%s'/>", "<a%s/>", "<%s/>", "<?xml %s?><a/>", "<?p %s?><a/>", "<![CDATA[%s]]>",
        "<a>&%s;</a>", "<a>&#%s;</a>", "%s");
    var odd = Stream.concat(IntStream.range(0, 0x20).mapToObj(Character::toString), Stream.of("\u007f", "\ufffe",
        "\uffff", "\ud800", "]]>", "<", "&", "'", "--", "%x;", "999999999999", "xFFFFFFFFF", "a".repeat(5_000)));
    odd.forEach(it -> frames.forEach(frame -> {
      try {
        check(frame.replace("%s", it));
      } catch (XMLStreamException refused) {
        assertThat(refused).isNotNull();
      }
    }));
  }

  @Test void an_honest_document_is_read_by_name_and_text() throws XMLStreamException {
    assertThat(check("<?xml version='1.0'?><r:a xmlns:r='urn:x'><b>5 &lt; 6 &amp; 7 &#20108;</b></r:a>")).isEqualTo(
        "a");
    var in = SafeXml.reader(bytes("<a> <b>5 &lt;<!-- six --> 6</b></a>"), SMALL);
    in.nextTag();
    in.nextTag();
    assertThat(in.getElementText()).isEqualTo("5 < 6");
  }

  @Test void a_file_next_to_it_is_never_opened(@TempDir Path folder) throws Exception {
    var secret = Files.writeString(folder.resolve("secret"), "hidden");
    assertThatThrownBy(() -> check("<!DOCTYPE a [<!ENTITY b SYSTEM '" + secret.toUri() + "'>]><a>&b;</a>"))
        .hasMessageNotContaining("hidden");
  }

  private static String check(String xml) throws XMLStreamException {
    return SafeXml.check(bytes(xml), SMALL);
  }

  private static ByteArrayInputStream bytes(String xml) {
    return new ByteArrayInputStream(xml.getBytes(UTF_8));
  }
}
