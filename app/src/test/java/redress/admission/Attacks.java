package redress.admission;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static redress.admission.Pictures.be32;
import static redress.admission.Pictures.bytes;
import static redress.admission.Pictures.drawn;
import static redress.admission.Pictures.joined;
import static redress.admission.Pictures.latin;
import static redress.admission.Reason.ACTIVE_CONTENT;
import static redress.admission.Reason.ARCHIVE_NOT_TAKEN;
import static redress.admission.Reason.DATA_BEHIND_END;
import static redress.admission.Reason.FILE_DAMAGED;
import static redress.admission.Reason.FILE_TYPE_NOT_TAKEN;
import static redress.admission.Reason.MALWARE;
import static redress.admission.Reason.NAME_DISAGREES;
import static redress.admission.Reason.OFFICE_NOT_TAKEN;
import static redress.admission.Reason.TOO_COMPLICATED;
import static redress.admission.Reason.TOO_MANY_FRAMES;
import static redress.admission.Reason.TOO_MANY_PIXELS;
import static redress.admission.Reason.TWO_FILES_IN_ONE;
import static redress.admission.Reason.UNPACKS_TOO_LARGE;
import static redress.admission.Videos.box;

import java.awt.image.BufferedImage;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Files made to do harm, by what they try; those of PDFs are in {@link PdfAttacks}. */
final class Attacks {
  private static final byte[] JPEG = Pictures.jpeg(drawn(64, 48, BufferedImage.TYPE_INT_RGB), 80, false);
  private static final byte[] PNG = Pictures.png(drawn(64, 48, BufferedImage.TYPE_INT_RGB), false);
  private static final byte[] GIF = Pictures.gif(drawn(64, 48, BufferedImage.TYPE_BYTE_INDEXED), false);
  private static final byte[] WEBP = Pictures.losslessWebp(64, 48);
  private static final byte[] PDF = Papers.pages(1, 17, true);
  private static final byte[] MP4 = Videos.video("mp42", 64, 48, 3, false);
  private static final byte[] TEXT = "买家：退款 125.00 元".getBytes(UTF_8);
  /** All types that are taken, by their ending. */
  static final Map<String, byte[]> WHOLE = Map.of("jpg", JPEG, "png", PNG, "gif", GIF, "webp", WEBP, "pdf", PDF, "mp4",
      MP4, "txt", TEXT);

  private final List<Attack> all = new ArrayList<>();

  private Attacks() {}

  static List<Attack> all() {
    var attacks = new Attacks();
    attacks.archives();
    attacks.bombs();
    attacks.pixelFloods();
    attacks.frames();
    attacks.polyglots();
    attacks.twoFiles();
    attacks.behindTheEnd();
    attacks.pages();
    attacks.drawings();
    attacks.scripts();
    attacks.names();
    attacks.endings();
    attacks.viruses();
    attacks.office();
    attacks.xml();
    attacks.cutOff();
    attacks.videos();
    attacks.texts();
    attacks.otherTypes();
    attacks.secrets();
    attacks.large();
    attacks.all.addAll(PdfAttacks.all());
    return List.copyOf(attacks.all);
  }

  private void add(String kind, String what, String name, Supplier<byte[]> bytes, Reason... reasons) {
    all.add(new Attack(kind, what, name, "", bytes, Set.of(reasons)));
  }

  private void archives() {
    var made = Map.<String, Supplier<byte[]>>ofEntries(Map.entry("zip", () -> Archives.zip("a.txt", TEXT)), Map.entry(
        "empty zip", () -> joined(latin("PK\5\6"), new byte[18])), Map.entry("gzip", () -> Archives.gzip(TEXT)),
        Map
            .entry("tar", () -> Archives.tar("a.txt", TEXT)),
        Map.entry("7z", Archives::sevenZip), Map.entry("rar",
            Archives::rar),
        Map.entry("bzip2", Archives::bzip2), Map.entry("xz", Archives::xz));
    made.forEach((what, bytes) -> {
      add("archive", what, "a", bytes, ARCHIVE_NOT_TAKEN);
      add("archive", what + " as a picture", "a.jpg", bytes, ARCHIVE_NOT_TAKEN);
      add("archive", what + " as text", "a.txt", bytes, ARCHIVE_NOT_TAKEN);
    });
    for (var target : List.of("/etc/passwd", "../../../../etc/passwd", "C:\\Windows\\win.ini")) {
      add("symlink in an archive", "zip to " + target, "a.zip", () -> Archives.linkedZip(target), ARCHIVE_NOT_TAKEN);
      add("symlink in an archive", "tar to " + target, "a.tar", () -> Archives.linkedTar(target, false),
          ARCHIVE_NOT_TAKEN);
      add("symlink in an archive", "hard, to " + target, "a.tar", () -> Archives.linkedTar(target, true),
          ARCHIVE_NOT_TAKEN);
      add("path in an archive", "zip with " + target, "a.zip", () -> Archives.zip(target, TEXT), ARCHIVE_NOT_TAKEN);
      add("path in an archive", "tar with " + target, "a.pdf", () -> Archives.tar(target, TEXT), ARCHIVE_NOT_TAKEN);
    }
  }

