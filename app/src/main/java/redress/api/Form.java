package redress.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.tomcat.util.http.fileupload.FileItemStream;
import org.apache.tomcat.util.http.fileupload.FileUpload;
import org.apache.tomcat.util.http.fileupload.FileUploadException;
import org.apache.tomcat.util.http.fileupload.impl.FileUploadIOException;
import org.apache.tomcat.util.http.fileupload.impl.SizeException;
import org.apache.tomcat.util.http.fileupload.servlet.ServletRequestContext;
import redress.door.Fault;
import redress.evidence.Bounds;
import redress.evidence.Declined;
import redress.evidence.Uploading;
import redress.evidence.Uploading.Sent;
import redress.store.Text;
import redress.verb.Body;

/** A form with files (RFC 7578), read as it comes: each file is hashed on its way to the disk and nowhere else. */
public final class Form implements AutoCloseable {
  /** What stands around files in a form. */
  private static final long SLACK = 1L << 20;
  private static final int LONGEST_NAME = 200;
  /** Room for names of any length people have, told twice and in percent signs. */
  private static final int LARGEST_HEADER = 16_384;

  private static final int LONGEST_FIELD = 50_000;

  private final Uploading uploading;
  private final Set<String> names;
  private final Map<String, String> fields = new HashMap<>();
  private final List<Sent> files = new ArrayList<>();

  Form(Uploading uploading) {
    this(uploading, Set.of());
  }

  /** A form that may hold fields of these {@code names} beside its files. */
  public Form(Uploading uploading, Set<String> names) {
    this.uploading = uploading;
    this.names = Set.copyOf(names);
  }

  /** What a field holds, after reading; empty when it is not there. */
  public String field(String name) {
    return fields.getOrDefault(name, "");
  }

  public static boolean isForm(HttpServletRequest request) {
    var type = request.getContentType();
    return type != null && type.toLowerCase(Locale.ROOT).startsWith("multipart/form-data");
  }

  /** Takes all files in. Turns away forms that are too large, have fields, or end before their end. */
  public List<Sent> read(HttpServletRequest request) throws IOException {
    if (request.getContentLengthLong() > Bounds.REQUEST + SLACK) throw Fault.REQUEST_TOO_LARGE.away();
    var upload = new FileUpload();
    upload.setSizeMax(Bounds.REQUEST + SLACK);
    upload.setPartHeaderSizeMax(LARGEST_HEADER);
    try {
      var parts = upload.getItemIterator(new ServletRequestContext(request));
      while (parts.hasNext()) take(parts.next());
    } catch (FileUploadException e) {
      throw turned(e);
    } catch (FileUploadIOException e) {
      throw turned(e.getCause() instanceof FileUploadException cause ? cause : e);
    } catch (Declined e) {
      throw e;
    } catch (IOException e) {
      throw Fault.UPLOAD_BROKEN.away();
    }
    if (files.isEmpty()) throw Fault.FIELD_MISSING.away("file");
    return List.copyOf(files);
  }

  private void take(FileItemStream part) throws IOException {
    if (part.isFormField()) {
      field(part);
      return;
    }
    // A browser sends an empty part for a field of files in which nothing was chosen.
    if (!names.isEmpty() && String.valueOf(part.getName()).isEmpty()) return;
    if (files.size() == Bounds.FILES) throw Fault.TOO_MANY_FILES.away();
    var type = part.getContentType();
    try (var bytes = part.openStream()) {
      files.add(new Sent(name(String.valueOf(part.getName())), type == null ? "" : name(type),
          uploading.stage(bytes)));
    }
    if (files.stream().mapToLong(it -> it.bytes().size()).sum() > Bounds.REQUEST) {
      throw Fault.REQUEST_TOO_LARGE.away();
    }
  }

  private void field(FileItemStream part) throws IOException {
    var name = String.valueOf(part.getFieldName());
    if (!names.contains(name)) throw Fault.FIELD_UNKNOWN.away(Body.printable(name));
    try (var bytes = part.openStream()) {
      var said = bytes.readNBytes(LONGEST_FIELD + 1);
      if (said.length > LONGEST_FIELD) throw Fault.TEXT_TOO_LONG.away(name);
      fields.put(name, new String(said, UTF_8));
    }
  }

  private static RuntimeException turned(Exception e) {
    return e instanceof SizeException ? Fault.REQUEST_TOO_LARGE.away() : Fault.UPLOAD_BROKEN.away();
  }

  /** What a caller calls a file, as far as it can be kept. */
  static String name(String called) {
    var text = Text.canBeKept(called) ? called : "";
    return text.length() > LONGEST_NAME ? text.substring(text.length() - LONGEST_NAME) : text;
  }

  @Override public void close() {
    files.forEach(Sent::close);
  }
}
