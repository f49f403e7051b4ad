package redress.admission;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.mime.MimeTypes;
import org.apache.tika.parser.ParseContext;

/** A second opinion on what a file is: Apache Tika's knowledge of how some 1,500 types begin. */
final class Magic {
  private static final int BEGINNING = 65_536;
  private static final Pattern ARCHIVE = Pattern.compile("application/(zip|gzip|x-gzip|x-7z-compressed|x-rar.*|x-tar"
      + "|x-gtar|x-ustar|x-bzip2?|x-xz|zstd|x-lzma|x-lz4|x-compress|java-archive|x-cpio|x-archive|vnd.ms-cab-compressed"
      + "|x-iso9660-image|x-arj|x-lharc|x-zoo|x-snappy-framed|x-apple-diskimage|x-brotli)");
  private static final Pattern OFFICE = Pattern.compile("application/(x-tika-msoffice.*|x-tika-ooxml.*|msword"
      + "|rtf|vnd\\.(ms-|openxml|oasis|sun).*)|text/rtf");
  private static final Pattern ACTIVE = Pattern.compile("text/(html|xml|x-php|x-perl|x-python|x-ruby|javascript"
      + "|x-jsp|asp|vbscript|x-awk|x-tcl)|application/(xml|xhtml.*|javascript|x-sh|x-bat|postscript|x-msdownload"
      + "|.*\\+xml|x-httpd.*|x-elf|x-executable|x-dosexec|x-shockwave-flash|wasm)|image/svg.*|message/x-emlx");
  /** Names for pieces of text that begin in some way of their own and are text all the same. */
  private static final Set<String> PLAIN = Set.of("application/octet-stream", "text/plain");

  private final MimeTypes types = MimeTypes.getDefaultMimeTypes();

  /** What the file's beginning says. */
  String type(Content content) {
    var beginning = new byte[(int) Math.min(BEGINNING, content.size())];
    content.read(0, beginning, 0, beginning.length);
    try (var in = TikaInputStream.get(beginning)) {
      return types.detect(in, new Metadata(), new ParseContext()).getBaseType().toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Refuses a file that the two opinions take for different things. */
  void agree(Kind kind, String type) {
    if (kind.mediaType().equals(type) || kind.otherTypes().contains(type)) return;
    boolean isText = kind instanceof Text && !ARCHIVE.matcher(type).matches() && !OFFICE.matcher(type).matches()
        && !ACTIVE.matcher(type).matches() && (PLAIN.contains(type) || type.startsWith("text/") || type.startsWith(
            "message/") || type.startsWith("application/x-"));
    if (!isText) throw unfit(type);
  }

  /** Why a file of this type does not come in. */
  Unfit unfit(String type) {
    if (ARCHIVE.matcher(type).matches()) return new Unfit(Reason.ARCHIVE_NOT_TAKEN, type);
    if (OFFICE.matcher(type).matches()) return new Unfit(Reason.OFFICE_NOT_TAKEN, type);
    if (ACTIVE.matcher(type).matches()) return new Unfit(Reason.ACTIVE_CONTENT, type);
    return new Unfit(Reason.FILE_TYPE_NOT_TAKEN, type);
  }
}
