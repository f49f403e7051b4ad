package redress.xml;

import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.util.StreamReaderDelegate;

/** A reader that counts what passes and stops at the first thing that is too much or points elsewhere. */
final class Guarded extends StreamReaderDelegate {
  private static final String XINCLUDE = "http://www.w3.org/2001/XInclude";

  private final SafeXml.Most most;
  private int elements;
  private int depth;
  private long characters;

  Guarded(XMLStreamReader in, SafeXml.Most most) {
    super(in);
    this.most = most;
  }

  @Override public int next() throws XMLStreamException {
    int event = following();
    switch (event) {
      case DTD -> throw new SafeXml.Refused("a document type stands in it");
      case ENTITY_REFERENCE, ENTITY_DECLARATION -> throw new SafeXml.Refused("it uses an entity of its own");
      case START_ELEMENT -> opened();
      case END_ELEMENT -> depth--;
      case CHARACTERS, CDATA, SPACE, COMMENT -> read(getTextLength());
      default -> {}
    }
    return event;
  }

  /** The parser stumbles over some broken documents by itself instead of saying what is broken. */
  private int following() throws XMLStreamException {
    try {
      return super.next();
    } catch (RuntimeException stumbled) {
      throw new SafeXml.Refused("it cannot be read as XML");
    }
  }

  /** Not the delegate's own, which would pass by what is counted here. */
  @Override public int nextTag() throws XMLStreamException {
    int event = next();
    while (event != START_ELEMENT && event != END_ELEMENT) {
      if (event == END_DOCUMENT || ((event == CHARACTERS || event == CDATA) && !isWhiteSpace())) {
        throw new XMLStreamException("an element was expected", getLocation());
      }
      event = next();
    }
    return event;
  }

  @Override public String getElementText() throws XMLStreamException {
    var text = new StringBuilder();
    for (int event = next(); event != END_ELEMENT; event = next()) {
      switch (event) {
        case CHARACTERS, CDATA, SPACE -> text.append(getText());
        case COMMENT, PROCESSING_INSTRUCTION -> {}
        default -> throw new XMLStreamException("only text was expected", getLocation());
      }
    }
    return text.toString();
  }

  private void opened() throws SafeXml.Refused {
    if (++elements > most.elements()) throw new SafeXml.Refused("it has more than " + most.elements() + " elements");
    if (++depth > most.depth()) throw new SafeXml.Refused("it is more than " + most.depth() + " elements deep");
    if (XINCLUDE.equals(getNamespaceURI())) throw new SafeXml.Refused("it includes another file");
    if (getAttributeCount() > most.attributes()) throw new SafeXml.Refused("an element has too many attributes");
    for (int i = 0; i < getAttributeCount(); i++) read(getAttributeValue(i).length());
  }

  private void read(int more) throws SafeXml.Refused {
    characters += more;
    if (characters > most.characters()) throw new SafeXml.Refused("it holds too much text");
  }
}
