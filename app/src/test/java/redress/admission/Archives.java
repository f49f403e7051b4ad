package redress.admission;

import static java.nio.charset.StandardCharsets.UTF_8;
import static redress.admission.Pictures.joined;
import static redress.admission.Pictures.latin;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;

/** Makes archives, the harmful ones among them. */
final class Archives {
  private Archives() {}

  /** Something that writes bytes and may fail. */
  @FunctionalInterface
  interface Writing {
    void to(ByteArrayOutputStream out) throws IOException;
  }

  static byte[] made(Writing writing) {
    var out = new ByteArrayOutputStream();
    try {
      writing.to(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  static byte[] zip(Map<String, byte[]> files) {
    return made(out -> {
      try (var zip = new ZipOutputStream(out)) {
        for (var file : files.entrySet()) {
          zip.putNextEntry(new ZipEntry(file.getKey()));
          zip.write(file.getValue());
          zip.closeEntry();
        }
      }
    });
  }

  static byte[] zip(String name, byte[] file) { return zip(Map.of(name, file)); }

  /** An archive in an archive, and so on, with much of nothing in the innermost. */
  static byte[] nested(int depth) {
    var inner = zip("nothing", new byte[2_000_000]);
    for (int i = 0; i < depth; i++) inner = zip("inner.zip", inner);
    return inner;
  }

  /** A directory that lists the same packed bytes many times over. */
  static byte[] overlapping(int times) {
    var packed = zip("a", new byte[1_000_000]);
    int directory = new String(packed, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("PK\1\2");
    var entry = Arrays.copyOfRange(packed, directory, packed.length - 22);
    return made(out -> {
      out.write(packed, 0, directory);
      for (int i = 0; i < times; i++) out.write(entry);
      out.write(joined(latin("PK\5\6\0\0\0\0"), Pictures.le16(times), Pictures.le16(times), Pictures.le32(entry.length
          * times), Pictures.le32(directory), new byte[2]));
    });
  }

  static byte[] gzip(byte[] bytes) {
    return made(out -> {
      try (var gzip = new GZIPOutputStream(out)) {
        gzip.write(bytes);
      }
    });
  }

  /** A ZIP with a link to somewhere outside of it. */
  static byte[] linkedZip(String target) {
    return made(out -> {
      try (var zip = new ZipArchiveOutputStream(out)) {
        var entry = new ZipArchiveEntry("link");
        entry.setUnixMode(0120777);
        zip.putArchiveEntry(entry);
        zip.write(target.getBytes(UTF_8));
        zip.closeArchiveEntry();
      }
    });
  }

  /** A TAR with a link to somewhere outside of it. */
  static byte[] linkedTar(String target, boolean isHard) {
    return made(out -> {
      try (var tar = new TarArchiveOutputStream(out)) {
        var entry = new TarArchiveEntry("link", isHard ? TarConstants.LF_LINK : TarConstants.LF_SYMLINK);
        entry.setLinkName(target);
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
      }
    });
  }

  static byte[] tar(String name, byte[] bytes) {
    return made(out -> {
      try (var tar = new TarArchiveOutputStream(out)) {
        var entry = new TarArchiveEntry(name, true);
        entry.setSize(bytes.length);
        tar.putArchiveEntry(entry);
        tar.write(bytes);
        tar.closeArchiveEntry();
      }
    });
  }

  /** An office document of this kind, with parts of this content beside what makes it one. */
  static byte[] office(String mainType, Map<String, byte[]> parts) {
    return made(out -> {
      try (var zip = new ZipOutputStream(out)) {
        zip.putNextEntry(new ZipEntry("[Content_Types].xml"));
        zip.write(("<?xml version='1.0'?><Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'>"
            + "<Override PartName='/word/document.xml' ContentType='" + mainType + "'/></Types>").getBytes(UTF_8));
        zip.closeEntry();
        for (var part : parts.entrySet()) {
          zip.putNextEntry(new ZipEntry(part.getKey()));
          zip.write(part.getValue());
          zip.closeEntry();
        }
      }
    });
  }

  static byte[] sevenZip() { return joined(latin("7z\u00BC\u00AF'\34\0\4"), new byte[200]); }

  static byte[] rar() { return joined(latin("Rar!\32\7\1\0"), new byte[200]); }

  static byte[] bzip2() { return joined(latin("BZh91AY&SY"), new byte[200]); }

  static byte[] xz() { return joined(latin("\u00FD7zXZ\0\0\4"), new byte[200]); }
}