  private void bombs() {
    for (int megabytes : new int[] {10, 100}) {
      add("gzip bomb", megabytes + " MB", "a.txt", () -> Archives.gzip(new byte[megabytes * 1_000_000]),
          ARCHIVE_NOT_TAKEN);
      add("zip bomb", megabytes + " MB", "a.pdf", () -> Archives.zip("a", new byte[megabytes * 1_000_000]),
          ARCHIVE_NOT_TAKEN);
    }
    for (int depth : new int[] {1, 5, 20})
      add("nested zip bomb", depth + " deep", "a.zip", () -> Archives.nested(depth),
          ARCHIVE_NOT_TAKEN);
    for (int times : new int[] {10, 5_000})
      add("overlapping zip bomb", times + " times", "a.zip", () -> Archives
          .overlapping(times), ARCHIVE_NOT_TAKEN);
    for (int times : new int[] {2, 50, 200}) {
      add("PNG bomb", times + " times its size", "a.png", () -> Pictures.pngOf(100, 100, 8, 0, new byte[10_100
          * times]), UNPACKS_TOO_LARGE);
    }
    for (var name : List.of("zTXt", "iCCP")) {
      add("PNG bomb", "in its " + name, "a.png", () -> Pictures.withChunk(PNG, name, joined(latin("a\0\0"), Pictures
          .packed(new byte[50_000_000]))), UNPACKS_TOO_LARGE);
    }
    add("PNG bomb", "in its iTXt", "a.png", () -> Pictures.withChunk(PNG, "iTXt", joined(latin("a\0\1\0\0\0"), Pictures
        .packed(new byte[50_000_000]))), UNPACKS_TOO_LARGE);
    add("file too large", "by a byte", "a.txt", () -> {
      var all = new byte[(10 << 20) + 1];
      Arrays.fill(all, (byte) 'a');
      return all;
    }, Reason.FILE_TOO_LARGE);
    for (var ending : WHOLE.keySet()) add("empty file", ending, "a." + ending, () -> new byte[0], Reason.FILE_EMPTY);
  }

  private void pixelFloods() {
    for (int[] size : new int[][] {{65_535, 65_535}, {30_001, 10}, {10, 30_001}, {20_000, 20_000}}) {
      var what = size[0] + "x" + size[1];
      add("JPEG pixel flood", what, "a.jpg", () -> resizedJpeg(size[0], size[1], JPEG), TOO_MANY_PIXELS);
      add("GIF pixel flood", what, "a.gif", () -> resizedGif(size[0], size[1]), TOO_MANY_PIXELS);
      add("PNG pixel flood", what, "a.png", () -> Pictures.pngOf(size[0], size[1], 8, 0, new byte[1000]),
          TOO_MANY_PIXELS);
      add("WebP pixel flood", what + " by its canvas", "a.webp", () -> Pictures.riff(Pictures.part("VP8X", joined(
          new byte[4], Pictures.le24(size[0] - 1), Pictures.le24(size[1] - 1))), Pictures.part("VP8L",
              Pictures
                  .losslessBits(8, 8))),
          TOO_MANY_PIXELS);
    }
    for (int side : new int[] {Integer.MAX_VALUE, -1, 1 << 30}) {
      add("PNG pixel flood", side + " a side", "a.png", () -> Pictures.pngOf(side, side, 16, 6, new byte[1000]),
          TOO_MANY_PIXELS);
    }
    add("PNG pixel flood", "deep colours", "a.png", () -> Pictures.pngOf(9_000, 9_000, 16, 6, new byte[1000]),
        TOO_MANY_PIXELS);
    add("JPEG pixel flood", "9,000 a side and nothing in it", "a.jpg", () -> resizedJpeg(9_000, 9_000, JPEG),
        FILE_DAMAGED);
    add("JPEG pixel flood", "no height", "a.jpg", () -> resizedJpeg(64, 0, JPEG), FILE_DAMAGED);
    add("WebP pixel flood", "lossless, 16,384 a side", "a.webp", () -> Pictures.riff(Pictures.part("VP8L", joined(bytes(
        0x2F, 0xFF, 0xFF, 0xFF, 0x0F), new byte[50]))), TOO_MANY_PIXELS);
    add("WebP pixel flood", "lossy, 16,383 a side", "a.webp", () -> Pictures.riff(Pictures.part("VP8 ", joined(bytes(
        0x10, 2, 0, 0x9D, 1, 0x2A, 0xFF, 0x3F, 0xFF, 0x3F), new byte[99]))), TOO_MANY_PIXELS);
    add("JPEG of many scans", "3,000", "a.jpg", Attacks::manyScans, TOO_COMPLICATED);
  }

