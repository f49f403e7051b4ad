package redress.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import gg.jte.models.runtime.JteModel;
import gg.jte.output.Utf8ByteOutput;
import java.io.IOException;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;

/** Lets a handler return its page, typed and compiled: no names of views, no maps of models. */
public final class Html extends AbstractHttpMessageConverter<JteModel> {
  public Html() {
    super(UTF_8, MediaType.TEXT_HTML);
  }

  @Override protected boolean supports(Class<?> type) {
    return JteModel.class.isAssignableFrom(type);
  }

  @Override protected JteModel readInternal(Class<? extends JteModel> type, HttpInputMessage in) {
    throw new UnsupportedOperationException("pages are written, never read");
  }

  @Override protected void writeInternal(JteModel page, HttpOutputMessage out) throws IOException {
    var output = new Utf8ByteOutput();
    page.render(output);
    out.getHeaders().setContentLength(output.getContentLength());
    output.writeTo(out.getBody());
  }
}
