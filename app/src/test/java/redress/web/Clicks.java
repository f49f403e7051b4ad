package redress.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import redress.house.Browser;
import redress.verb.Verbs;

/**
 * Which commands a test gives by pressing buttons in a browser. Held against what browsers really sent while the test
 * ran, and was not refused.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@ExtendWith(Clicks.Kept.class)
@interface Clicks {
  String[] value();

  /** Looks after each such test whether it kept its word. */
  final class Kept implements BeforeTestExecutionCallback, AfterTestExecutionCallback {
    @Override public void beforeTestExecution(ExtensionContext context) {
      Browser.POSTED.clear();
    }

    @Override public void afterTestExecution(ExtensionContext context) {
      if (context.getExecutionException().isPresent()) return;
      var said = context.getRequiredTestMethod().getAnnotation(Clicks.class).value();
      assertThat(clicked()).as("commands given by clicking").contains(said);
    }

    private static Set<String> clicked() {
      return Browser.POSTED.stream().map(Kept::command).collect(Collectors.toSet());
    }

    /** The command that is sent to this address, with this body. */
    private static String command(Browser.Posted it) {
      if (it.path().matches("/file/dsp_[0-9a-f]+")) return "File";
      if (it.path().equals("/queue/next")) return "Assign";
      if (it.body().contains("preview=1")) return "";
      if (it.body().contains("mediator=")) return "Reassign";
      var verb = Verbs.at(it.path().replaceFirst("/disputes/[^/]+/", "").replaceAll("/\\d+/", "/{n}/"));
      return verb == null ? "" : verb.command();
    }
  }
}