  private static byte[] resizedJpeg(int width, int height, byte[] jpeg) {
    var resized = jpeg.clone();
    for (int at = 2; at < resized.length - 9; at++) {
      if ((resized[at] & 0xFF) == 0xFF && ((resized[at + 1] & 0xFF) == 0xC0 || (resized[at + 1] & 0xFF) == 0xC2)) {
        System.arraycopy(joined(Pictures.be16(height), Pictures.be16(width)), 0, resized, at + 5, 4);
        return resized;
      }
    }
    throw new IllegalStateException("no size in this JPEG");
  }

  private static byte[] manyScans() {
    var jpeg = Pictures.jpeg(drawn(64, 48, BufferedImage.TYPE_BYTE_GRAY), 80, false);
    int scan = new String(jpeg, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("\u00FF\u00DA");
    var one = Arrays.copyOfRange(jpeg, scan, jpeg.length - 2);
    return Archives.made(out -> {
      out.write(jpeg, 0, scan);
      for (int i = 0; i < 3_000; i++) out.write(one);
      out.write(bytes(0xFF, 0xD9));
    });
  }

  private static byte[] resizedGif(int width, int height) {
    var resized = GIF.clone();
    System.arraycopy(joined(Pictures.le16(width), Pictures.le16(height)), 0, resized, 6, 4);
    return resized;
  }

  private void frames() {
    add("too many frames", "GIF", "a.gif", () -> manyFrames(5_000), TOO_MANY_FRAMES);
    add("too many frames", "PNG", "a.png", () -> Pictures.movingPng(4, 2_000), TOO_MANY_FRAMES);
    add("too many frames", "WebP", "a.webp", () -> Pictures.movingWebp(8, 1_500), TOO_MANY_FRAMES);
    add("too many frames", "few and large", "a.gif", () -> {
      var many = manyFrames(300);
      System.arraycopy(joined(Pictures.le16(9_000), Pictures.le16(9_000)), 0, many, 6, 4);
      return many;
    }, TOO_MANY_FRAMES);
  }

  private static byte[] manyFrames(int count) {
    int first = new String(GIF, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf(",\0\0\0\0");
    var frame = joined(bytes(0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0));
    return Archives.made(out -> {
      out.write(GIF, 0, first);
      for (int i = 0; i < count; i++) out.write(frame);
      out.write(0x3B);
    });
  }

  private void polyglots() {
    add("GIF and script", "comment from its width on", "a.gif", () -> joined(latin("GIF89a/*"), bytes(1, 0, 0, 0, 0),
        bytes(0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x21, 0xFE, 9), latin("*/=1;f()/"), bytes(0, 0x3B)),
        TWO_FILES_IN_ONE, ACTIVE_CONTENT);
    add("GIF and script", "in a comment", "a.gif", () -> gifComment("`;alert(1)//"), ACTIVE_CONTENT);
    add("GIF and script", "behind the end", "a.gif", () -> joined(GIF, latin("/**/alert(1)")), ACTIVE_CONTENT);
    add("GIF and page", "in a comment", "a.gif", () -> gifComment("<script src=//x></script>"), ACTIVE_CONTENT);
    add("GIF and page", "as text", "a.txt", () -> latin("GIF89a=1;alert(1)"), ACTIVE_CONTENT, NAME_DISAGREES,
        FILE_DAMAGED, FILE_TYPE_NOT_TAKEN);
    for (var code : List.of("<?php system($_GET[0]); ?>", "<?PHP echo 1 ?>", "<?=`$_GET[0]`?>",
        "<%eval request(0)%>")) {
      add("JPEG and PHP", "in a comment: " + code, "a.jpg", () -> Pictures.withSegment(JPEG, 0xFE, latin(code)),
          ACTIVE_CONTENT);
      add("JPEG and PHP", "behind the end: " + code, "a.jpg", () -> joined(JPEG, latin(code)), ACTIVE_CONTENT);
      add("PNG and PHP", "in a title: " + code, "a.png", () -> Pictures.withChunk(PNG, "tEXt", latin("Title\0" + code)),
          ACTIVE_CONTENT);
    }
    add("JPEG and PHP", "in what a camera notes", "a.jpg",
        () -> Pictures.withSegment(JPEG, 0xE1, joined(Pictures.exif(1,
            false), latin("<?php phpinfo(); ?>"))),
        ACTIVE_CONTENT);
    add("JPEG and script", "comment from its first length on", "a.jpg", () -> joined(bytes(0xFF, 0xD8, 0xFF, 0xE0, '/',
        '*'), new byte[12_072], Arrays.copyOfRange(JPEG, 2, JPEG.length - 2), latin("*/"), bytes(0xFF, 0xD9)),
        TWO_FILES_IN_ONE, FILE_DAMAGED);
    add("WebP and script", "comment from its length on", "a.webp", () -> joined(latin("RIFF/*"), bytes(0, 0), latin(
        "WEBP"), Pictures.part("VP8L", Pictures.losslessBits(20, 20)), new byte[11_000], latin("*/f()")),
        TWO_FILES_IN_ONE, ACTIVE_CONTENT);
  }

  private void twoFiles() {
    var archive = Archives.zip("a.txt", TEXT);
    WHOLE.forEach((ending, whole) -> {
      if (ending.equals("txt")) return;
      add("ZIP behind a file", ending, "a." + ending, () -> joined(whole, archive), TWO_FILES_IN_ONE);
      add("RAR behind a file", ending, "a." + ending, () -> joined(whole, Archives.rar()), TWO_FILES_IN_ONE);
    });
    add("ZIP in a file", "JPEG", "a.jpg", () -> Pictures.withSegment(JPEG, 0xE5, archive), TWO_FILES_IN_ONE);
    add("ZIP in a file", "PNG", "a.png", () -> Pictures.withChunk(PNG, "zIPa", archive), TWO_FILES_IN_ONE);
    add("PDF in a picture", "JPEG", "a.jpg", () -> Pictures.withSegment(JPEG, 0xFE, Arrays.copyOf(PDF, 600)),
        TWO_FILES_IN_ONE);
    add("PDF in a picture", "PNG", "a.png", () -> Pictures.withChunk(PNG, "pdFa", PDF), TWO_FILES_IN_ONE);
    add("PDF in a picture", "named as a PDF", "a.pdf", () -> Pictures.withChunk(PNG, "pdFa", PDF), NAME_DISAGREES);
    add("PDF in a picture", "GIF", "a.gif", () -> joined(Arrays.copyOf(GIF, 781), bytes(0x21, 0xFE, 16), latin(
        "%PDF-1.4 1 0 obj"), bytes(0), Arrays.copyOfRange(GIF, 781, GIF.length)), TWO_FILES_IN_ONE);
    add("PDF behind other bytes", "text", "a.pdf", () -> joined(latin("hello\n"), PDF), NAME_DISAGREES,
        FILE_TYPE_NOT_TAKEN, TWO_FILES_IN_ONE, FILE_DAMAGED);
  }

  private static byte[] gifComment(String words) {
    return joined(Arrays.copyOf(GIF, GIF.length - 1), bytes(0x21, 0xFE, words.length()), latin(words), bytes(0, 0x3B));
  }

  private void behindTheEnd() {
    Map.of("jpg", JPEG, "png", PNG, "gif", GIF, "webp", WEBP).forEach((ending, whole) -> {
      add("data behind the end", "a video behind " + ending, "a." + ending, () -> joined(whole, MP4),
          DATA_BEHIND_END);
      add("data behind the end", "a program behind " + ending, "a." + ending, () -> joined(whole, latin(
          "MZ"), new byte[99]), DATA_BEHIND_END);
      add("data behind the end", "much behind " + ending, "a." + ending, () -> joined(whole, noise(
          100_000)), DATA_BEHIND_END);
    });
    add("data behind the end", "a picture behind a PDF", "a.pdf", () -> joined(PDF, PNG), DATA_BEHIND_END,
        FILE_DAMAGED);
    add("data behind the end", "something behind a video", "a.mp4", () -> joined(MP4, noise(50)), FILE_DAMAGED);
  }

  static byte[] noise(int length) {
    var noise = new byte[length];
    long seed = 42;
    for (int i = 0; i < length; i++) {
      seed = seed * 6_364_136_223_846_793_005L + 1_442_695_040_888_963_407L;
      noise[i] = (byte) (seed >> 56 | 1);
    }
    return noise;
  }

  private void pages() {
    for (var page : List.of("<!DOCTYPE html><script>alert(1)</script>", "<html><body onload=alert(1)>",
        "\n  <HTML><h1>Log in</h1><form action=//x></form></HTML>", "<iframe src=//x></iframe>",
        "hello <script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<a href='javascript:alert(1)'>x</a>")) {
      for (var name : List.of("a.png", "a.txt", "a.jpg")) {
        add("page as something else", page + " as " + name, name, () -> page.getBytes(UTF_8), ACTIVE_CONTENT,
            NAME_DISAGREES);
      }
    }
    add("page as something else", "in UTF-16", "a.txt", () -> joined(bytes(0xFF, 0xFE), "<script>alert(1)</script>"
        .getBytes(UTF_16LE)), ACTIVE_CONTENT);
    add("page as something else", "in the middle of a long text", "a.txt", () -> ("a".repeat(16_380)
        + "<script >alert(1)</script>").getBytes(UTF_8), ACTIVE_CONTENT);
  }

  private void drawings() {
    var head = "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'";
    for (var svg : List.of(head + "><script>alert(1)</script></svg>", head + " onload='alert(1)'/>", head
        + "><foreignObject><body xmlns='http://www.w3.org/1999/xhtml'/></foreignObject></svg>",
        head
            + "><image xlink:href='http://127.0.0.1:1/x'/></svg>",
        head + "><use xlink:href='http://127.0.0.1:1/x#a'/></svg>",
        "<?xml version='1.0'?>" + head + "/>", "<!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>" + head
            + ">&x;</svg>")) {
      for (var name : List.of("a.svg", "a.png", "a.txt")) {
        add("SVG", svg.substring(Math.max(0, svg.length() - 60)) + " as " + name, name, () -> svg.getBytes(UTF_8),
            ACTIVE_CONTENT, NAME_DISAGREES);
      }
    }
  }

  private void scripts() {
    for (var script : List.of("#!/bin/sh\nrm -rf /\n", "@echo off\ndel *.*\n", "<?php system('id');",
        "{\\rtf1\\ansi{\\object}}", "%!PS-Adobe-3.0\n(r) file\n", "[InternetShortcut]\nURL=file:///c:/x\n",
        "[autorun]\nopen=x.exe\n", "Windows Registry Editor Version 5.00\n", "#!/usr/bin/env python3\nprint(1)\n",
        "MIME-Version: 1.0\nContent-Type: text/html\n\n<b>x</b>\n")) {
      add("program as text", script.lines().findFirst().orElseThrow(), "a.txt", () -> script.getBytes(UTF_8),
          ACTIVE_CONTENT, OFFICE_NOT_TAKEN);
    }
    for (var program : List.of("MZ\220\0\3\0\0\0\4\0\0\0\u00FF\u00FF", "\177ELF\2\1\1\0",
        "\u00CA\u00FE\u00BA\u00BE\0\0\0A",
        "L\0\0\0\1\24\2\0\0\0\0\0\u00C0\0\0\0", "\u00CF\u00FA\u00ED\u00FE\7\0\0\1")) {
      add("program", program.substring(1, 3), "a.jpg", () -> joined(latin(program), new byte[300]), ACTIVE_CONTENT,
          FILE_TYPE_NOT_TAKEN);
    }
  }

  private void names() {
    var names = Map.<String, List<String>>of("path in the name", List.of("../../../etc/passwd.jpg", "..\\..\\win.jpg",
        "/etc/cron.d/x.jpg", "C:\\Windows\\System32\\x.jpg", "....//....//x.jpg", "%2e%2e%2fx.jpg", "..%5cx.jpg",
        "a/../../b.jpg", "~/.ssh/x.jpg", "file:///etc/x.jpg"), "zero byte in the name",
        List.of("a.jpg\0.jpg",
            "\0.jpg", "a\0b.jpg"),
        "direction turned in the name", List.of("a\u202Egpj.jpg", "\u2066a\u2069.jpg",
            "a\u200F\u202Db.jpg"),
        "device as name", List.of("CON.jpg", "nul.jpg", "aux", "COM1.jpg", "lpt9.jpg",
            "prn.jpg", "con.2026.jpg", "CLOCK$.jpg"),
        "long name", List.of("a".repeat(4_096) + ".jpg",
            "文".repeat(4_096) + ".jpg", "😀".repeat(3_000) + ".jpg", "a." + "b".repeat(4_000)),
        "share as name", List.of("\\\\10.0.0.1\\share\\x.jpg", "\\\\?\\C:\\x.jpg", "//10.0.0.1/share/x.jpg"),
        "header in the name", List.of("a\r\nSet-Cookie: x=1.jpg", "a\"; filename=\"b.jpg", "a';x.jpg", "a;b.jpg"),
        "nothing seen in the name", List.of(".jpg", "...", "   ", "\u200B\u200B.jpg", ".htaccess", "\uD800.jpg"),
        "formula as name", List.of("=cmd|x.jpg", "@sum.jpg"), "markup in the name", List.of(
            "<script>alert(1)<.jpg", "\"><img src=x onerror=alert(1)>.jpg"));
    names.forEach((kind, list) -> list.forEach(name -> add(kind, name.substring(0, Math.min(40, name.length())), name,
        () -> JPEG)));
  }

  private void endings() {
    for (var name : List.of("a.jpg.exe", "a.exe", "a.php", "a.html", "a.svg", "a.pdf", "a.php.jpg", "a.exe.jpg",
        "a.pdf.jpg", "a.jsp\0.jpg", "photo\u202Egnp.exe", "a.jpg.", "a.html.jpg", "a.phtml.jpg", "a.HTA", "a.js.jpg")) {
      if (!name.equals("a.jpg.")) add("ending that lies", name, name, () -> JPEG, NAME_DISAGREES);
    }
    WHOLE.forEach((ending, whole) -> add("ending that lies", ending + " as csv", "a.csv", () -> whole, NAME_DISAGREES));
    for (var type : List.of("text/html", "image/svg+xml", "image/png", "application/pdf", "application/x-msdownload")) {
      all.add(new Attack("type that lies", "JPEG as " + type, "a.jpg", type, () -> JPEG, Set.of(
          Reason.TYPE_DISAGREES)));
    }
  }

  /** The file that virus scanners are tried with, put together here. */
  static byte[] eicar() {
    return latin("X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-" + "ANTIVIRUS-TEST-FILE!$H+H*");
  }

  private void viruses() {
    var eicar = eicar();
    add("EICAR", "itself", "a.txt", () -> eicar, MALWARE);
    add("EICAR", "as a program", "a.com", () -> eicar, MALWARE);
    add("EICAR", "in a longer text", "a.txt", () -> joined(TEXT, latin("\n"), eicar, TEXT), MALWARE);
    add("EICAR", "in a picture's comment", "a.jpg", () -> Pictures.withSegment(JPEG, 0xFE, eicar), MALWARE);
    add("EICAR", "behind a picture", "a.png", () -> joined(PNG, eicar), MALWARE);
    add("EICAR", "packed in a picture's text", "a.png", () -> Pictures.withChunk(PNG, "zTXt", joined(latin("a\0\0"),
        Pictures.packed(joined(noise(40_000), eicar)))), MALWARE);
    add("EICAR", "in a video's filling", "a.mp4", () -> joined(MP4, box("free", eicar)), MALWARE);
    add("EICAR in an archive", "ZIP", "a.zip", () -> Archives.zip("eicar.com", eicar), ARCHIVE_NOT_TAKEN);
    add("EICAR in an archive", "ZIP in a ZIP", "a.pdf", () -> Archives.zip("a.zip", Archives.zip("eicar.com", eicar)),
        ARCHIVE_NOT_TAKEN);
    add("EICAR in an archive", "gzip", "a.gz", () -> Archives.gzip(eicar), ARCHIVE_NOT_TAKEN);
    add("EICAR in an archive", "TAR", "a.tar", () -> Archives.tar("eicar.com", eicar), MALWARE);
  }

  private void office() {
    var word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
    var macro = "application/vnd.ms-word.document.macroEnabled.main+xml";
    for (var type : List.of(word, macro)) {
      for (var name : List.of("a.docm", "a.docx", "a.pdf", "a.txt")) {
        add("office file with macros", name, name, () -> Archives.office(type, Map.of("word/document.xml", latin(
            "<w:document/>"), "word/vbaProject.bin", noise(500))), OFFICE_NOT_TAKEN, ARCHIVE_NOT_TAKEN);
      }
    }
    for (var name : List.of("a.doc", "a.xls", "a.pdf")) {
      add("office file with macros", "OLE as " + name, name, () -> joined(bytes(0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1,
          0x1A, 0xE1), new byte[1024]), OFFICE_NOT_TAKEN);
    }
    add("office file with XML that reaches out", "docx", "a.docx", () -> Archives.office(word, Map.of(
        "word/document.xml", latin("<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>"))),
        OFFICE_NOT_TAKEN, ARCHIVE_NOT_TAKEN);
  }

  // @formatter:off
  static final Map<String, String> HOSTILE_XML = Map.of(
      "external entity", "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><CrossIndustryInvoice>&x;</CrossIndustryInvoice>",
      "external document type", "<!DOCTYPE a SYSTEM 'http://127.0.0.1:1/x.dtd'><CrossIndustryInvoice/>",
      "parameter entity", "<!DOCTYPE a [<!ENTITY % x SYSTEM 'http://127.0.0.1:1/x'> %x;]><CrossIndustryInvoice/>",
      "billion laughs", "<!DOCTYPE a [<!ENTITY a 'ha'>" + laughs() + "]><CrossIndustryInvoice>&k;</CrossIndustryInvoice>",
      "quadratic growth", "<!DOCTYPE a [<!ENTITY a '" + "a".repeat(50_000) + "'>]><CrossIndustryInvoice>" + "&a;".repeat(50_000) + "</CrossIndustryInvoice>",
      "XInclude", "<CrossIndustryInvoice xmlns:x='http://www.w3.org/2001/XInclude'><x:include href='file:///etc/passwd' parse='text'/></CrossIndustryInvoice>",
      "depth", "<a>".repeat(100_000),
      "attributes", "<CrossIndustryInvoice " + attributes() + "/>");
  // @formatter:on

  private static String laughs() {
    var all = new StringBuilder();
    for (char name = 'b'; name <= 'k'; name++) {
      all.append("<!ENTITY ").append(name).append(" '").append(("&" + (char) (name - 1) + ";").repeat(10)).append("'>");
    }
    return all.toString();
  }

  private static String attributes() {
    var all = new StringBuilder();
    for (int i = 0; i < 5_000; i++) all.append("a").append(i).append("='' ");
    return all.toString();
  }

  private void xml() {
    HOSTILE_XML.forEach((what, xml) -> {
      add("XML that reaches out or grows", what, "a.xml", () -> xml.getBytes(UTF_8), ACTIVE_CONTENT, NAME_DISAGREES);
      add("XML that reaches out or grows", what + " as text", "a.txt", () -> ("<?xml version='1.0'?>" + xml).getBytes(
          UTF_8), ACTIVE_CONTENT);
      add("XML that reaches out or grows", what + " in the invoice of a PDF", "a.pdf", () -> Papers.pages(1, 17, true,
          Papers.attachment("factur-x.xml", xml.getBytes(UTF_8))), Reason.INVOICE_XML_REFUSED);
    });
  }

  private void cutOff() {
    WHOLE.forEach((ending, whole) -> {
      if (ending.equals("txt")) return;
      for (int tenth : new int[] {1, 3, 5, 7, 9}) {
        add("cut off", ending + " after " + tenth + " tenths", "a." + ending, () -> Arrays.copyOf(whole, whole.length
            * tenth / 10), FILE_DAMAGED, FILE_TYPE_NOT_TAKEN);
      }
      add("cut off", ending + " by its last bytes", "a." + ending, () -> Arrays.copyOf(whole, whole.length - 7),
          FILE_DAMAGED);
    });
    add("cut off", "UTF-16 within a character", "a.txt", () -> joined(bytes(0xFF, 0xFE), latin("a")),
        Reason.TEXT_ENCODING);
    add("damaged", "PNG whose sum is wrong", "a.png", () -> changed(PNG, PNG.length / 2), FILE_DAMAGED);
  }

  private static byte[] changed(byte[] bytes, int at) {
    var changed = bytes.clone();
    changed[at] ^= 1;
    return changed;
  }

  private void videos() {
    var brand = Videos.brand("mp42", "isom");
    var movie = Videos.movie(640, 480, 5, false, Videos.source(true));
    add("video out of shape", "box beyond all measure", "a.mp4", () -> joined(brand, be32(1), latin("mdat"), be32(-1),
        be32(-1)), FILE_DAMAGED);
    add("video out of shape", "box longer than the file", "a.mp4", () -> joined(brand, movie, be32(0x7FFFFFFF), latin(
        "mdat")), FILE_DAMAGED);
    add("video out of shape", "box shorter than its head", "a.mp4", () -> joined(brand, movie, be32(4), latin("mdat")),
        FILE_DAMAGED);
    add("video out of shape", "table that promises too much", "a.mp4", () -> joined(brand, box("moov", box("trak", box(
        "mdia", box("minf", box("stbl", box("stts", be32(0), be32(0x7FFFFFFF))))))), box("mdat", new byte[4])),
        FILE_DAMAGED);
    add("video out of shape", "boxes 3,000 deep", "a.mp4", () -> {
      var inner = new byte[0];
      for (int i = 0; i < 3_000; i++) inner = box("moov", inner);
      return joined(brand, inner);
    }, FILE_DAMAGED);
    add("video out of shape", "100,000 boxes", "a.mp4", () -> Archives.made(out -> {
      out.write(brand);
      for (int i = 0; i < 100_000; i++) out.write(box("free"));
    }), TOO_COMPLICATED);
    add("video out of shape", "no pictures", "a.mp4",
        () -> joined(brand, box("moov", Videos.movieHead(), Videos.track(1,
            0, 0, "soun", 1, Videos.source(true))), box("mdat", new byte[9])),
        FILE_DAMAGED);
    add("video out of shape", "an unknown box", "a.mp4", () -> joined(brand, movie, box("evil", TEXT), box("mdat",
        new byte[9])), FILE_DAMAGED);
    add("video pixel flood", "65,535 a side", "a.mp4", () -> Videos.video("mp42", 65_535, 65_535, 1, false),
        TOO_MANY_PIXELS);
    add("video from elsewhere", "by address", "a.mp4", () -> joined(brand, Videos.movie(640, 480, 5, false, Videos
        .source(false)), box("mdat", new byte[9])), Reason.VIDEO_OUTSIDE_DATA);
    add("ZIP in a file", "video", "a.mp4", () -> joined(brand, movie, box("mdat", new byte[9]), box("free", Archives
        .zip("a", noise(300)))), TWO_FILES_IN_ONE);
    add("page in a video", "in its filling", "a.mp4", () -> joined(brand, movie, box("mdat", new byte[9]), box("free",
        latin("<html><script>alert(1)</script></html>"))), ACTIVE_CONTENT);
  }

  private void texts() {
    for (var formula : List.of("=cmd|'/c calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1",
        "=HYPERLINK(\"http://x\")")) {
      add("formula in a text", formula.strip(), "rows.txt", () -> latin(formula + ",b\n"));
      add("formula in a table", formula.strip(), "rows.csv", () -> latin(formula + ",b\n"), NAME_DISAGREES);
    }
    for (int control : new int[] {1, 7, 8, 11, 27, 127}) {
      add("control characters", "U+%04X".formatted(control), "a.txt", () -> joined(latin("x".repeat(200)), bytes(
          control), latin("x")), Reason.TEXT_CONTROLS);
    }
    add("control characters", "zero, late", "a.txt", () -> joined(latin("x".repeat(200)), bytes(0)),
        Reason.TEXT_CONTROLS);
    add("no text", "bytes of no encoding", "a.txt", () -> joined(latin("x".repeat(200)), bytes(0xFF, 0xFF, 0xFF)),
        Reason.TEXT_ENCODING);
    add("no text", "noise", "a.txt", () -> noise(9_000), Reason.TEXT_ENCODING, FILE_TYPE_NOT_TAKEN,
        Reason.TEXT_CONTROLS);
    add("page as something else", "in GB18030", "a.txt", () -> "你好 <script>alert(1)</script>".getBytes(Charset.forName(
        "GB18030")), ACTIVE_CONTENT);
  }

  private void otherTypes() {
    // @formatter:off
    var others = Map.of(
        "JPEG 2000", "\0\0\0\14jP  \r\n\u0087\n\0\0\0\24ftypjp2 ", "TIFF", "II*\0\10\0\0\0", "TIFF, large first", "MM\0*\0\0\0\10",
        "BMP", "BM\u0086\0\0\0\0\0\0\0006\0\0\0(\0\0\0", "ICO", "\0\0\1\0\1\0\20\20", "HEIC", "\0\0\0\30ftypheic\0\0\0\0mif1heic",
        "AVIF", "\0\0\0\30ftypavif\0\0\0\0mif1avif", "QuickTime", "\0\0\0\24ftypqt  \0\0\0\0qt  ", "MP3", "ID3\3\0\0\0\0\0\0",
        "WMF", "\u00D7\u00CD\u00C6\u009A\0\0");
    // @formatter:on
    others.forEach((what, beginning) -> {
      add("type that is not taken", what, "a", () -> joined(latin(beginning), new byte[400]), FILE_TYPE_NOT_TAKEN);
      add("type that is not taken", what + " as JPEG", "a.jpg", () -> joined(latin(beginning), new byte[400]),
          FILE_TYPE_NOT_TAKEN);
    });
    add("type that is not taken", "WebM", "a.mp4", () -> joined(bytes(0x1A, 0x45, 0xDF, 0xA3, 0x9F), latin(
        "B\u0086\u0081\1B\u00F7\u0081\1webm"), new byte[100]), FILE_TYPE_NOT_TAKEN);
    add("type that is not taken", "WAV", "a.webp", () -> joined(latin("RIFF"), Pictures.le32(100), latin("WAVEfmt "),
        new byte[88]), FILE_TYPE_NOT_TAKEN);
  }

  /** Nothing is wrong with these but what they would take in memory: 243, 162, 81 and 23 MB. */
  private void large() {
    add("picture that is large in memory", "JPEG", "a.jpg", () -> Pictures.jpeg(drawn(9_000, 9_000,
        BufferedImage.TYPE_BYTE_GRAY), 20, false));
    add("picture that is large in memory", "deep PNG", "a.png", () -> Pictures.pngOf(9_000, 9_000, 16, 0,
        new byte[9_000 * 18_001]));
    add("picture that is large in memory", "GIF", "a.gif", () -> Pictures.gif(drawn(9_000, 9_000,
        BufferedImage.TYPE_BYTE_BINARY), false));
    add("picture that is large in memory", "lossy WebP", "a.webp", () -> Pictures.lossyWebp(2_400, 2_400));
    add("picture that is large in memory", "lossless WebP", "a.webp", () -> Pictures.losslessWebp(2_400, 2_400));
  }

  private void secrets() {
    for (int turn = 1; turn <= 8; turn++) {
      int orientation = turn;
      add("place of taking in a picture", "held in way " + turn, "home.jpg", () -> Pictures.withSegment(JPEG, 0xE1,
          Pictures.exif(orientation, true)));
    }
    add("place of taking in a picture", "PNG", "home.png", () -> Pictures.withChunk(PNG, "eXIf", Arrays.copyOfRange(
        Pictures.exif(1, true), 6, 100)));
    add("place of taking in a picture", "WebP", "home.webp", () -> Pictures.riff(Pictures.part("VP8X", joined(bytes(8,
        0, 0, 0), Pictures.le24(47), Pictures.le24(47))), Pictures.part("VP8L", Pictures.losslessBits(48, 48)), Pictures
            .part("EXIF", Pictures.exif(1, true))));
  }
}
