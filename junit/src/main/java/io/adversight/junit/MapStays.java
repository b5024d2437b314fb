package io.adversight.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test that the explanation of an image stays like a golden map, which is kept in the repository.
 * The annotated method is a test by itself; its body runs after the check. Given several times,
 * each is a test of its own.
 *
 * <p>With {@code -Dadversight.golden=write} a missing golden map is written, and beside it a {@code
 * .png} to look at; with {@code rewrite} all are. A test that wrote its map counts as aborted.
 *
 * <pre>{@code
 * @MapStays(model = "net.onnx", image = "cat.png", golden = "src/test/maps/cat.npy")
 * void stillLooksAtTheCat() {}
 * }</pre>
 */
@Documented
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(MapStays.Several.class)
@TestTemplate
@ExtendWith(MapStaysExtension.class)
public @interface MapStays {
  /** The configuration parameter, or system property, that asks for golden maps to be written. */
  String GOLDEN = "adversight.golden";

  /** A known model, or an ONNX file; a path is relative to the folder in which the tests run. */
  String model();

  /** The image file that is explained. */
  String image();

  /** The id of an explanation of the catalogue. */
  String method() default "grad-cam";

  /** Parameters of the explanation other than their defaults, such as {@code "layer=conv5"}. */
  String[] parameters() default {};

  /** Name or number of the class that is explained; empty for the predicted one. */
  String label() default "";

  /** The {@code .npy} file of the golden map, (H, W) at the network's input size. */
  String golden();

  /** The id of a map similarity of the catalogue. */
  String similarity() default "spearman";

  /** The smallest similarity that passes; 1 is the same map. */
  double atLeast() default 0.95;

  /** Several guards of one method. */
  @Documented
  @Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
  @Retention(RetentionPolicy.RUNTIME)
  @TestTemplate
  @ExtendWith(MapStaysExtension.class)
  @interface Several {
    /** The guards. */
    MapStays[] value();
  }
}
