package redress.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.tomcat.util.http.fileupload.FileUpload;
import org.apache.tomcat.util.http.fileupload.FileUploadException;
import org.apache.tomcat.util.http.fileupload.servlet.ServletRequestContext;
import redress.door.Fault;

/** A form with one file (RFC 7578), read as it comes: its fields stand before the file, which is still to be read. */
record Parcel(Map<String, String> fields, String name, InputStream file) implements AutoCloseable {
  private static final int LONGEST_FIELD = 2_000;
  private static final int LONGEST_NAME = 100;
  private static final int MOST_FIELDS = 20;

  /** Opens what was sent. Turns away what is no such form, or has no file. */
  static Parcel open(HttpServletRequest request) throws IOException {
    var fields = new LinkedHashMap<String, String>();
    try {
      var parts = new FileUpload().getItemIterator(new ServletRequestContext(request));
      while (parts.hasNext() && fields.size() <= MOST_FIELDS) {
        var part = parts.next();
        if (!part.isFormField()) return new Parcel(fields, name(part.getName()), part.openStream());
        try (var value = part.openStream()) {
          fields.put(String.valueOf(part.getFieldName()), new String(value.readNBytes(LONGEST_FIELD), UTF_8).strip());
        }
      }
    } catch (FileUploadException unreadable) {
      throw Fault.UPLOAD_BROKEN.away();
    }
    throw Fault.FIELD_MISSING.away("file");
  }

  private static String name(String called) {
    var name = called == null ? "" : called.substring(Math.max(called.lastIndexOf('/'), called.lastIndexOf('\\')) + 1);
    return name.length() > LONGEST_NAME ? name.substring(name.length() - LONGEST_NAME) : name;
  }

  /** A field; empty when there is none. */
  String field(String field) {
    return fields.getOrDefault(field, "");
  }

  @Override public void close() throws IOException {
    file.close();
  }
}
