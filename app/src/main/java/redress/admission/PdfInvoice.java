package redress.admission;

import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import javax.xml.stream.XMLStreamException;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import redress.xml.SafeXml;

/** The one file that may be attached to a PDF: an electronic invoice as Factur-X and ZUGFeRD have it (EN 16931). */
final class PdfInvoice {
  private static final Set<String> NAMES = Set.of("factur-x.xml", "zugferd-invoice.xml", "xrechnung.xml",
      "order-x.xml", "cii.xml");
  private static final Set<String> ROOTS = Set.of("CrossIndustryInvoice", "CrossIndustryDocument",
      "SCRDMCCBDACIOMessageStructure", "Invoice", "CreditNote");

  private PdfInvoice() {}

  /** Refuses an attachment that is no invoice by its name or by its content. */
  static void check(COSDictionary attachment, COSDictionary files) throws IOException {
    for (var key : new COSName[] {COSName.F, COSName.UF}) {
      var name = attachment.getString(key);
      if (name != null && !NAMES.contains(name.strip().toLowerCase(Locale.ROOT))) {
        throw new Unfit(Reason.PDF_ATTACHMENT, "an attached file is not called as an electronic invoice is");
      }
    }
    for (var key : files.keySet()) {
      if (files.getDictionaryObject(key) instanceof PdfPart part) invoice(part);
    }
  }

  private static void invoice(PdfPart part) throws IOException {
    try (var in = part.createInputStream()) {
      var root = SafeXml.check(in, SafeXml.Most.INVOICE);
      if (!ROOTS.contains(root)) throw new Unfit(Reason.INVOICE_XML_REFUSED, "the attached XML is no invoice");
    } catch (SafeXml.Refused e) {
      throw new Unfit(Reason.INVOICE_XML_REFUSED, String.valueOf(e.getMessage()));
    } catch (XMLStreamException e) {
      throw new Unfit(Reason.INVOICE_XML_REFUSED, "the attached XML is not well formed");
    }
  }
}
