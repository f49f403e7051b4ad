package redress.admission;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static redress.admission.Pictures.bytes;
import static redress.admission.Pictures.drawn;
import static redress.admission.Pictures.joined;
import static redress.admission.Pictures.latin;
import static redress.admission.Videos.box;

import java.awt.image.BufferedImage;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Files such as people send: all taken types, in the ways that cameras, phones, shops and offices make them. */
final class Honest {
  private static final int[][] SIZES = {{1, 1}, {2, 3}, {17, 9}, {64, 64}, {333, 101}, {640, 480}, {1080, 1920}, {1600,
      1200}};
  private static final Map<String, Integer> COLOURS = Map.of("rgb", BufferedImage.TYPE_INT_RGB, "bgr",
      BufferedImage.TYPE_3BYTE_BGR, "grey", BufferedImage.TYPE_BYTE_GRAY);
  private static final Map<String, Integer> MORE_COLOURS = Map.of("rgb", BufferedImage.TYPE_INT_RGB, "rgba",
      BufferedImage.TYPE_INT_ARGB, "grey", BufferedImage.TYPE_BYTE_GRAY, "deep grey", BufferedImage.TYPE_USHORT_GRAY,
      "indexed", BufferedImage.TYPE_BYTE_INDEXED, "two colours", BufferedImage.TYPE_BYTE_BINARY);

  private final List<Sample> all = new ArrayList<>();

  private Honest() {}

  static List<Sample> all() {
    var honest = new Honest();
    honest.jpegs();
    honest.pngs();
    honest.gifs();
    honest.webps();
    honest.pdfs();
    honest.texts();
    honest.videos();
    honest.names();
    return List.copyOf(honest.all);
  }

  private void add(String kind, String what, java.util.function.Supplier<byte[]> bytes) {
    all.add(Sample.of(kind, what, "evidence." + kind, bytes));
  }

  private void jpegs() {
    for (var size : SIZES) {
      COLOURS.forEach((name, type) -> {
        add("jpg", name + " " + size[0] + "x" + size[1], () -> Pictures.jpeg(drawn(size[0], size[1], type), 80, false));
        add("jpg", "progressive " + name + " " + size[0] + "x" + size[1], () -> Pictures.jpeg(drawn(size[0], size[1],
            type), 60, true));
      });
    }
    for (int quality : new int[] {1, 30, 99, 100}) add("jpg", "quality " + quality, () -> photo(quality));
    for (int turn = 1; turn <= 8; turn++) {
      int orientation = turn;
      add("jpg", "held in way " + turn, () -> Pictures.withSegment(photo(70), 0xE1, Pictures.exif(orientation, false)));
    }
    add("jpg", "with a place", () -> Pictures.withSegment(photo(70), 0xE1, Pictures.exif(6, true)));
    add("jpg", "with a comment", () -> Pictures.withSegment(photo(70), 0xFE, "付款截图 (paid, see document.)".getBytes(
        UTF_8)));
    add("jpg", "with XMP", () -> Pictures.withSegment(photo(70), 0xE1, latin(
        "http://ns.adobe.com/xap/1.0/\0<?xpacket begin=''?><x:xmpmeta xmlns:x='adobe:ns:meta/'/><?xpacket end='w'?>")));
    add("jpg", "with filling behind", () -> joined(photo(70), new byte[700]));
    add("jpg", "with what a phone adds behind",
        () -> joined(photo(70), latin("\0\0\1\12\16\0\0\0Image_UTC_Data1700000"),
            latin("SEFHk\0\0\0\1\0\0\0SEFT")));
    add("jpg", "two pictures in one", () -> joined(photo(70), photo(20)));
    add("jpg", "white and large", () -> Pictures.jpeg(white(4000, 3000), 30, false));
    add("jpg", "white, large and progressive", () -> Pictures.jpeg(white(3000, 2000), 30, true));
  }

  private static byte[] photo(int quality) {
    return Pictures.jpeg(drawn(320, 200, BufferedImage.TYPE_INT_RGB), quality, false);
  }

  private static BufferedImage white(int width, int height) {
    var picture = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    var pen = picture.createGraphics();
    pen.fillRect(0, 0, width, height);
    pen.dispose();
    return picture;
  }

