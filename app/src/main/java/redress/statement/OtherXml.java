package redress.statement;

import java.io.IOException;

/** Messages in XML that are no statements, such as orders to pay: known, and refused with a reason. */
final class OtherXml implements Format {
  @Override public String name() {
    return "xml";
  }

  @Override public boolean recognises(Sample sample) {
    return sample.isText() && sample.firstLine().matches("(?s)<(\\?xml|!DOCTYPE|\\w+:?\\w*[\\s>]).*");
  }

  @Override public void read(Source source, Ledger ledger) throws IOException {
    if (source.sample().says("<!DOCTYPE") || source.sample().says("<!ENTITY")) throw Camt.hostile();
    throw new Refusal("NOT_A_STATEMENT", "This is an XML message, but no camt.052, camt.053 or camt.054.");
  }
}
