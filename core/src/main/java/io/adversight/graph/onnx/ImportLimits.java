package io.adversight.graph.onnx;

import io.adversight.input.InputException;
import java.util.Locale;

/**
 * What a network may cost, so that no file takes memory or time without end. The system properties
 * {@code adversight.maxActivations} and {@code adversight.maxWork} set other limits.
 *
 * @param activations numbers in all layers together, for one image
 * @param work multiplications of all layers together, for one image
 */
public record ImportLimits(long activations, double work) {
  private static final String ACTIVATIONS = "adversight.maxActivations";
  private static final String WORK = "adversight.maxWork";

  /** 16 GB of activations; 550 billion multiplications, three times those of ViT-L/16. */
  private static final ImportLimits USUAL = new ImportLimits(1L << 32, 0x1p39);

  public ImportLimits {
    if (activations < 1 || !(work >= 1)) {
      throw new InputException(
          "limits must be at least 1, but are %s and %s".formatted(activations, work));
    }
  }

  /**
   * The usual limits, or those that the system properties set.
   *
   * @throws InputException if a property is no number, or below 1
   */
  public static ImportLimits ofSystem() {
    return new ImportLimits(
        (long) property(ACTIVATIONS, (double) USUAL.activations), property(WORK, USUAL.work));
  }

  private static double property(String name, double fallback) {
    String text = System.getProperty(name);
    try {
      return text == null ? fallback : Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new InputException(
          "the system property %s must be a number, but is \"%s\"".formatted(name, text), e);
    }
  }

  /** Refuses a network that has come to {@code activations} and {@code work} for one image. */
  void check(double activations, double work) {
    check(activations, (double) this.activations, "numbers in its layers", ACTIVATIONS);
    check(work, this.work, "multiplications", WORK);
  }

  private static void check(double found, double limit, String what, String property) {
    if (found > limit) {
      throw new IllegalArgumentException(
          String.format(
                  Locale.ROOT,
                  "up to here one image needs %.3g %s, more than the limit of %.3g;",
                  found,
                  what,
                  limit)
              + " if this is meant, raise it with JDK_JAVA_OPTIONS=-D%s=N".formatted(property));
    }
  }
}