  private void pngs() {
    for (var size : SIZES) {
      MORE_COLOURS.forEach((name, type) -> add("png", name + " " + size[0] + "x" + size[1], () -> Pictures.png(drawn(
          size[0], size[1], type), false)));
      add("png", "interlaced " + size[0] + "x" + size[1], () -> Pictures.png(drawn(size[0], size[1],
          BufferedImage.TYPE_INT_RGB), true));
    }
    for (int depth : new int[] {1, 2, 4, 8, 16}) {
      add("png", depth + " bits of grey", () -> Pictures.pngOf(30, 20, depth, 0, new byte[20 * (1 + (30 * depth + 7)
          / 8)]));
    }
    add("png", "16 bits a colour", () -> Pictures.pngOf(30, 20, 16, 2, new byte[20 * (1 + 30 * 6)]));
    add("png", "grey with transparency", () -> Pictures.pngOf(30, 20, 8, 4, new byte[20 * (1 + 60)]));
    add("png", "with a title", () -> Pictures.withChunk(screenshot(), "tEXt", latin("Title\0Screenshot 2026")));
    add("png", "with a packed text", () -> Pictures.withChunk(screenshot(), "zTXt", joined(latin("Comment\0\0"),
        Pictures.packed(latin("a long word ".repeat(300))))));
    add("png", "with a text in Chinese", () -> Pictures.withChunk(screenshot(), "iTXt", joined(latin(
        "Title\0\0\0zh\0\0"), "付款凭证".getBytes(UTF_8))));
    add("png", "with a packed text in Chinese", () -> Pictures.withChunk(screenshot(), "iTXt", joined(latin(
        "Title\0\1\0zh\0\0"), Pictures.packed("付款凭证".getBytes(UTF_8)))));
    add("png", "with a place", () -> Pictures.withChunk(screenshot(), "eXIf", new byte[40]));
    add("png", "moving", () -> Pictures.movingPng(40, 12));
    add("png", "a long screenshot", () -> Pictures.png(drawn(1080, 9000, BufferedImage.TYPE_INT_RGB), false));
  }

  private static byte[] screenshot() {
    return Pictures.png(drawn(300, 600, BufferedImage.TYPE_INT_RGB), false);
  }

  private void gifs() {
    for (var size : SIZES) {
      add("gif", size[0] + "x" + size[1], () -> Pictures.gif(drawn(size[0], size[1], BufferedImage.TYPE_BYTE_INDEXED),
          false));
    }
    add("gif", "interlaced", () -> Pictures.gif(drawn(200, 90, BufferedImage.TYPE_BYTE_INDEXED), true));
    add("gif", "grey", () -> Pictures.gif(drawn(200, 90, BufferedImage.TYPE_BYTE_GRAY), false));
    for (int frames : new int[] {2, 5, 30}) add("gif", frames + " frames", () -> Pictures.movingGif(60, 40, frames));
  }

  private void webps() {
    for (var size : SIZES) {
      add("webp", "lossless " + size[0] + "x" + size[1], () -> Pictures.losslessWebp(size[0], size[1]));
      add("webp", "lossy " + size[0] + "x" + size[1], () -> Pictures.lossyWebp(size[0], size[1]));
    }
    for (int frames : new int[] {1, 3, 20}) add("webp", frames + " frames", () -> Pictures.movingWebp(48, frames));
    add("webp", "extended with a place", () -> Pictures.riff(Pictures.part("VP8X", joined(bytes(8, 0, 0, 0), Pictures
        .le24(47), Pictures.le24(47))), Pictures.part("VP8L", Pictures.losslessBits(48, 48)), Pictures.part("EXIF",
            Pictures.exif(1, true))));
  }

  private void pdfs() {
    for (int version : new int[] {14, 15, 16, 17, 20}) {
      add("pdf", "version " + version, () -> Papers.pages(1, version, false));
      add("pdf", "packed, version " + version, () -> Papers.pages(3, version, true));
    }
    for (int pages : new int[] {2, 20, 300}) add("pdf", pages + " pages", () -> Papers.pages(pages, 17, true));
    add("pdf", "a scan", () -> Papers.pages(1, 17, true, Papers.picture(drawn(900, 1200, BufferedImage.TYPE_INT_RGB),
        true)));
    add("pdf", "a drawing", () -> Papers.pages(1, 17, true, Papers.picture(drawn(900, 700, BufferedImage.TYPE_INT_ARGB),
        false)));
    for (var address : List.of("https://example.org/order/1", "http://example.org", "mailto:a@example.org",
        "tel:+861012345678", "www.example.org", "#terms", "shop.example:8443/orders")) {
      add("pdf", "a link to " + address, () -> Papers.pages(1, 17, true, Papers.link(address)));
    }
    add("pdf", "bookmarks and an opening page", () -> Papers.pages(4, 17, true, Papers.bookmarks()));
    add("pdf", "a form", () -> Papers.pages(1, 17, true, Papers.form()));
    for (var name : List.of("factur-x.xml", "ZUGFeRD-invoice.xml", "xrechnung.xml")) {
      add("pdf", "an invoice with " + name, () -> Papers.pages(1, 17, true, Papers.attachment(name, Papers
          .invoiceXml())));
    }
    add("pdf", "revised once", () -> Papers.revised(Papers.pages(2, 17, false)));
    add("pdf", "revised twice", () -> Papers.revised(Papers.revised(Papers.pages(2, 17, true))));
    add("pdf", "by hand", () -> Papers.onePage("", "/Contents 4 0 R", Papers.stream("", latin("0 0 100 100 re f"))));
    add("pdf", "by hand with a word that means something elsewhere", () -> Papers.onePage("", "/Contents 4 0 R", Papers
        .stream("", latin("BT (/JavaScript /Launch) Tj ET")), latin("<</Title(/JS and /Launch \\(both\\))>>")));
    add("pdf", "with a blank end", () -> joined(Papers.pages(1, 17, true), latin("\r\n\r\n\0\0")));
  }

