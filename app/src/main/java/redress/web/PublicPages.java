package redress.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import gg.jte.generated.precompiled.Templates;
import gg.jte.models.runtime.JteModel;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import redress.api.CertificateApi;
import redress.door.Fault;
import redress.door.Gate;
import redress.door.Language;
import redress.result.Placard;
import redress.result.Placard.Item;
import redress.seal.Digest;
import redress.store.RuleSets;
import redress.web.CertificatePage.Compared;

/** What anybody may see: the rules, the figures, and what both sides of a dispute agreed to show of its result. */
@RestController
public final class PublicPages {
  private static final MediaType JOSE = MediaType.parseMediaType("application/jose");
  private static final int LARGEST_PAPER = 10_000_000;

  private final RuleSets rules;
  private final PublicFigures figures;
  private final CertificateApi certificates;
  private final Frames frames;
  private final Templates templates;

  public PublicPages(RuleSets rules, PublicFigures figures, CertificateApi certificates, Frames frames,
      Templates templates) {
    this.rules = rules;
    this.figures = figures;
    this.certificates = certificates;
    this.frames = frames;
    this.templates = templates;
  }

  @GetMapping("/rules") JteModel rules(HttpServletRequest request) {
    var frame = frames.of(request);
    return templates.outsideRules(new RulesPage(frame, rules.inForce(frame.now())));
  }

  @GetMapping("/statistics") JteModel statistics(HttpServletRequest request,
      @RequestParam(defaultValue = "90") String days, @RequestParam(defaultValue = "") String payments) {
    int back = ScorecardPage.SPANS.stream().filter(it -> days.equals(it.toString())).findFirst().orElse(90);
    boolean live = !payments.equals("test");
    return templates.outsideStatistics(new StatisticsPage(frames.of(request), live, back, figures.of(live, back)));
  }

  @GetMapping("/certificates/{token}") JteModel certificate(HttpServletRequest request, @PathVariable String token) {
    return templates.outsideCertificate(certificate(request, token, null));
  }

  private CertificatePage certificate(HttpServletRequest request, String token, @Nullable Compared compared) {
    return new CertificatePage(frames.of(request), token, certificates.view(token).certificate(), compared);
  }

  @GetMapping("/certificates/{token}/certificate.jws") ResponseEntity<byte[]> signed(@PathVariable String token) {
    return ResponseEntity.ok().contentType(JOSE)
        .header("Content-Disposition", "attachment; filename=\"certificate.jws\"")
        .body(certificates.view(token).jws().getBytes(UTF_8));
  }

  @GetMapping("/certificates/{token}/qr.svg") ResponseEntity<byte[]> code(HttpServletRequest request,
      @PathVariable String token) {
    return certificates.drawing(request, token);
  }

  @GetMapping("/certificates/{token}/certificate.pdf") ResponseEntity<byte[]> paper(HttpServletRequest request,
      @PathVariable String token, @RequestParam(defaultValue = "en") String language) {
    var page = certificate(request, token, null);
    var spoken = page.frame().speaking(Language.of(language));
    return ResponseEntity.ok().contentType(MediaType.APPLICATION_PDF)
        .header("Content-Disposition", "attachment; filename=\"certificate.pdf\"")
        .body(placard(new CertificatePage(spoken, token, page.certificate(), null), address(request)).pdf());
  }

  private static String address(HttpServletRequest request) {
    var address = request.getRequestURL().toString();
    return address.substring(0, address.lastIndexOf('/'));
  }

  private static Placard placard(CertificatePage page, String address) {
    var frame = page.frame();
    var items = new ArrayList<Item>();
    for (var it : page.promises()) items.add(new Item(it.words(), it.state(), it.tone().equals("verified")));
    for (var it : page.praise()) items.add(new Item("“" + it.text() + "”", page.stars(it.rating()), true));
    var named = page.merchant().isEmpty() ? "" : " · " + frame.say("Merchant: ", "商家：") + page.merchant();
    return new Placard(frame.lang(), page.issuer(), page.test() ? frame.say("Test", "测试") : "",
        frame.say("Certificate of a result", "结案证书"), page.outcome(), page.showsResult() ? page.ended() + named : "",
        items, frame.say("This sheet is not signed. Whether it still stands, and how to check it, is at this address:",
            "本页未经签名。是否仍然有效以及如何核验，请见以下地址："),
        address);
  }

  /** Says which of the papers of this result a file is; the file is not kept. */
  @Anybody("nothing is kept of what is compared")
  @TakesFiles
  @PostMapping("/certificates/{token}/paper") ResponseEntity<JteModel> compare(HttpServletRequest request,
      @PathVariable String token) throws IOException {
    try (var parcel = Parcel.open(request)) {
      Gate.guard(request, parcel.field(Gate.GUARD));
      var bytes = parcel.file().readNBytes(LARGEST_PAPER + 1);
      if (bytes.length > LARGEST_PAPER) throw Fault.FILE_TOO_LARGE.away("file");
      if (parcel.name().isEmpty()) throw Fault.FIELD_MISSING.away("file");
      var hash = HexFormat.of().formatHex(Digest.sha256(bytes));
      var known = certificate(request, token, null).papers();
      var paper = known.entrySet().stream().filter(it -> it.getValue().equals(hash)).map(Map.Entry::getKey)
          .findFirst().orElse("");
      return ResponseEntity.status(HttpStatus.OK)
          .body(templates.outsideCertificate(certificate(request, token, new Compared(parcel.name(), paper))));
    }
  }
}
