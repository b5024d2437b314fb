package io.adversight.junit;

import io.adversight.attack.problem.Norm;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test that a model keeps a robust accuracy: the share of images that it classifies right and
 * that an attack does not change the class of. The annotated method is a test by itself; its body
 * runs after the check, and may take the measured {@link io.adversight.attack.RobustAccuracy} as a
 * parameter. Given several times, each is a test of its own.
 *
 * <pre>{@code
 * @RobustAccuracy(model = "net.onnx", data = "test-images", epsilon = "8/255", atLeast = 0.4)
 * void staysRobust() {}
 * }</pre>
 */
@Documented
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(RobustAccuracy.Several.class)
@TestTemplate
@ExtendWith(RobustAccuracyExtension.class)
public @interface RobustAccuracy {
  /** A known model, or an ONNX file; a path is relative to the folder in which the tests run. */
  String model();

  /** A known data set, or a folder with one folder of images per class. */
  String data();

  /** How many images are used, from the first; all if the set has fewer. */
  int images() default 100;

  /** The id of a bounded attack of the catalogue. */
  String attack() default "pgd";

  /** Parameters of the attack other than their defaults, such as {@code "steps=10"}. */
  String[] parameters() default {};

  /** The norm of the perturbation. */
  Norm norm() default Norm.LINF;

  /** The largest perturbation, pixels in [0, 1], such as {@code "8/255"}. */
  String epsilon();

  /** The smallest robust accuracy that passes, in [0, 1]. */
  double atLeast();

  /** Several guards of one method. */
  @Documented
  @Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
  @Retention(RetentionPolicy.RUNTIME)
  @TestTemplate
  @ExtendWith(RobustAccuracyExtension.class)
  @interface Several {
    /** The guards. */
    RobustAccuracy[] value();
  }
}
