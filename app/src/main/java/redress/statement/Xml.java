package redress.statement;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import redress.xml.SafeXml;

/** One element of an XML message with all that is in it, small enough to be held at once. */
record Xml(String name, String currency, long line, StringBuilder text, List<Xml> children) {
  private static final int MOST_ELEMENTS = 5_000;
  private static final int DEEPEST = 40;
  private static final int LONGEST_TEXT = 10_000;

  /** A parser that follows no reference out of the file and takes no document type. */
  static XMLInputFactory factory() {
    return SafeXml.factory();
  }

  /** The element at which {@code in} stands, read to its end. */
  static Xml read(XMLStreamReader in) throws XMLStreamException, IOException {
    return read(in, new int[1], 0);
  }

  private static Xml read(XMLStreamReader in, int[] count, int depth) throws XMLStreamException, IOException {
    if (++count[0] > MOST_ELEMENTS || depth > DEEPEST) {
      throw new Refusal("XML_REFUSED", "An entry of the message is larger or deeper than any entry is.");
    }
    var currency = in.getAttributeValue(null, "Ccy");
    var element = new Xml(in.getLocalName(), currency == null ? "" : currency, in.getLocation().getLineNumber(),
        new StringBuilder(), new ArrayList<>());
    while (in.hasNext()) {
      switch (in.next()) {
        case XMLStreamReader.START_ELEMENT -> element.children.add(read(in, count, depth + 1));
        case XMLStreamReader.CHARACTERS, XMLStreamReader.CDATA -> {
          if (element.text.length() < LONGEST_TEXT) element.text.append(in.getText());
        }
        case XMLStreamReader.END_ELEMENT -> {
          return element;
        }
        default -> {}
      }
    }
    throw new XMLStreamException("an element is not closed");
  }

  /** What the element at the end of this path says; empty when there is none. */
  String at(String... path) {
    var found = find(path);
    return found == null ? "" : found.text.toString().strip();
  }

  /** The first element at the end of this path. */
  @org.jspecify.annotations.Nullable Xml find(String... path) {
    var here = this;
    for (var name : path) {
      var next = here.children.stream().filter(child -> child.name.equals(name)).findFirst();
      if (next.isEmpty()) return null;
      here = next.get();
    }
    return here;
  }

  /** What all elements of this name in it say, at any depth, parted by spaces. */
  String all(String name) {
    var all = new StringBuilder();
    gather(name, all);
    return all.toString().strip();
  }

  private void gather(String wanted, StringBuilder all) {
    if (name.equals(wanted)) all.append(text.toString().strip()).append(' ');
    for (var child : children) child.gather(wanted, all);
  }
}
