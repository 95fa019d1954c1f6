package dev.parley.functions;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Bounds of a text, in characters (Unicode code points, as JSON Schema counts them). */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Text {
  int min() default 0;

  int max() default Integer.MAX_VALUE;

  /** A regular expression for the whole text; empty for any. */
  String pattern() default "";
}
