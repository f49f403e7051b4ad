package redress.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** On what may be posted without a session, with the reason why that does no harm. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface Anybody {
  /** Why. */
  String value();

  /** Whether programs and other sites may post it too, since its address alone says who wants it. */
  boolean fromAnywhere() default false;
}
