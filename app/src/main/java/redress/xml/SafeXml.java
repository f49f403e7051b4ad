package redress.xml;

import java.io.InputStream;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The one way in for XML that somebody else wrote: no document type, so no entities of any kind; no reference is
 * followed out of the file; and no more elements, depth, attributes or text than asked for.
 */
public final class SafeXml {
  private SafeXml() {}

  /** The most that is read of one document. */
  public record Most(int elements, int depth, int attributes, long characters) {
    /** More than any invoice has. */
    public static final Most INVOICE = new Most(100_000, 64, 64, 8_000_000);
  }

  /** A parser that takes no document type and follows no reference. */
  public static XMLInputFactory factory() {
    var factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
    factory.setProperty(XMLInputFactory.IS_COALESCING, false);
    factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
    factory.setXMLResolver((_, _, _, _) -> {
      throw new XMLStreamException("nothing outside the file is read");
    });
    return factory;
  }

  /**
   * A reader of these bytes that throws {@link Refused} at a document type, an entity, an XInclude or beyond {@code
   * most}, and a plain XMLStreamException where the XML is not well formed. Closing it leaves the stream open.
   */
  public static XMLStreamReader reader(InputStream bytes, Most most) throws XMLStreamException {
    return new Guarded(factory().createXMLStreamReader(bytes), most);
  }

  /** The local name of the root of a document that is well formed to its end and within {@code most}. */
  public static String check(InputStream bytes, Most most) throws XMLStreamException {
    var in = reader(bytes, most);
    try {
      var root = "";
      while (in.hasNext()) if (in.next() == XMLStreamReader.START_ELEMENT && root.isEmpty()) root = in.getLocalName();
      return root;
    } finally {
      in.close();
    }
  }

  /** Said of XML that may be well formed and is not read all the same, and why. */
  public static final class Refused extends XMLStreamException {
    Refused(String why) {
      super(why);
    }
  }
}
