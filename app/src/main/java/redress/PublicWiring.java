package redress;

import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import redress.api.Figures;
import redress.bundle.Verifier;
import redress.web.PublicFigures;
import redress.web.PublicPages;
import redress.web.StylePages;
import redress.web.VerifyUploadPages;

/** Puts together the pages that need no sign-in. */
@Configuration(proxyBeanMethods = false)
@Import({PublicPages.class, StylePages.class, VerifyUploadPages.class})
class PublicWiring {
  @Bean PublicFigures publicFigures(Figures figures, Clock clock) {
    return new PublicFigures(figures, clock);
  }

  /** Closed with the rest: it leaves no file behind. */
  @Bean Verifier verifier() {
    return new Verifier();
  }
}
