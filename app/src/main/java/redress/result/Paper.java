package redress.result;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.GregorianCalendar;
import java.util.Map;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.pdfwriter.compress.CompressParameters;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;
import org.apache.pdfbox.pdmodel.interactive.viewerpreferences.PDViewerPreferences;
import redress.result.Style.Tone;
import redress.store.ResultBook;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A record on paper (PDF, A4): how it ended and whether the promise was kept first, then what was agreed, checked, paid
 * and found, then how to verify it. Drawn from the record's text alone, so the same record is always the same bytes.
 */
final class Paper {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final float CODE = 78;

  private final ResultBook.Kept kept;
  private final JsonNode record;
  private final Phrasebook words;
  private final Sheet sheet;

  private Paper(ResultBook.Kept kept, Phrasebook words, Sheet sheet) {
    this.kept = kept;
    this.record = JSON.readTree(kept.json());
    this.words = words;
    this.sheet = sheet;
  }

  /** The paper in this language, not yet signed. */
  static byte[] of(ResultBook.Kept kept, Phrasebook words) {
    try (var document = new PDDocument()) {
      // What makes two files different elsewhere, their time and their number, comes from the record here.
      document.setDocumentId(Long.parseUnsignedLong(kept.sha256().substring(0, 16), 16));
      describe(document, kept, words);
      new Paper(kept, words, new Sheet(document, new Face(document))).draw();
      var bytes = new ByteArrayOutputStream();
      document.save(bytes, CompressParameters.DEFAULT_COMPRESSION);
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void describe(PDDocument document, ResultBook.Kept kept, Phrasebook words) {
    var about = new PDDocumentInformation();
    about.setTitle(words.say("title") + " " + kept.dispute() + " / " + kept.number());
    about.setProducer("Redress");
    var made = GregorianCalendar.from(Instant.ofEpochSecond(kept.at().getEpochSecond()).atZone(ZoneOffset.UTC));
    about.setCreationDate(made);
    about.setModificationDate(made);
    document.setDocumentInformation(about);
    var catalog = document.getDocumentCatalog();
    catalog.setLanguage(words.language.equals("zh") ? "zh-CN" : "en");
    var preferences = new PDViewerPreferences(new COSDictionary());
    preferences.setDisplayDocTitle(true);
    catalog.setViewerPreferences(preferences);
  }

  private void draw() throws IOException {
    head();
    lead();
    facts();
    new Chapters(record, words, sheet).draw();
    verify();
    sheet.end(words.say("foot", Map.of("dispute", kept.dispute().toString(), "number", Integer.toString(kept.number()),
        "zone", words.say("zone"))), words.say("page"));
  }

  private void head() throws IOException {
    float top = sheet.y();
    sheet.line(Sheet.LEFT, top, "REDRESS", new Style(9.5f, true, Style.INK));
    float next = Sheet.LEFT + sheet.face().width("REDRESS", new Style(9.5f, true, Style.INK)) + 8;
    sheet.line(next, top + 0.2f, words.say("title"), new Style(9.2f, false, Style.SOFT));
    var number = words.say("number", Map.of("number", Integer.toString(kept.number())));
    sheet.right(Sheet.RIGHT, top, number, new Style(9.2f, false, Style.SOFT));
    if (!kept.live()) {
      float wide = sheet.face().width(words.say("test"), new Style(7.8f, true, Style.INK)) + 12;
      sheet.pill(Sheet.RIGHT - sheet.face().width(number, Style.BODY) - wide - 10, top + 1.5f, words.say("test"),
          Tone.CARE);
    }
    sheet.down(19);
    sheet.rule(sheet.y(), Style.HAIR);
    sheet.down(22);
  }

  private void lead() throws IOException {
    var lead = new Lead(record, words);
    sheet.paragraph(words.name("outcome", record.path("outcome").asString("")), Style.TITLE);
    sheet.down(8);
    float inner = Sheet.WIDTH - 34;
    var lines = lead.lines();
    float high = 0;
    for (int i = 0; i < lines.size(); i++) {
      high += sheet.face().lines(lines.get(i), leading(i), inner).size() * Style.LEAD.leading();
    }
    float height = high + 20;
    float top = sheet.y();
    sheet.box(Sheet.LEFT, top, Sheet.WIDTH, height, 5, lead.tone().ground);
    sheet.box(Sheet.LEFT, top, 5, height, 2.4f, lead.tone().ink);
    float at = top - 10.5f;
    for (int i = 0; i < lines.size(); i++) {
      at -= sheet.block(Sheet.LEFT + 20, at, inner, lines.get(i), leading(i).in(lead.tone().ink));
    }
    sheet.down(height + 16);
  }

  private static Style leading(int line) {
    return new Style(Style.LEAD.size(), line == 0, Style.LEAD.color());
  }

  /** Four figures in a row. */
  private void facts() throws IOException {
    var money = record.path("money");
    var currency = money.path("currency").asString("");
    long paid = money.path("refunded").asLong(0) + money.path("compensated").asLong(0);
    var facts = new String[][] {
        {words.say("fact.disputed"), Phrasebook.sum(money.path("disputed").asLong(0), currency)},
        {words.say("fact.paid"), Phrasebook.sum(paid, currency)},
        {words.say("fact.filed"), words.day(record.path("filedAt").asString(""))},
        {words.say("fact.closed"), words.day(record.path("closedAt").asString(""))}};
    float column = Sheet.WIDTH / facts.length;
    for (int i = 0; i < facts.length; i++) {
      sheet.line(Sheet.LEFT + i * column, sheet.y(), facts[i][0], Style.LABEL);
      sheet.line(Sheet.LEFT + i * column, sheet.y() - 13, facts[i][1], Style.FIGURE);
    }
    sheet.down(38);
  }

  /** What anybody needs who does not want to believe it. */
  private void verify() throws IOException {
    var text = proof();
    float inner = Sheet.WIDTH - CODE - 44;
    float high = 0;
    for (var line : text) high += sheet.face().lines(line, Style.SMALL, inner).size() * Style.SMALL.leading() + 2;
    float height = Math.max(high + 34, CODE + 24);
    sheet.down(16);
    sheet.need(height);
    float top = sheet.y();
    sheet.box(Sheet.LEFT, top, Sheet.WIDTH, height, 5, Style.PALE);
    sheet.line(Sheet.LEFT + 14, top - 12, words.say("verify"), Style.STRONG);
    float at = top - 28;
    for (var line : text) at -= sheet.block(Sheet.LEFT + 14, at, inner, line, Style.SMALL) + 2;
    sheet.squares(Qr.of(code()), Sheet.RIGHT - CODE - 14, top - (height - CODE) / 2, CODE);
    sheet.down(height);
  }

  private String code() {
    return "redress-result:1:%s:%d:%s:%s".formatted(kept.dispute(), kept.number(), kept.sha256(), kept.kid());
  }

  private String[] proof() {
    var log = record.path("log");
    var logged = log.isObject()
        ? words.say("verify.log", Map.of("index", log.path("index").asString(), "entry", log.path("entry").asString(),
            "checkpoint", log.path("checkpoint").asString().lines().limit(3).reduce((a, b) -> a + " · " + b)
                .orElse("")))
        : words.say("verify.unlogged");
    return new String[] {words.say("verify.how"), words.say("verify.hash", Map.of("hash", kept.sha256())),
        words.say("verify.key", Map.of("key", kept.kid(), "issuer", record.path("issuer").asString())), logged};
  }
}
