package io.adversight.attack.gradient;

import io.adversight.attack.problem.GradientEvaluation;
import java.util.Set;

/**
 * One part of what lies between the gradient of a network and the direction of a step: it may ask
 * for the gradient elsewhere or more than once, and may change what it is given. {@link
 * TransferFgsm} nests a list of them: each calls the next, and the innermost evaluates the network.
 */
public interface GradientTransform {
  /** What a transform does that matters to the others, and to the loop. */
  enum Trait {
    /** Keeps a tensor from step to step, and must keep one at every step. */
    REMEMBERS,
    /** Adds up the gradients of all steps; one part of an attack at most may. */
    ACCUMULATES,
    /** Asks more than once in a step, so that no part after it may remember. */
    REPEATS,
    /** Never asks for the images themselves, so that their logits do not come with a step. */
    ELSEWHERE
  }

  /** The gradient at the query's images as this part has it, made of what {@code inner} answers. */
  GradientEvaluation gradient(GradientQuery query, GradientOracle inner, GradientMemory memory);

  /** What this part does of all that matters to others. */
  Set<Trait> traits();
}