  private void texts() {
    var chinese = "买家：我没有收到退款 125.00 元。\n卖家：已于 3 月 2 日退款，请核对。\r\n";
    var words = Map.of("Chinese", chinese, "English", "I paid 1,250.00 and got nothing.\n", "a chat",
        "<alice> hello\n<bob> 5 < 6 and 7 > 3\n[10:02] <张三> 你好\n", "a table", "date,amount\n2026-03-02,\"1,250.00\"\n",
        "formulas", "=1+2\n+cmd\n-3\n@sum(a1)\n", "smileys", "😀 paid 💰\n", "Arabic", "مرحبا 125\n", "a letter",
        "From: a@example.org\nTo: b@example.org\nSubject: refund\n\nPlease refund.\n", "tabs", "a\tb\tc\n1\t2\t3\n",
        "percent", "% paid by 50 %\n");
    words.forEach((name, text) -> {
      add("txt", name + " in UTF-8", () -> text.getBytes(UTF_8));
      add("txt", name + " in UTF-8 with its mark", () -> joined(bytes(0xEF, 0xBB, 0xBF), text.getBytes(UTF_8)));
      add("txt", name + " in UTF-16LE", () -> joined(bytes(0xFF, 0xFE), text.getBytes(UTF_16LE)));
      add("txt", name + " in UTF-16BE", () -> joined(bytes(0xFE, 0xFF), text.getBytes(UTF_16BE)));
      add("txt", name + " in GB18030", () -> text.getBytes(Charset.forName("GB18030")));
    });
    add("txt", "long", () -> chinese.repeat(60_000).getBytes(UTF_8));
    add("txt", "long in GB18030", () -> chinese.repeat(60_000).getBytes(Charset.forName("GB18030")));
    add("txt", "one letter", () -> latin("a"));
  }

  private void videos() {
    for (var brand : List.of("isom", "mp42", "avc1", "M4V ", "3gp4", "iso5")) {
      add("mp4", "brand " + brand, () -> Videos.video(brand, 640, 480, 10, false));
      add("mp4", "brand " + brand + " with sound", () -> Videos.video(brand, 1920, 1080, 50, true));
    }
    var movie = Videos.movie(720, 1280, 5, true, Videos.source(true));
    add("mp4", "description last", () -> joined(Videos.brand("mp42", "isom"), box("mdat", new byte[999]), movie));
    add("mp4", "long box", () -> joined(Videos.brand("mp42", "isom"), movie, Videos.longBox("mdat", new byte[99])));
    add("mp4", "open box", () -> joined(Videos.brand("mp42", "isom"), movie, Videos.openBox("mdat", new byte[99])));
    add("mp4", "with room to spare", () -> joined(Videos.brand("mp42", "isom"), box("free", new byte[4000]), movie, box(
        "mdat", new byte[99]), box("udta", new byte[20])));
    for (int pieces : new int[] {1, 40}) add("mp4", pieces + " pieces", () -> Videos.inPieces(640, 360, pieces));
  }

  private void names() {
    var jpeg = all.getFirst();
    for (var name : List.of("付款截图.jpg", "IMG_2026.JPG", "photo.jpeg", "no ending", "",
        "C:\\Users\\me\\Desktop\\photo.jpg",
        "/home/me/a b (1).jpg", "order-amazon.com.jpg", "J. R. Smith.jpg", "2026.03.02.jpg", "vor Ort – März.jpg")) {
      all.add(jpeg.called(name));
    }
    for (var type : List.of("image/jpeg", "image/jpg", "IMAGE/JPEG", "application/octet-stream", "image/jpeg; q=1")) {
      all.add(jpeg.typed(type));
    }
    all.add(Sample.of("txt", "a log", "chat.log", () -> latin("10:00 hello\n")).typed("text/plain; charset=utf-8"));
  }
}
