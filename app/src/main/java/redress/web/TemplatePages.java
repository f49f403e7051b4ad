package redress.web;

import gg.jte.generated.precompiled.Templates;
import gg.jte.models.runtime.JteModel;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import redress.dispute.Errand.Audience;
import redress.dispute.Notice;
import redress.door.Caller;
import redress.door.Fault;
import redress.door.Gate;
import redress.notify.Editing;
import redress.notify.Language;
import redress.policy.Role;
import redress.sms.Sms;
import redress.store.NoticeTemplates.Version;

/** The words of notices, for an administrator: read, changed, seen beforehand, and every version kept. */
@RestController
public final class TemplatePages {
  private final Editing editing;
  private final Offices offices;
  private final Templates templates;

  public TemplatePages(Editing editing, Offices offices, Templates templates) {
    this.editing = editing;
    this.offices = offices;
    this.templates = templates;
  }

  /** One template on its page; {@code problem} says what is wrong with {@code source}, null for nothing. */
  public record Sheet(Notice notice, Language language, Audience audience, String source, List<Version> versions,
      Editing.@Nullable Preview preview, @Nullable String problem) {

    /** The language it is not in. */
    public Language other() {
      return language == Language.EN ? Language.ZH : Language.EN;
    }

    /** Its address, with another language and reader. */
    public String at(Language other, Audience reader) {
      return "/templates/" + notice + "/" + other + "?as=" + reader;
    }

    /** The next version's number. */
    public int next() {
      return versions.isEmpty() ? 1 : versions.getFirst().version() + 1;
    }

    /** As short messages. */
    public Sms sms() {
      return Sms.of(preview == null ? "" : preview.words().brief());
    }
  }

  /** One notice in the list, with the number of the words that are used, by language. */
  public record Line(Notice notice, Map<Language, Integer> versions) {
    public Line {
      versions = Map.copyOf(versions);
    }

    /** The version that is used; 0 for what came with the program. */
    public int version(Language language) {
      return versions.getOrDefault(language, 0);
    }
  }

  @GetMapping("/templates") JteModel list(HttpServletRequest request) {
    Caller.of(request).mustBe(Role.ADMIN);
    var changed = editing.changed();
    var lines = Stream.of(Notice.values()).map(it -> new Line(it, changed.getOrDefault(it, Map.of()))).toList();
    return templates.templates(offices.of(request), lines);
  }

  @GetMapping("/templates/{notice}/{language}") JteModel show(HttpServletRequest request, @PathVariable String notice,
      @PathVariable String language, @RequestParam(defaultValue = "BUYER") String as) {
    Caller.of(request).mustBe(Role.ADMIN);
    var what = one(Notice.values(), notice);
    var tongue = one(Language.values(), language);
    return page(request, sheet(what, tongue, one(Audience.values(), as), editing.source(what, tongue)));
  }

  @PostMapping("/templates/{notice}/{language}") ResponseEntity<JteModel> write(HttpServletRequest request,
      @PathVariable String notice, @PathVariable String language, @RequestParam(defaultValue = "") String guard,
      @RequestParam(defaultValue = "BUYER") String as, @RequestParam(defaultValue = "") String source,
      @RequestParam(defaultValue = "0") int version, @RequestParam(defaultValue = "") String act) {
    Gate.guard(request, guard);
    var caller = Caller.of(request);
    caller.mustBe(Role.ADMIN);
    var said = source.replace("\r\n", "\n").strip() + "\n";
    var sheet = sheet(one(Notice.values(), notice), one(Language.values(), language), one(Audience.values(), as), said);
    if (sheet.problem() != null) return ResponseEntity.unprocessableContent().body(page(request, sheet));
    if (!act.equals("save")) return ResponseEntity.ok(page(request, sheet));
    if (!editing.keep(sheet.notice(), sheet.language(), version, said, caller.person())) {
      var late = offices.of(request).frame().say("Somebody else has saved a version meanwhile. Look at it first.",
          "他人已保存新版本，请先查看。");
      return ResponseEntity.status(HttpStatus.CONFLICT).body(page(request, new Sheet(sheet.notice(), sheet.language(),
          sheet.audience(), said, sheet.versions(), sheet.preview(), late)));
    }
    return ResponseEntity.status(HttpStatus.SEE_OTHER).location(URI.create(sheet.at(sheet.language(),
        sheet.audience()))).build();
  }

  private Sheet sheet(Notice notice, Language language, Audience audience, String source) {
    var problem = editing.problem(notice, language, source);
    return new Sheet(notice, language, audience, source, editing.versions(notice, language),
        problem.isPresent() ? null : editing.preview(notice, language, audience, source), problem.orElse(null));
  }

  private JteModel page(HttpServletRequest request, Sheet sheet) {
    return templates.template(offices.of(request), sheet);
  }

  private static <E extends Enum<E>> E one(E[] all, String name) {
    Optional<E> found = Stream.of(all).filter(it -> it.name().equals(name.toUpperCase(Locale.ROOT))).findFirst();
    return found.orElseThrow(() -> Fault.NOT_FOUND.away());
  }
}
