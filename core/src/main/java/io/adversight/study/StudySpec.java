package io.adversight.study;

import io.adversight.attack.problem.Norm;
import io.adversight.describe.Check;
import io.adversight.input.InputException;
import java.util.List;
import java.util.OptionalInt;

/**
 * What is done with every image.
 *
 * @param attacks made one after the other on the original image; may be empty
 * @param norm of bounded and minimal attacks
 * @param epsilons sizes of the ball for bounded attacks, in units of pixels in [0, 1]
 * @param target the class attacks aim at; empty if any wrong class will do
 * @param methods explanations of the original and of each changed image; may be empty
 * @param explained the class that is explained; empty for the predicted one
 * @param seed of all randomness
 * @param batch images computed together
 * @param rounding whether changed images are also classified after rounding to 8 bit
 * @param quantize whether changed images are searched among those that a PNG can hold
 * @param smallest whether bounded attacks look for the smallest epsilon instead of using the given
 *     ones
 * @param earlyStop whether an image leaves an attack of many steps as soon as the goal is reached
 */
public record StudySpec(
    List<Algorithm> attacks,
    Norm norm,
    List<Double> epsilons,
    OptionalInt target,
    List<Algorithm> methods,
    OptionalInt explained,
    long seed,
    int batch,
    boolean rounding,
    boolean quantize,
    boolean smallest,
    boolean earlyStop) {
  public StudySpec {
    attacks = List.copyOf(attacks);
    epsilons = List.copyOf(epsilons);
    methods = List.copyOf(methods);
    Check.atLeast(1, batch, "batch");
    for (double epsilon : epsilons) {
      checkEpsilon(norm, epsilon);
    }
  }

  /** Pixels are in [0, 1]: an epsilon outside is a misunderstanding that deserves a hint. */
  public static void checkEpsilon(Norm norm, double epsilon) {
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
}
