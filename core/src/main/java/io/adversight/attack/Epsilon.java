package io.adversight.attack;

import io.adversight.attack.problem.Norm;
import io.adversight.input.InputException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;

/** The size of a ball: what lies in it, how people write it, and what is usual. */
public final class Epsilon {
  /** Room for rounding errors, relative to epsilon. */
  private static final double ROOM = 1e-6;

  /** Digits of what is no whole number of grey levels. */
  private static final MathContext DIGITS = new MathContext(4);

  /** Digits in the name of a file, by which sizes are told apart. */
  private static final MathContext FILE_DIGITS = new MathContext(6);

  /** Sizes further from the usual one than this factor are worth a note. */
  private static final double FAR = 10;

  /** The largest side of images that count as small, such as those of CIFAR. */
  private static final int SMALL = 64;

  private Epsilon() {}

  /**
   * Fails for an epsilon that pixels in [0, 1] cannot move by; whole numbers up to 255 get a hint.
   *
   * @throws InputException if it is negative, not a number, or above 1 in LINF
   */
  public static void check(Norm norm, double epsilon) {
    if (!(epsilon >= 0) || (norm == Norm.LINF && epsilon > 1)) {
      String hint =
          epsilon > 1 && epsilon <= 255 && epsilon == Math.rint(epsilon)
              ? "; did you mean %s/255?".formatted((int) epsilon)
              : "; give a number such as 8/255";
      throw new InputException(
          "pixels are in [0, 1], so epsilon must be too, but was %s%s"
              .formatted(
                  epsilon == Math.rint(epsilon) ? Long.toString((long) epsilon) : epsilon, hint));
    }
  }

  /** Whether a change of some size lies within a ball. */
  public static boolean holds(double size, double epsilon) {
    return size <= epsilon * (1 + ROOM);
  }

  /**
   * An epsilon as people write it: {@code 8/255} for a whole number of grey levels in LINF, else a
   * decimal fraction of at most four digits.
   */
  public static String text(Norm norm, double epsilon) {
    double levels = 255 * epsilon;
    if (norm == Norm.LINF && epsilon > 0 && Math.abs(levels - Math.rint(levels)) < 1e-6) {
      return (long) Math.rint(levels) + "/255";
    }
    return decimal(epsilon, DIGITS);
  }

  /** An epsilon as part of a file's name: a decimal fraction of at most six digits. */
  public static String fileName(double epsilon) {
    return "epsilon-" + decimal(epsilon, FILE_DIGITS);
  }

  private static String decimal(double epsilon, MathContext digits) {
    return new BigDecimal(epsilon).round(digits).stripTrailingZeros().toPlainString();
  }

  /**
   * The size that robustness is usually measured at, for images up to 64 pixels a side (CIFAR-10)
   * and for larger ones (ImageNet): 8/255 in LINF; 0.5 and 3 in L2 (Engstrom et al. 2019,
   * robustness library); 12 and 255 in L1 (Croce and Hein 2021 and 2022); 24 and 50 changed pixels
   * of three channels in L0 (Croce et al. 2022, Sparse-RS).
   *
   * @param side the longer side of the images in pixels
   */
  public static double usual(Norm norm, int side) {
    boolean small = side <= SMALL;
    return switch (norm) {
      case LINF -> 8 / 255.0;
      case L2 -> small ? 0.5 : 3;
      case L1 -> small ? 12 : 255;
      case L0 -> small ? 72 : 150;
    };
  }

  /**
   * The largest size worth trying: four times the usual one in LINF, at least 0.4 for small grey
   * images, which are measured at 0.3 (MNIST, Madry et al. 2018); six times the usual one in the
   * other norms, in L0 at most a quarter of all values.
   */
  public static double largest(Norm norm, int channels, int height, int width) {
    int side = Math.max(height, width);
    double usual = usual(norm, side);
    return switch (norm) {
      case LINF -> channels == 1 && side <= SMALL ? 0.4 : 4 * usual;
      case L2, L1 -> 6 * usual;
      case L0 -> Math.min(6 * usual, Math.ceil(channels * height * width / 4.0));
    };
  }

  /** A line about an epsilon that is far from what is usual; empty for any other, and for 0. */
  public static Optional<String> note(Norm norm, double epsilon, int side) {
    double usual = usual(norm, side);
    if (epsilon == 0 || (epsilon <= FAR * usual && epsilon >= usual / FAR)) {
      return Optional.empty();
    }
    return Optional.of(
        "epsilon %s is unusually %s for %s: %s is usual for images of %s pixels a side"
            .formatted(
                text(norm, epsilon),
                epsilon < usual ? "small" : "large",
                norm,
                text(norm, usual),
                side));
  }
}
