package redress.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.List;

/** Notices whatever a page runs, or would like to, that is not ours: boxes, marks, strangers, violated policies. */
final class Trap {
  private static final String SET = """
      window.caught = [];
      for (const name of ['alert', 'confirm', 'prompt', 'print', 'open'])
        window[name] = () => { window.caught.push(name); };
      document.addEventListener('securitypolicyviolation',
        it => window.caught.push('policy ' + it.violatedDirective + ' ' + it.blockedURI + ' ' + it.sample));""";
  /** What of the page would run or lead away if it were let: found even where nothing has set it off. */
  private static final String ARMED = """
      () => [...document.querySelectorAll('*')].flatMap(it => [...it.attributes].filter(at =>
            /^on|^hx-on|^style$|^srcdoc$|^xlink:/i.test(at.name)
            || /^(href|src|action|formaction|data)$/.test(at.name) && !/^(\\/|#|https?:\\/\\/127)/.test(at.value.trim())
            || /^hx-vals$|^hx-headers$/.test(at.name))
          .map(at => it.tagName + ' ' + at.name + '=' + at.value.slice(0, 60)))
        .concat([...document.querySelectorAll('iframe, object, embed, base, style, math, marquee, template, noscript, '
          + 'script:not([nonce]), meta[http-equiv], svg:not([role=img]), video, audio')]
          .map(it => it.outerHTML.slice(0, 90)))
        .concat(window.caught, window.ran ? ['ran'] : [])""";
  /** Goes over everything as a hand with a mouse and a keyboard would. */
  private static final String TOUCH = """
      () => {
        document.querySelectorAll('details').forEach(it => { it.open = true; });
        document.querySelectorAll('main *').forEach(it => {
          for (const name of ['mouseover', 'mouseenter', 'focus', 'toggle', 'load', 'error', 'begin'])
            it.dispatchEvent(new Event(name, { bubbles: name === 'mouseover' }));
        });
      }""";

  private final String home;
  private final List<String> strangers = new ArrayList<>();

  /** A trap in whatever this browser opens of the site at {@code home}. */
  Trap(BrowserContext context, String home) {
    this.home = home;
    context.addInitScript(SET);
    context.onRequest(it -> {
      if (!it.url().startsWith(home)) strangers.add(it.url());
    });
    context.onDialog(it -> {
      strangers.add(it.type());
      it.dismiss();
    });
  }

  /** Looks at the page and touches all of it: nothing may have been caught. */
  void isEmpty(Page page) {
    page.evaluate(TOUCH);
    assertThat(caught(page)).as(page.url()).isEmpty();
  }

  /** What was caught since the page came. */
  List<String> caught(Page page) {
    var caught = new ArrayList<String>(strangers);
    for (var it : (List<?>) page.evaluate(ARMED)) caught.add(String.valueOf(it));
    assertThat(page.url()).startsWith(home);
    strangers.clear();
    return caught;
  }
}
