package io.adversight.cli;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The example at the top of a command's help. It works as it stands, in an empty folder and without
 * a download, unless {@link #needs} says otherwise.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface Example {
  /** Lines for a shell, in order; the last one is of the command itself. */
  String[] value();

  /** What the example needs besides the program; empty if nothing. */
  String needs() default "";
}
