package io.adversight.attack.gradient;

import io.adversight.attack.problem.GradientEvaluation;
import java.util.Set;

/**
 * One part of what lies between the gradient of a network and the direction of a step: it may
 * evaluate the gradient elsewhere or several times, and may change the result. {@link TransferFgsm}
 * nests a list of them: each calls the next, and the innermost evaluates the network.
 */
public interface GradientTransform {
  /** What a transform does that matters to the others, and to the loop. */
  enum Trait {
    /** Keeps a tensor from step to step, and must keep one at every step. */
    REMEMBERS,
    /** Adds up the gradients of all steps; one part of an attack at most may. */
    ACCUMULATES,
    /** Evaluates several gradients in a step, so that no part after it may remember. */
    REPEATS,
    /** Never evaluates at the images themselves, so that their logits do not come with a step. */
    ELSEWHERE
  }

  /** The transformed gradient at the query's images, computed from gradients of {@code inner}. */
  GradientEvaluation gradient(GradientQuery query, GradientOracle inner, GradientMemory memory);

  /** The traits of this part. */
  Set<Trait> traits();
}
