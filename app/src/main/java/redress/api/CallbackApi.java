package redress.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Collections;
import java.util.stream.Collectors;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import redress.connect.Callback;
import redress.door.Fault;
import redress.errand.Hearing;

/** Where providers call back. Nobody is shown in: what proves who speaks is the provider's signature alone. */
@RestController
public final class CallbackApi {
  private final Hearing hearing;

  public CallbackApi(Hearing hearing) {
    this.hearing = hearing;
  }

  /** An account that does not exist answers as one whose provider did not sign: neither is told apart. */
  @PostMapping("/v1/callbacks/{account}") ResponseEntity<byte[]> take(HttpServletRequest request,
      @PathVariable String account) throws IOException {
    var body = new String(Asking.raw(request), UTF_8);
    var headers = Collections.list(request.getHeaderNames()).stream()
        .collect(Collectors.toMap(name -> name, request::getHeader, (one, _) -> one));
    var reply = hearing.hear(account, new Callback(headers, body)).orElseThrow(() -> Fault.CALLBACK_UNPROVED.away());
    return ResponseEntity.status(reply.status()).header("Content-Type", reply.type())
        .body(reply.body().getBytes(UTF_8));
  }
}
